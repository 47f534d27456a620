import type { TokenName } from './tokens.ts'

/** A request and the verdict that the API promises for it. */
export interface PromisedRequest {
  readonly method: 'GET' | 'POST'
  readonly path: string
  readonly body?: object
  /** None: the request carries no token. */
  readonly token?: TokenName
  /** Send the token as the query parameter `access_token`, where it is no credential. */
  readonly inQuery?: true
  readonly status: number
  /** The challenge's `error` (RFC 6750 §3.1). */
  readonly error?: 'invalid_token' | 'insufficient_scope'
  /** The code that the operator's hook is given. */
  readonly reason?: string
  /** Printed at start as a line for curl, under this heading. */
  readonly curl?: string
}

const patients = { method: 'GET', path: '/api/patients' } as const
const admission = {
  method: 'POST',
  path: '/api/patients',
  body: { name: 'Mary Seacole', born: '1805-11-23' },
} as const
const admin = { method: 'GET', path: '/api/admin' } as const

const forbidden = { status: 403, error: 'insufficient_scope' } as const
const unauthorized = { status: 401, error: 'invalid_token' } as const

/** Every request of the demo, in its order. */
export const REQUESTS: readonly PromisedRequest[] = [
  { method: 'GET', path: '/public', status: 200 },
  { ...patients, token: 'grace', status: 200, curl: 'an access token' },
  { ...patients, token: 'reporting', status: 200 },
  { ...admission, token: 'grace', status: 201, curl: 'an access token with write:patients' },
  { ...admin, token: 'adminConsole', status: 200, curl: 'a token of the one client that may' },
  {
    ...patients,
    token: 'idToken',
    ...unauthorized,
    reason: 'id_token',
    curl: 'the ID token of the same login',
  },
  { ...patients, token: 'billing', ...unauthorized, reason: 'audience_mismatch' },
  { ...admission, token: 'tampered', ...unauthorized, reason: 'signature_invalid' },
  { ...patients, token: 'garbage', ...unauthorized, reason: 'malformed_token' },
  { ...patients, status: 401, reason: 'no_credentials', curl: 'no token' },
  { ...patients, token: 'reporting', inQuery: true, status: 401, reason: 'no_credentials' },
  {
    ...admission,
    token: 'ada',
    ...forbidden,
    reason: 'scope_missing',
    curl: 'an access token without write:patients',
  },
  { ...admin, token: 'grace', ...forbidden, reason: 'scope_missing' },
  {
    ...admin,
    token: 'auditScript',
    ...forbidden,
    reason: 'client_not_allowed',
    curl: 'a token with read:admin, of a client that may not',
  },
]
