import type { Tokens } from './tokens.ts'

/** What one request sends: a token, as the API before wants tokens sent and as this one does; or an Authorization field as it is. */
export interface Sent {
  /** Default: `/profile`, which any caller may see; `/patients` needs the scope `read:patients`. */
  readonly path?: string
  readonly token?: string
  readonly authorization?: string | readonly string[]
}

/** Makes one request, with tokens of the issuer that it is given. */
export type Request = (tokens: Tokens) => Promise<Sent>

const token = (make: (tokens: Tokens) => Promise<string>): Request => {
  return async (tokens) => ({ token: await make(tokens) })
}
const field = (write: (token: string) => string | readonly string[]): Request => {
  return async (tokens) => ({ authorization: write(await tokens.access()) })
}
const patients = (make: (tokens: Tokens) => Promise<string>): Request => {
  return async (tokens) => ({ path: '/patients', token: await make(tokens) })
}
const seconds = (fromNow: number) => Math.floor(Date.now() / 1000) + fromNow

/** Sound access tokens, as issuers shape them. */
const SOUND = {
  'an access token': token(({ access }) => access()),
  'typ JWT, and azp in place of client_id': token(({ access }) =>
    access({ header: { typ: 'JWT' }, claims: { azp: 'test-client' }, omit: ['client_id'] }),
  ),
  'no typ': token(({ access }) => access({ header: { typ: undefined } })),
  'aud is a list that names the API': token(({ access, issuer }) =>
    access({ claims: { aud: [issuer.audience, `${issuer.issuer}/userinfo`] } }),
  ),
  'a client in its own name, without a user': token(({ access }) =>
    access({ subject: 'test-client', claims: { gty: 'client-credentials' } }),
  ),
  'no kid in the header': token(({ access }) => access({ header: { kid: undefined } })),
}

const TIMES = {
  'expired an hour ago': token(({ issuer, dress }) => issuer.expired(dress())),
  'expired a second ago': token(({ issuer, dress }) => issuer.expired({ ...dress(), secondsAgo: 1 })),
  'nbf in an hour': token(({ issuer, dress }) => issuer.notYetValid(dress())),
  'iat in an hour': token(({ access }) => access({ claims: { iat: seconds(3600), exp: seconds(7200) } })),
  'no exp': token(({ access }) => access({ omit: ['exp'] })),
}

const PARTIES = {
  'aud is another API': token(({ access }) => access({ claims: { aud: 'https://other-api.test/' } })),
  'aud is the API with a slash more': token(({ access, issuer }) =>
    access({ claims: { aud: `${issuer.audience}/` } }),
  ),
  'no aud': token(({ access }) => access({ omit: ['aud'] })),
  'given to another client': token(({ access, clientClaim }) =>
    access({ claims: { [clientClaim]: 'other-client' } }),
  ),
  'another issuer': token(({ access }) => access({ claims: { iss: 'https://other-issuer.test/' } })),
  'no iss': token(({ access }) => access({ omit: ['iss'] })),
}

const SIGNATURES = {
  'signed with a key that is not the issuer’s': token(({ issuer, dress }) =>
    issuer.signedByStranger(dress()),
  ),
  'payload changed after signing': token(({ issuer, dress }) => issuer.tampered(dress())),
  'alg none': token(({ issuer, dress }) => issuer.unsigned(dress())),
  'HS256 with the public key as the secret': token(({ issuer, access }) =>
    access({ algorithm: 'HS256', key: issuer.publicPem(), header: { kid: issuer.kid() } }),
  ),
  'a kid that nobody knows': token(({ access }) => access({ header: { kid: 'nobody-knows' } })),
  'crit in the header': token(({ access }) => access({ header: { crit: ['exp'], exp: 1 } })),
  'an encrypted token': token(({ issuer, dress }) => issuer.encrypted(dress())),
  'an opaque token': token(({ issuer }) => issuer.opaque()),
}

/** Tokens of the same issuer, well signed, that are no bearer access tokens. */
const KINDS = {
  'an ID token': token(({ issuer, idClaims }) => issuer.idToken({ claims: idClaims })),
  'an ID token whose aud names the API too': token(({ issuer, idClaims }) =>
    issuer.idToken({ claims: { ...idClaims, aud: ['test-client', issuer.audience] } }),
  ),
  'a refresh token whose aud is the API': token(({ issuer, iss }) =>
    issuer.refreshToken({ claims: { iss, aud: issuer.audience } }),
  ),
  'a logout token whose aud is the API': token(({ issuer, iss }) =>
    issuer.logoutToken({ claims: { iss, aud: issuer.audience } }),
  ),
  'typ secevent+jwt': token(({ access }) => access({ header: { typ: 'secevent+jwt' } })),
  'bound to a key of the client (cnf), sent as a bearer token': token(({ access }) =>
    access({ claims: { cnf: { jkt: '0ZcOCORZNYy-DWpqq30jZyJGHTN0d2HglBV3uiguA4I' } } }),
  ),
}

const SCOPES = {
  'the scope is granted, among others': patients(({ access }) => access()),
  'another scope': patients(({ access }) => access({}, ['write:patients'])),
  'a scope that begins alike': patients(({ access }) => access({}, ['read:patients-all'])),
  'no scope at all': patients(({ access }) => access({ omit: ['scope', 'scp'] })),
  'the scope in scp, a list': patients(({ access }) =>
    access({ claims: { scp: ['read:patients'] }, omit: ['scope'] }),
  ),
  'the scope only in permissions': patients(({ access }) =>
    access({ claims: { permissions: ['read:patients'] } }, ['openid']),
  ),
}

/** How the token is sent. */
const CREDENTIALS = {
  'no credentials': async () => ({}),
  'the scheme Basic': async () => ({ authorization: 'Basic dXNlcjpwYXNzd29yZA==' }),
  'Authorization: Bearer <token>': field((token) => `Bearer ${token}`),
  'Authorization: bearer <token>, in small letters': field((token) => `bearer ${token}`),
  'two spaces between scheme and token': field((token) => `Bearer  ${token}`),
  'Authorization: <token>, without a scheme': field((token) => token),
  'Authorization: Bearer, without a token': async () => ({ authorization: 'Bearer' }),
  'something behind the token': field((token) => `Bearer ${token} more`),
  'two Authorization fields, the sound one first': field((token) => [`Bearer ${token}`, 'Bearer other']),
  'the token in the query': async ({ access }) => ({ path: `/profile?access_token=${await access()}` }),
  'a token in the field, and one in the query': async ({ access }) => ({
    path: `/profile?access_token=${await access()}`,
    token: await access(),
  }),
} satisfies Record<string, Request>

const ROWS = { ...SOUND, ...TIMES, ...PARTIES, ...SIGNATURES, ...KINDS, ...SCOPES, ...CREDENTIALS }

/** A sound token, put to APIs whose issuer is down. */
export const OUTAGE = 'an access token, while the issuer cannot be reached and no keys are known'

/** A request by its name. */
export type RequestName = keyof typeof ROWS | typeof OUTAGE

/** The requests that are put to both APIs, by what is particular about them. */
export const REQUESTS: Readonly<Record<keyof typeof ROWS, Request>> = ROWS

export const REQUEST_NAMES: readonly RequestName[] = [...namesIn(ROWS), OUTAGE]

/** Requests that any API for this issuer should admit. */
export const SOUND_REQUESTS: readonly RequestName[] = namesIn(SOUND)

function namesIn<Row extends string>(rows: Readonly<Record<Row, Request>>): Row[] {
  const isRow = (name: string): name is Row => Object.hasOwn(rows, name)
  return Object.keys(rows).filter(isRow)
}
