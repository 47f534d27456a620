import type { Peer } from '../peer.ts'
import { OUTAGE } from '../requests.ts'
import { BOUND, FLAWED, MALFORMED, OTHER_KINDS, RULES, WITHOUT_SCOPE } from '../rules.ts'

const INVALID_TOKEN = '401, Bearer error="invalid_token", HTML'
const BAD_REQUEST = '400, Bearer, HTML'

export const peer: Peer = {
  folder: 'express-oauth2-jwt-bearer',
  packages: ['express-oauth2-jwt-bearer'],
  options: ({ issuer, audience }) => ({ issuer, audience }),
  differences: [
    { ...RULES.kind, requests: OTHER_KINDS, before: '200' },
    { ...RULES.fromTheFuture, requests: ['iat in an hour'], before: '200' },
    { ...RULES.twice, requests: ['two Authorization fields, the sound one first'], before: '200' },
    {
      ...RULES.bare,
      requests: ['the token in the query'],
      before: '200',
      why: 'Tokens in the query end in logs and histories, and are no credentials (RFC 9700 §4.3.2)',
    },
    {
      ...RULES.scp,
      requests: ['the scope in scp, a list'],
      before: '403, Bearer error="insufficient_scope" scope="read:patients", HTML',
    },
    { ...RULES.spaces, requests: ['two spaces between scheme and token'], before: BAD_REQUEST },
    {
      ...RULES.challenge,
      requests: [...FLAWED, 'no exp', 'crit in the header', BOUND],
      before: INVALID_TOKEN,
      why: 'Express writes a page for people; the challenge is the same, and the body says it for programs',
    },
    {
      ...RULES.scope,
      requests: WITHOUT_SCOPE,
      before: '403, Bearer error="insufficient_scope" scope="read:patients", HTML',
      why: 'As above: JSON in place of a page',
    },
    {
      ...RULES.bare,
      requests: ['no credentials'],
      before: '401, Bearer, HTML',
      why: 'There is nothing to tell beside the challenge',
    },
    {
      ...RULES.bare,
      requests: ['the scheme Basic', 'Authorization: <token>, without a scheme'],
      before: BAD_REQUEST,
      why: 'Another scheme is no bearer token, and nothing is malformed (RFC 6750 §3.1)',
    },
    {
      ...RULES.malformed,
      requests: MALFORMED,
      before: BAD_REQUEST,
      why: 'The error code is told where a bearer token was tried (RFC 6750 §3.1)',
    },
    {
      ...RULES.twice,
      requests: ['a token in the field, and one in the query'],
      before: '400, Bearer error="invalid_request", HTML',
      why: 'JSON in place of a page',
    },
    { ...RULES.outage, requests: [OUTAGE], before: INVALID_TOKEN },
  ],
}
