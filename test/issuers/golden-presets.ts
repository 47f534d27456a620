import { type IssuerEntry, type KeySource, presets } from '@gatewarden/core'
import type { GoldenIssuer } from './golden/index.ts'

const host = ({ issuer }: GoldenIssuer) => new URL(issuer).host
const lastPart = ({ issuer }: GoldenIssuer) => issuer.replace(/\/$/, '').split('/').at(-1) ?? ''
const entra = (row: GoldenIssuer, keys: KeySource) =>
  presets.entra({ tenant: /[0-9a-f-]{36}/.exec(row.issuer)?.[0] ?? 'common', audience: row.audience, keys })
const cognito = ({ issuer, clientId, accessTokens, audience }: GoldenIssuer, keys: KeySource) => {
  const clients = accessTokens.map(({ claims }) => `${claims['client_id']}`)
  return presets.cognito({
    region: 'eu-central-1',
    userPoolId: issuer.split('/').at(-1) ?? '',
    clientIds: [...new Set([clientId, ...clients])],
    ...(audience !== '' && { audience }),
    keys,
  })
}

/** The preset of each golden row that has one, by the beginning of its name. */
export const PRESETS: readonly (readonly [
  name: string,
  (row: GoldenIssuer, keys: KeySource) => IssuerEntry,
])[] = [
  ['Auth0', (row, keys) => presets.auth0({ domain: host(row), keys })],
  ['Okta', (row, keys) => presets.okta({ domain: host(row), authorizationServer: lastPart(row), keys })],
  ['Entra', entra],
  ['Amazon Cognito', cognito],
  [
    'Keycloak',
    (row, keys) =>
      presets.keycloak({ url: `https://${host(row)}`, realm: lastPart(row), client: row.audience, keys }),
  ],
  ['authentik', (row, keys) => presets.authentik({ domain: host(row), application: lastPart(row), keys })],
  [
    'Google, service accounts',
    ({ accessTokens, audience }, keys) =>
      presets.google({
        audience,
        serviceAccounts: [...new Set(accessTokens.map(({ claims }) => `${claims['email']}`))],
        keys,
      }),
  ],
  ['Firebase', (row, keys) => presets.firebase({ projectId: lastPart(row), keys })],
  [
    'PingOne',
    ({ issuer }, keys) => {
      const [, region, environmentId = ''] = /auth\.pingone\.([a-z.]+)\/([^/]+)\/as$/.exec(issuer) ?? []
      return presets.ping({ environmentId, region: region as 'eu', keys })
    },
  ],
  ['Zitadel', (row, keys) => presets.zitadel({ domain: host(row), keys })],
  [
    'Clerk, session',
    (row, keys) =>
      presets.clerk({
        frontendApi: host(row),
        authorizedParties: [`${row.accessTokens[0]?.claims['azp']}`],
        keys,
      }),
  ],
  [
    'WorkOS, session',
    ({ accessTokens, issuer, clientId }, keys) => {
      const client =
        /user_management\/(.+)$/.exec(issuer)?.[1] ?? (clientId || `${accessTokens[0]?.claims['client_id']}`)
      return presets.workos({ clientId: client, keys })
    },
  ],
  ['Supabase', (row, keys) => presets.supabase({ domain: host(row), keys })],
  ['Cloudflare', (row, keys) => presets.cloudflareAccess({ team: host(row), audience: row.audience, keys })],
  [
    'GitHub',
    ({ accessTokens, audience }, keys) =>
      presets.githubActions({
        audience,
        repositories: [...new Set(accessTokens.map(({ claims }) => `${claims['repository']}`))],
        keys,
      }),
  ],
  [
    'Kubernetes',
    ({ issuer, accessTokens, audience }, keys) => {
      const accounts = accessTokens.map(({ claims }) => `${claims['sub']}`.split(':').slice(2).join('/'))
      return presets.kubernetes({ issuer, audience, serviceAccounts: [...new Set(accounts)], keys })
    },
  ],
]
