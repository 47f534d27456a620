import type { Peer } from '../peer.ts'
import { OUTAGE } from '../requests.ts'
import {
  BOUND,
  FLAWED,
  MALFORMED,
  OTHER_KINDS,
  RULES,
  WITHOUT_SCOPE,
  WITHOUT_TOKEN,
  without,
} from '../rules.ts'

const POOL = 'eu-central-1_AbCdEfGhI'

const FORBIDDEN = '403, no challenge, JSON'

export const peer: Peer = {
  folder: 'aws-jwt-verify',
  packages: ['aws-jwt-verify'],
  options: ({ fetch }) => ({
    region: 'eu-central-1',
    userPoolId: POOL,
    clientId: 'test-client',
    fetch,
    fetcher: { fetch: async (uri: string) => (await fetch(uri)).arrayBuffer() },
  }),
  credentials: (token) => token,
  dialect: {
    issuer: `https://cognito-idp.eu-central-1.amazonaws.com/${POOL}`,
    header: { typ: undefined },
    claims: { token_use: 'access', version: 2, username: 'user-1' },
    omit: ['aud'],
    idClaims: { token_use: 'id' },
  },
  differences: [
    {
      ...RULES.bare,
      requests: ['Authorization: <token>, without a scheme'],
      before: '200',
      why: 'The field is `Bearer <token>` (RFC 6750 §2.1): clients must write the scheme. Where they cannot, let the token come in another field, which may hold it alone: `tokenHeader`',
    },
    { ...RULES.bound, requests: [BOUND], before: '200' },
    { ...RULES.kind, requests: ['typ secevent+jwt'], before: '200' },
    { ...RULES.critical, requests: ['crit in the header'], before: '200' },
    { ...RULES.fromTheFuture, requests: ['iat in an hour'], before: '200' },
    { ...RULES.endless, requests: ['no exp'], before: '200' },
    { ...RULES.twice, requests: ['a token in the field, and one in the query'], before: '200' },
    {
      ...RULES.letters,
      requests: [
        'Authorization: Bearer <token>',
        'Authorization: bearer <token>, in small letters',
        'two spaces between scheme and token',
      ],
      before: FORBIDDEN,
      why: 'The scheme belongs to the field, in any letter case and with any number of spaces behind it (RFC 6750 §2.1, RFC 9110 §11)',
    },
    {
      ...RULES.tolerance,
      requests: ['expired a second ago'],
      before: FORBIDDEN,
      why: 'Clocks differ: `clockTolerance` is 5 seconds, if no other is given; `graceSeconds` is 0 there',
    },
    { ...RULES.noKid, requests: ['no kid in the header'], before: FORBIDDEN },
    {
      ...RULES.challenge,
      requests: [
        ...without(FLAWED, 'aud is another API', 'aud is the API with a slash more', 'no aud'),
        'given to another client',
        ...without(OTHER_KINDS, 'typ secevent+jwt'),
      ],
      before: FORBIDDEN,
      why: 'A token that is refused is a 401 with a challenge, so that the client gets a new one (RFC 6750 §3.1); the example answers 403',
    },
    {
      ...RULES.bare,
      requests: without(WITHOUT_TOKEN, 'Authorization: <token>, without a scheme'),
      before: FORBIDDEN,
    },
    { ...RULES.malformed, requests: MALFORMED, before: FORBIDDEN },
    { ...RULES.twice, requests: ['two Authorization fields, the sound one first'], before: FORBIDDEN },
    { ...RULES.scope, requests: WITHOUT_SCOPE, before: FORBIDDEN },
    { ...RULES.outage, requests: [OUTAGE], before: FORBIDDEN },
  ],
  notAsked: {
    requests: [
      'typ JWT, and azp in place of client_id',
      'aud is a list that names the API',
      'aud is another API',
      'aud is the API with a slash more',
      'no aud',
      'the scope in scp, a list',
    ],
    why: 'Access tokens of Cognito have `client_id` and `scope`, and no `aud`',
  },
}
