import { generateKeyPairSync } from 'node:crypto'
import {
  clientSecretBasic,
  createResourceServer,
  type Reason,
  type ResourceServer,
  type ResourceServerOptions,
  secret,
  staticJwks,
} from '@gatewarden/core'
import { createTestIssuer, type TestIssuer } from '@gatewarden/testing'
import { introspectionEndpoint } from './introspection-endpoint.ts'

/** Seconds since the epoch at which everything in the suite happens. */
export const NOW = 1_800_000_000
const clock = () => NOW * 1000

export const ISSUER = 'https://issuer.test/'
export const OTHER_ISSUER = 'https://other.test/'
export const AUDIENCE = 'https://example.com/health-api'
export const SECRET = 'a secret of more than thirty-two bytes for the API'

/** The key that the API has given its issuer, to encrypt for. Made once: it takes a while. */
export const API_KEY = generateKeyPairSync('rsa', { modulusLength: 2048 })

/** The parties that the cases speak of. */
export interface World {
  readonly issuer: TestIssuer
  /** Trusted beside `issuer` where a case says so; its keys have the same kids. */
  readonly other: TestIssuer
}

export async function createWorld(): Promise<World> {
  const algorithms = [
    'RS256',
    'RS384',
    'RS512',
    'PS256',
    'PS384',
    'PS512',
    'ES256',
    'ES384',
    'ES512',
    'EdDSA',
    'Ed25519',
  ] as const
  const issuer = await createTestIssuer({ issuer: ISSUER, audience: AUDIENCE, algorithms, clock })
  const other = await createTestIssuer({
    issuer: OTHER_ISSUER,
    audience: AUDIENCE,
    algorithms: ['RS256'],
    clock,
  })
  return { issuer, other }
}

/** The APIs that the cases are put to, by name: how each is configured. */
export const APIS = {
  standard: () => ({}),
  strict: () => ({ profile: 'rfc9068' }),
  'two audiences': () => ({ audience: [AUDIENCE, 'urn:health'] }),
  'two issuers': ({ issuer, other }) => ({
    issuer: [
      { issuer: ISSUER, keys: staticJwks(issuer.jwks()) },
      { issuer: OTHER_ISSUER, keys: staticJwks(sameKids(other, issuer)) },
    ],
  }),
  'RS256 only': () => ({ algorithms: ['RS256'] }),
  'shared secret': () => ({ issuer: { issuer: ISSUER, keys: secret(SECRET) } }),
  'listed clients': () => ({ clients: ['portal', 'admin-console'] }),
  'capped clients': () => ({ clients: { portal: { scopes: ['read:patients'] }, 'admin-console': {} } }),
  'young tokens': () => ({ maxTokenAge: 600, maxTokenLifetime: 7200 }),
  'no tolerance': () => ({ clockTolerance: 0 }),
  realm: () => ({ realm: 'Health' }),
  gateway: () => ({ tokenHeader: 'X-Gateway-Token' }),
  cors: () => ({ cors: true }),
  optional: () => ({ optional: true }),
  hierarchy: () => ({
    implies: { admin: ['write:patients'], 'write:patients': ['read:patients'], loop: ['loop'] },
  }),
  'hierarchy by function': () => ({
    implies: (scope: string) => (scope.startsWith('write:') ? [`read:${scope.slice(6)}`] : []),
  }),
  'capped hierarchy': () => ({
    implies: { admin: ['read:patients', 'write:patients'] },
    clients: { portal: { scopes: ['read:patients'] } },
  }),
  decrypting: () => ({ decryption: { keys: [API_KEY.privateKey] } }),
  'encrypted only': () => ({ decryption: { keys: [API_KEY.privateKey], required: true } }),
  introspecting: () => ({
    introspection: {
      endpoint: `${ISSUER}introspect`,
      clientAuth: clientSecretBasic('health-api', 'secret'),
      fetch: introspectionEndpoint(AUDIENCE),
    },
  }),
  catalogue: () => ({ scopes: { 'read:patients': 'See patient records' } }),
  // Nothing listens on port 1, and a port that refuses answers at once.
  'unreachable issuer': () => ({ issuer: 'http://127.0.0.1:1' }),
  'hook that throws': () => ({
    onRefusal: () => {
      throw new Error('from the hook')
    },
  }),
} satisfies Record<string, (world: World) => Partial<ResourceServerOptions>>

export type ApiName = keyof typeof APIS

/** Reasons given to `onRefusal`, by the number that the suite sends with each request. */
export type Reasons = Map<string, Reason>

export function createApi(name: ApiName, world: World, reasons: Reasons): ResourceServer {
  const options: ResourceServerOptions = {
    issuer: { issuer: ISSUER, keys: staticJwks(world.issuer.jwks()) },
    audience: AUDIENCE,
    onRefusal: (reason, request) => reasons.set(request.header('x-case')[0] ?? '', reason),
    ...(APIS[name] as (world: World) => Partial<ResourceServerOptions>)(world),
  }
  return createResourceServer(options, { now: clock })
}

function sameKids(other: TestIssuer, issuer: TestIssuer) {
  return { keys: other.jwks().keys.map((key) => ({ ...key, kid: issuer.kid('RS256') })) }
}
