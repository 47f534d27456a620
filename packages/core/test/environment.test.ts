import { createTestIssuer, type TestIssuer } from '@gatewarden/testing'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { optionsFromEnvironment } from '../src/environment.ts'
import { ConfigurationError } from '../src/errors.ts'
import { SecretKey } from '../src/keys/secret.ts'
import { createResourceServer } from '../src/resource-server.ts'
import { AUDIENCE, bearer, ISSUER } from './support.ts'

const SECRET = 'correct horse battery staple, and more'
const BASE = { ISSUER, AUDIENCE }

function mistake(environment: NodeJS.ProcessEnv): ConfigurationError {
  try {
    createResourceServer(optionsFromEnvironment(environment))
  } catch (error) {
    if (error instanceof ConfigurationError) return error
    throw error
  }
  throw new TypeError('the environment was taken')
}

describe('options from the environment (ours)', () => {
  it.each<[string, NodeJS.ProcessEnv, Record<string, unknown>]>([
    ['ISSUER and AUDIENCE', BASE, { issuer: ISSUER, audience: [AUDIENCE] }],
    [
      'ISSUER_BASE_URL',
      { ISSUER_BASE_URL: 'https://a.test', AUDIENCE },
      { issuer: 'https://a.test', audience: [AUDIENCE] },
    ],
    ['ISSUER before ISSUER_BASE_URL', { ...BASE, ISSUER_BASE_URL: 'https://a.test' }, { issuer: ISSUER }],
    [
      'the prefix before the bare name',
      { ...BASE, GATEWARDEN_ISSUER: 'https://g.test/', GATEWARDEN_AUDIENCE: 'urn:g' },
      { issuer: 'https://g.test/', audience: ['urn:g'] },
    ],
    [
      'the prefixed base URL before the bare ISSUER',
      { ...BASE, GATEWARDEN_ISSUER_BASE_URL: 'https://g.test' },
      { issuer: 'https://g.test' },
    ],
    [
      'an empty prefixed variable as none',
      { ...BASE, GATEWARDEN_ISSUER: '', GATEWARDEN_AUDIENCE: ' ' },
      { issuer: ISSUER, audience: [AUDIENCE] },
    ],
    [
      'several audiences',
      { ISSUER, AUDIENCE: ' urn:a, urn:b ,,urn:c' },
      { audience: ['urn:a', 'urn:b', 'urn:c'] },
    ],
    [
      'spaces around values',
      { ISSUER: ` ${ISSUER}\n`, AUDIENCE: `\t${AUDIENCE} ` },
      { issuer: ISSUER, audience: [AUDIENCE] },
    ],
    ['JWKS_URI', { ...BASE, JWKS_URI: 'https://a.test/jwks' }, { jwksUri: 'https://a.test/jwks' }],
    ['TOKEN_SIGNING_ALG', { ...BASE, TOKEN_SIGNING_ALG: 'ES256' }, { algorithms: ['ES256'] }],
    [
      'several algorithms',
      { ...BASE, TOKEN_SIGNING_ALG: 'ES256, RS256' },
      { algorithms: ['ES256', 'RS256'] },
    ],
  ])('take %s', (_, environment, expected) => {
    expect(optionsFromEnvironment(environment)).toMatchObject(expected)
    expect(() => createResourceServer(optionsFromEnvironment(environment))).not.toThrow()
  })

  it('take SECRET with an algorithm of secrets', () => {
    const options = optionsFromEnvironment({ ...BASE, SECRET, TOKEN_SIGNING_ALG: 'HS256' })
    expect(options.keys).toBeInstanceOf(SecretKey)
    expect(() => createResourceServer(options)).not.toThrow()
  })

  it.each([
    ['no algorithm', {}],
    ['an algorithm of public keys', { TOKEN_SIGNING_ALG: 'RS256' }],
  ])('leave SECRET alone with %s', (_, more) => {
    expect(optionsFromEnvironment({ ...BASE, SECRET, ...more }).keys).toBeUndefined()
  })

  it.each<[string, NodeJS.ProcessEnv, string, RegExp]>([
    [
      'an empty environment',
      {},
      'ISSUER_BASE_URL',
      /Set the environment variable ISSUER_BASE_URL \(or GATEWARDEN_ISSUER_BASE_URL\)/,
    ],
    ['no AUDIENCE', { ISSUER }, 'AUDIENCE', /GATEWARDEN_AUDIENCE/],
    ['an AUDIENCE of commas', { ISSUER, AUDIENCE: ', ,' }, 'AUDIENCE', /Set the environment variable/],
    ['an unknown algorithm', { ...BASE, TOKEN_SIGNING_ALG: 'RS257' }, 'TOKEN_SIGNING_ALG', /`RS257`/],
    ['the algorithm none', { ...BASE, TOKEN_SIGNING_ALG: 'none' }, 'TOKEN_SIGNING_ALG', /not supported/],
    ['HS256 without SECRET', { ...BASE, TOKEN_SIGNING_ALG: 'HS256' }, 'SECRET', /the secret for HS256/],
    [
      'SECRET beside JWKS_URI',
      { ...BASE, SECRET, TOKEN_SIGNING_ALG: 'HS256', JWKS_URI: 'https://a.test/' },
      'SECRET',
      /unset one/,
    ],
    [
      'SECRET beside JWKS_URI, with a public algorithm',
      { ...BASE, SECRET, TOKEN_SIGNING_ALG: 'RS256', JWKS_URI: 'https://a.test/' },
      'SECRET',
      /unset one/,
    ],
    [
      'a SECRET that is too short',
      { ...BASE, SECRET: 'horse', TOKEN_SIGNING_ALG: 'HS256' },
      'keys',
      /5 bytes/,
    ],
    [
      'a SECRET that is a PEM',
      { ...BASE, SECRET: '-----BEGIN PUBLIC KEY-----horse', TOKEN_SIGNING_ALG: 'HS256' },
      'keys',
      /public key/,
    ],
    [
      'algorithms of both families',
      { ...BASE, SECRET, TOKEN_SIGNING_ALG: 'HS256,RS256' },
      'algorithms',
      /one family/,
    ],
    ['an issuer over plain http', { ISSUER_BASE_URL: 'http://a.test', AUDIENCE }, 'issuer', /https/],
  ])('refuse %s, and never show the secret', (_, environment, option, message) => {
    const error = mistake(environment)
    expect([error.option, error.message]).toEqual([option, expect.stringMatching(message)])
    expect(error.message).not.toContain('horse')
  })
})

describe('the final slash of ISSUER_BASE_URL (RFC 8414 §3.3)', () => {
  let issuer: TestIssuer
  beforeEach(async () => {
    issuer = await createTestIssuer({ algorithms: ['ES256'], audience: AUDIENCE })
  })
  afterEach(() => issuer.close())

  const withSlash = async () => {
    await issuer.listen({ path: '/' })
    return issuer.issuer.replace(/\/$/, '')
  }
  const ask = async (environment: NodeJS.ProcessEnv, iss = issuer.issuer) => {
    const server = createResourceServer(optionsFromEnvironment({ AUDIENCE, ...environment }))
    const decision = await server.authenticate(bearer(await issuer.accessToken({ claims: { iss } })))
    return decision.ok ? 'admitted' : `${decision.refusal.status} ${decision.reason.code}`
  }

  it('may be missing where the metadata has it, and tokens must have it', async () => {
    const bareName = await withSlash()
    expect(await ask({ ISSUER_BASE_URL: bareName })).toBe('admitted')
    expect(await ask({ ISSUER_BASE_URL: bareName }, bareName)).toBe('401 issuer_unknown')
  })

  it('may be there where the metadata has none, and tokens must have none', async () => {
    await issuer.listen()
    expect(await ask({ ISSUER_BASE_URL: `${issuer.issuer}/` })).toBe('admitted')
    expect(await ask({ ISSUER_BASE_URL: `${issuer.issuer}/` }, `${issuer.issuer}/`)).toBe(
      '401 issuer_unknown',
    )
  })

  it('counts in ISSUER', async () => {
    const bareName = await withSlash()
    expect(await ask({ ISSUER: bareName })).toBe('401 issuer_unknown')
    expect(await ask({ ISSUER: bareName }, bareName)).toBe('503 keys_unavailable')
  })

  it('counts where no metadata could tell, beside JWKS_URI', async () => {
    const bareName = await withSlash()
    const environment = { ISSUER_BASE_URL: bareName, JWKS_URI: issuer.jwksUri }
    expect(await ask(environment)).toBe('401 issuer_unknown')
    expect(await ask(environment, bareName)).toBe('admitted')
  })
})
