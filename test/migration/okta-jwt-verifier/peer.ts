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
} from '../rules.ts'

const DOMAIN = 'health.okta.test'

const UNAUTHORIZED = '401, no challenge, HTML'

export const peer: Peer = {
  folder: 'okta-jwt-verifier',
  packages: ['@okta/jwt-verifier'],
  options: (site) => ({ ...site, domain: DOMAIN }),
  dialect: {
    issuer: `https://${DOMAIN}/oauth2/default`,
    header: { typ: undefined },
    claims: { ver: 1, cid: 'test-client', uid: 'user-1' },
    omit: ['client_id', 'scope'],
    client: 'cid',
    scopes: (scopes) => ({ scp: scopes }),
  },
  differences: [
    { ...RULES.kind, requests: OTHER_KINDS, before: '200' },
    { ...RULES.bound, requests: [BOUND], before: '200' },
    { ...RULES.critical, requests: ['crit in the header'], before: '200' },
    { ...RULES.fromTheFuture, requests: ['iat in an hour'], before: '200' },
    { ...RULES.endless, requests: ['no exp'], before: '200' },
    { ...RULES.twice, requests: TWICE, before: '200' },
    { ...RULES.tolerance, requests: ['expired a second ago'], before: UNAUTHORIZED },
    { ...RULES.noKid, requests: ['no kid in the header'], before: UNAUTHORIZED },
    { ...RULES.letters, requests: ['Authorization: bearer <token>, in small letters'], before: UNAUTHORIZED },
    { ...RULES.spaces, requests: ['two spaces between scheme and token'], before: UNAUTHORIZED },
    {
      ...RULES.challenge,
      requests: FLAWED,
      before: UNAUTHORIZED,
      why: 'A 401 needs a challenge (RFC 9110 §15.5.2). The body is the same error, for programs; what the token holds is told to the operator, and not sent back',
    },
    { ...RULES.bare, requests: WITHOUT_TOKEN, before: UNAUTHORIZED },
    { ...RULES.malformed, requests: MALFORMED, before: UNAUTHORIZED },
    {
      ...RULES.scope,
      requests: WITHOUT_SCOPE,
      before: UNAUTHORIZED,
      why: 'The token is sound and lacks a scope: 403, and the challenge tells which (RFC 6750 §3.1)',
    },
    { ...RULES.outage, requests: [OUTAGE], before: UNAUTHORIZED },
  ],
}
