import {
  createResourceServer,
  type IssuerEntry,
  presets,
  type ResourceServerOptions,
  staticJwks,
} from '@gatewarden/core'
import { createTestIssuer } from '@gatewarden/testing'
import { describe, expect, it } from 'vitest'
import { ISSUED_AT } from './golden/index.ts'
import { jwks, kid, signed } from './sign.ts'

const now = () => (ISSUED_AT + 60) * 1000
const TENANT = '11111111-2222-3333-4444-555555555555'
const OTHER = '99999999-2222-3333-4444-555555555555'
const API = 'api://health'

async function outcome(options: ResourceServerOptions, token: string): Promise<string> {
  const server = createResourceServer(options, { now })
  const decision = await server.authenticate({
    method: 'GET',
    query: '',
    header: (name) => (name === 'authorization' ? [`Bearer ${token}`] : []),
  })
  return decision.ok ? 'admitted' : `${decision.refusal.status} ${decision.reason.code}`
}

/** The addresses that an API with this issuer asks for keys, all of which are out of reach. */
async function asked(issuer: (fetch: typeof globalThis.fetch) => IssuerEntry): Promise<string[]> {
  const urls: string[] = []
  const fetch: typeof globalThis.fetch = (url) => {
    urls.push(String(url))
    return Promise.reject(new Error('out of reach'))
  }
  const server = createResourceServer({ issuer: issuer(fetch), audience: API })
  await server.ready().catch(() => undefined)
  return urls
}

describe('a preset knows where the keys are (OpenID Connect Discovery §4)', () => {
  it.each<[string, (fetch: typeof globalThis.fetch) => IssuerEntry, string]>([
    [
      'auth0',
      (fetch) => presets.auth0({ domain: 'tenant.eu.auth0.com', fetch }),
      'https://tenant.eu.auth0.com/.well-known/openid-configuration',
    ],
    [
      'okta',
      (fetch) => presets.okta({ domain: 'org.okta.com', fetch }),
      'https://org.okta.com/oauth2/default/.well-known/openid-configuration',
    ],
    [
      'entra',
      (fetch) => presets.entra({ tenant: TENANT, fetch }),
      `https://login.microsoftonline.com/${TENANT}/discovery/v2.0/keys`,
    ],
    [
      'entra, version 1.0',
      (fetch) => presets.entra({ tenant: TENANT, fetch }),
      `https://login.microsoftonline.com/${TENANT}/discovery/keys`,
    ],
    [
      'entra, any tenant',
      (fetch) => presets.entra({ tenant: 'common', fetch }),
      'https://login.microsoftonline.com/common/discovery/v2.0/keys',
    ],
    [
      'cognito',
      (fetch) => presets.cognito({ region: 'eu-west-1', userPoolId: 'eu-west-1_A', clientIds: ['c'], fetch }),
      'https://cognito-idp.eu-west-1.amazonaws.com/eu-west-1_A/.well-known/jwks.json',
    ],
    [
      'keycloak',
      (fetch) => presets.keycloak({ url: 'https://sso.example.com/auth', realm: 'shop', fetch }),
      'https://sso.example.com/auth/realms/shop/.well-known/openid-configuration',
    ],
    [
      'google',
      (fetch) => presets.google({ serviceAccounts: ['a@b.iam.gserviceaccount.com'], fetch }),
      'https://www.googleapis.com/oauth2/v3/certs',
    ],
    [
      'firebase',
      (fetch) => presets.firebase({ projectId: 'p', fetch }),
      'https://www.googleapis.com/service_accounts/v1/jwk/securetoken@system.gserviceaccount.com',
    ],
    [
      'cloudflareAccess',
      (fetch) => presets.cloudflareAccess({ team: 't.cloudflareaccess.com', audience: 'x', fetch }),
      'https://t.cloudflareaccess.com/cdn-cgi/access/certs',
    ],
    [
      'workos',
      (fetch) => presets.workos({ clientId: 'client_1', fetch }),
      'https://api.workos.com/sso/jwks/client_1',
    ],
    [
      'githubActions',
      (fetch) => presets.githubActions({ repositories: ['o/r'], fetch }),
      'https://token.actions.githubusercontent.com/.well-known/openid-configuration',
    ],
  ])('%s', async (_, issuer, url) => {
    expect(await asked(issuer)).toContain(url)
  })
})

describe('a preset is refused at boot (ours)', () => {
  it.each<[string, () => unknown, RegExp]>([
    [
      'with an address for a domain',
      () => presets.auth0({ domain: 'https://tenant.auth0.com/' }),
      /auth0.domain.*host alone/s,
    ],
    ['with nothing', () => presets.okta({} as never), /okta.domain/],
    ['without options', () => presets.auth0(undefined as never), /auth0/],
    [
      'with an unknown option',
      () => presets.auth0({ domain: 'a.auth0.com', audiance: 'x' } as never),
      /auth0.audiance.*does not exist/s,
    ],
    ['with a tenant by name', () => presets.entra({ tenant: 'contoso.com' }), /entra.tenant.*GUID/s],
    [
      'with a tenant in capitals',
      () => presets.entra({ tenant: 'ABCDEF01-2222-3333-4444-555555555555' }),
      /lower case/,
    ],
    ['with no tenant', () => presets.entra({}), /names no tenant/],
    ['with a tenant and tenants', () => presets.entra({ tenant: TENANT, tenants: [TENANT] }), /twice/],
    [
      'without clients',
      () => presets.cognito({ region: 'r', userPoolId: 'p', clientIds: [] }),
      /cognito.clientIds/,
    ],
    ['without accounts', () => presets.google({ audience: API } as never), /google.serviceAccounts/],
    [
      'without repositories',
      () => presets.githubActions({ audience: API, repositories: [] }),
      /githubActions.repositories/,
    ],
    ['without a tag', () => presets.cloudflareAccess({ team: 't.cloudflareaccess.com' } as never), /AUD tag/],
    [
      'with a path in a name',
      () => presets.keycloak({ url: 'https://sso.test', realm: '../master' }),
      /keycloak.realm/,
    ],
    ['over plain http', () => presets.keycloak({ url: 'http://sso.test', realm: 'shop' }), /keycloak.url/],
  ])('%s', (_, make, message) => {
    expect(make).toThrow(message)
  })
})

describe('entra, any tenant', () => {
  const claims = (tenant: string) => ({
    iat: ISSUED_AT,
    exp: ISSUED_AT + 3600,
    ver: '2.0',
    tid: tenant,
    iss: `https://login.microsoftonline.com/${tenant}/v2.0`,
    aud: API,
    azp: 'c',
    azpacr: '0',
    scp: 'read',
  })
  const common = (issuer?: string): ResourceServerOptions => ({
    issuer: presets.entra({
      tenant: 'common',
      audience: API,
      keys: staticJwks({ keys: jwks.keys.map((key) => ({ ...key, ...(issuer && { issuer }) })) }),
    }),
    realm: 'api',
  })

  it('takes each tenant by its own issuer, and no other form of it (OpenID Connect Discovery §4.3)', async () => {
    const options = common('https://login.microsoftonline.com/{tenantid}/v2.0')
    expect(await outcome(options, signed(claims(TENANT)))).toBe('admitted')
    expect(await outcome(options, signed(claims(OTHER)))).toBe('admitted')
    for (const iss of [
      'https://login.microsoftonline.com/{tenantid}/v2.0',
      'https://login.microsoftonline.com/common/v2.0',
      `https://login.microsoftonline.com/${TENANT}/v2.0/`,
      `https://login.microsoftonline.com/${TENANT}/x/v2.0`,
      `https://login.microsoftonline.com.evil.test/${TENANT}/v2.0`,
      `https://login.microsoftonline.com/${TENANT.toUpperCase()}x/v2.0`,
    ])
      expect(await outcome(options, signed({ ...claims(TENANT), iss }))).toMatch(
        /^401 (issuer_unknown|identity_provider_token)$/,
      )
  })

  it("binds a tenant's key to its tenant: it verifies no token of another (ours)", async () => {
    const options = common(`https://login.microsoftonline.com/${TENANT}/v2.0`)
    expect(await outcome(options, signed(claims(TENANT)))).toBe('admitted')
    expect(await outcome(options, signed(claims(OTHER)))).toBe('401 key_unknown')
  })

  it('refuses a template without keys, of which there is no metadata (ours)', () => {
    const issuer = 'https://login.microsoftonline.com/{tenantid}/v2.0'
    expect(() => createResourceServer({ issuer, audience: API })).toThrow(/no metadata/)
  })
})

describe('tokens in a field of their own', () => {
  const keys = staticJwks(jwks)
  const access = presets.cloudflareAccess({ team: 't.cloudflareaccess.com', audience: 'tag', keys })

  it('are read there, because the preset says so (ours)', async () => {
    const token = signed({
      iat: ISSUED_AT,
      exp: ISSUED_AT + 60,
      iss: 'https://t.cloudflareaccess.com',
      aud: ['tag'],
      type: 'app',
      sub: 'u',
    })
    const server = createResourceServer({ issuer: access }, { now: () => ISSUED_AT * 1000 })
    const decision = await server.authenticate({
      method: 'GET',
      query: '',
      header: (name) => (name === 'cf-access-jwt-assertion' ? [token] : []),
    })
    expect(decision.ok).toBe(true)
    expect(await outcome({ issuer: access }, token)).toBe('401 no_credentials')
  })

  it('cannot stand beside issuers whose tokens come elsewhere, unless one field is named for all (ours)', () => {
    const issuer = [access, { issuer: 'https://issuer.test/', keys }]
    expect(() => createResourceServer({ issuer, audience: API })).toThrow(
      /tokenHeader.*resource server for each/s,
    )
    expect(() => createResourceServer({ issuer, audience: API, tokenHeader: 'authorization' })).not.toThrow()
  })
})

describe('several issuers (RFC 9068 §4)', () => {
  it('each judge by their own policy alone: keys, audience, algorithms, profile, clients, mapping', async () => {
    const es = await createTestIssuer({ algorithms: ['ES256'], issuer: 'https://second.test/', clock: now })
    const options: ResourceServerOptions = {
      realm: 'api',
      issuer: [
        {
          issuer: 'https://first.test/',
          keys: staticJwks(jwks),
          audience: 'urn:first',
          algorithms: ['RS256'],
          clients: { web: { scopes: ['a'] } },
          mapping: { roles: () => ['first'] },
        },
        {
          issuer: 'https://second.test/',
          keys: staticJwks(es.jwks()),
          audience: 'urn:second',
          profile: 'rfc9068',
        },
      ],
    }
    const first = (changes: object = {}) =>
      signed({
        iat: ISSUED_AT,
        exp: ISSUED_AT + 600,
        iss: 'https://first.test/',
        aud: 'urn:first',
        azp: 'web',
        scope: 'a b',
        ...changes,
      })
    const second = (claims: object = {}, header: object = {}) =>
      es.accessToken({ claims: { aud: 'urn:second', ...claims }, header: { ...header } })

    expect(await outcome(options, first())).toBe('admitted')
    expect(await outcome(options, await second())).toBe('admitted')
    expect(await outcome(options, first({ aud: 'urn:second' }))).toBe('401 audience_mismatch')
    expect(await outcome(options, await second({ aud: 'urn:first' }))).toBe('401 audience_mismatch')
    expect(await outcome(options, first({ azp: 'other' }))).toBe('403 client_not_allowed')
    expect(await outcome(options, await second({ client_id: 'other' }))).toBe('admitted')
    expect(await outcome(options, await second({}, { typ: 'JWT' }))).toBe('401 type_required')
    expect(await outcome(options, await second({ iss: 'https://first.test/' }, { kid }))).toBe(
      '401 algorithm_not_allowed',
    )
    expect(await outcome(options, first({ iss: 'https://second.test/' }))).toBe('401 key_unknown')
  })
})

describe('the option tokenKind (an explicit loosening)', () => {
  const base = { issuer: 'https://issuer.test/', audience: API, keys: staticJwks(jwks) }
  const token = signed({
    iat: ISSUED_AT,
    exp: ISSUED_AT + 600,
    iss: 'https://issuer.test/',
    aud: API,
    nonce: 'n',
    uid: 'x',
  })

  it.each<[string, ResourceServerOptions['tokenKind'], string]>([
    ['left out', undefined, '401 id_token'],
    ['that says detect', 'detect', '401 id_token'],
    ['that says true', ({ uid }) => uid === 'x', 'admitted'],
    ['that says false', () => false, '401 id_token'],
    ['that says something truthy', () => 'yes' as never, '401 id_token'],
    ['that answers later', (async () => true) as never, '401 id_token'],
  ])('%s', async (_, tokenKind, expected) => {
    expect(await outcome({ ...base, ...(tokenKind && { tokenKind }) }, token)).toBe(expected)
  })

  it('is refused at boot where it is neither', () => {
    expect(() => createResourceServer({ ...base, tokenKind: 'access' as never })).toThrow(/tokenKind/)
  })
})

describe('the option mapping', () => {
  const base = { issuer: 'https://issuer.test/', audience: API, keys: staticJwks(jwks) }

  it.each<[string, object, RegExp]>([
    ['a text', 'roles' as never, /mapping/],
    ['an unknown name', { role: () => [] }, /mapping.role/],
    ['a path for a function', { roles: 'realm_access.roles' }, /mapping.roles.*function/s],
    ['an empty claim', { audience: '' }, /mapping.audience/],
    ['a claim that is no list', { requires: [5] }, /mapping.requires/],
  ])('is refused at boot where it is %s (ours)', (_, mapping, message) => {
    expect(() => createResourceServer({ ...base, mapping })).toThrow(message)
  })

  it('wants the claims that it requires (ours)', async () => {
    const token = (claims: object) =>
      signed({
        iat: ISSUED_AT,
        exp: ISSUED_AT + 600,
        iss: 'https://issuer.test/',
        aud: API,
        scope: 'a',
        azp: 'c',
        ...claims,
      })
    const options = { ...base, mapping: { requires: ['tenant'] } }
    expect(await outcome(options, token({}))).toBe('401 claim_missing')
    expect(await outcome(options, token({ tenant: 't' }))).toBe('admitted')
  })
})
