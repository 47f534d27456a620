import type { Peer } from '../peer.ts'
import { OUTAGE } from '../requests.ts'
import {
  BOUND,
  FLAWED,
  MALFORMED,
  OTHER_KINDS,
  RULES,
  TWICE,
  WITHOUT_SCOPE,
  WITHOUT_TOKEN,
  without,
} from '../rules.ts'

const UNAUTHORIZED = '401, no challenge, text'

export const peer: Peer = {
  folder: 'passport-jwt',
  packages: ['passport-jwt', 'passport', 'jwks-rsa'],
  options: ({ issuer, audience, jwksUri }) => ({ issuer, audience, jwksUri }),
  differences: [
    { ...RULES.kind, requests: OTHER_KINDS, before: '200' },
    { ...RULES.bound, requests: [BOUND], before: '200' },
    { ...RULES.critical, requests: ['crit in the header'], before: '200' },
    { ...RULES.fromTheFuture, requests: ['iat in an hour'], before: '200' },
    { ...RULES.endless, requests: ['no exp'], before: '200' },
    { ...RULES.twice, requests: TWICE, before: '200' },
    { ...RULES.malformed, requests: ['something behind the token'], before: '200' },
    { ...RULES.tolerance, requests: ['expired a second ago'], before: UNAUTHORIZED },
    { ...RULES.scp, requests: ['the scope in scp, a list'], before: '403, no challenge, text' },
    { ...RULES.challenge, requests: FLAWED, before: UNAUTHORIZED },
    { ...RULES.bare, requests: WITHOUT_TOKEN, before: UNAUTHORIZED },
    { ...RULES.malformed, requests: without(MALFORMED, 'something behind the token'), before: UNAUTHORIZED },
    { ...RULES.scope, requests: WITHOUT_SCOPE, before: '403, no challenge, text' },
    { ...RULES.outage, requests: [OUTAGE], before: UNAUTHORIZED },
  ],
}
