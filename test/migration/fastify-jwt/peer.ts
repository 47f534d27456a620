import type { Peer } from '../peer.ts'
import { OUTAGE, type RequestName } from '../requests.ts'
import { BOUND, FLAWED, OTHER_KINDS, RULES, TWICE, WITHOUT_SCOPE, WITHOUT_TOKEN, without } from '../rules.ts'

const UNAUTHORIZED = '401, no challenge, JSON'
const BAD_REQUEST = '400, no challenge, JSON'
const SERVER_ERROR = '500, no challenge, JSON'
const FORBIDDEN = '403, no challenge, no body'

const SERVER_ERRORS: readonly RequestName[] = [
  'nbf in an hour',
  'another issuer',
  'no iss',
  'alg none',
  'HS256 with the public key as the secret',
  'a kid that nobody knows',
]

export const peer: Peer = {
  folder: 'fastify-jwt',
  packages: ['@fastify/jwt', 'get-jwks'],
  options: ({ issuer, audience }) => ({ issuer, audience }),
  differences: [
    { ...RULES.kind, requests: OTHER_KINDS, before: '200' },
    { ...RULES.bound, requests: [BOUND], before: '200' },
    { ...RULES.fromTheFuture, requests: ['iat in an hour'], before: '200' },
    { ...RULES.endless, requests: ['no exp'], before: '200' },
    {
      ...RULES.audience,
      requests: ['no aud'],
      before: '200',
      why: "A token that names no API is not for this one (RFC 9068 §4). There, `requiredClaims: ['aud']` asks for it",
    },
    { ...RULES.twice, requests: TWICE, before: '200' },
    { ...RULES.tolerance, requests: ['expired a second ago'], before: UNAUTHORIZED },
    { ...RULES.noKid, requests: ['no kid in the header'], before: SERVER_ERROR },
    { ...RULES.spaces, requests: ['two spaces between scheme and token'], before: BAD_REQUEST },
    { ...RULES.scp, requests: ['the scope in scp, a list'], before: FORBIDDEN },
    { ...RULES.challenge, requests: without(FLAWED, 'no aud', ...SERVER_ERRORS), before: UNAUTHORIZED },
    {
      ...RULES.challenge,
      requests: [...SERVER_ERRORS, 'crit in the header'],
      before: SERVER_ERROR,
      why: 'The token is at fault, not the server. There, these errors of get-jwks and fast-jwt carry no status, and Fastify makes them 500 where the hook sends them on',
    },
    { ...RULES.bare, requests: WITHOUT_TOKEN, before: UNAUTHORIZED },
    { ...RULES.malformed, requests: ['Authorization: Bearer, without a token'], before: UNAUTHORIZED },
    {
      ...RULES.malformed,
      requests: ['something behind the token'],
      before: BAD_REQUEST,
      why: 'The challenge tells the client what was wrong (RFC 6750 §3.1)',
    },
    { ...RULES.scope, requests: WITHOUT_SCOPE, before: FORBIDDEN },
    { ...RULES.outage, requests: [OUTAGE], before: SERVER_ERROR },
  ],
}
