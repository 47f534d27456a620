import { ADMITTED, badToken, type Case, type Expected, forbidden, tokenCase } from '../case.ts'

const opaque = (name: string, token: string, expect: Expected, path?: string): Case =>
  tokenCase(name, async () => token, expect, { api: 'introspecting', ...(path !== undefined && { path }) })

/** The token cannot be judged, and nobody is told to throw it away. */
const UNAVAILABLE: Expected = {
  status: 503,
  challenge: null,
  body: { error: 'temporarily_unavailable' },
  reason: 'introspection_unavailable',
  headers: { 'retry-after': '5' },
}

/** Opaque tokens, of which the issuer says what they are: RFC 7662. */
export const INTROSPECTION: readonly Case[] = [
  opaque('admits an opaque token that is active (RFC 7662 §2.2)', 'opaque-good', {
    status: 200,
    body: { scopes: ['read:patients'] },
  }),
  tokenCase(
    'admits a JWT beside them (ours)',
    ({ issuer }) => issuer.accessToken({ scope: 'read:patients' }),
    ADMITTED,
    { api: 'introspecting' },
  ),
  opaque('answers 401 to one that is not active (RFC 7662 §2.2)', 'opaque-invented', {
    ...badToken('token_inactive'),
    body: { error: 'invalid_token', error_description: 'The token is not active' },
  }),
  opaque(
    'answers 401 where active is not true but a text (RFC 7662 §2.2)',
    'opaque-text',
    badToken('token_inactive'),
  ),
  opaque(
    'answers 401 to one for another API (RFC 7662 §4)',
    'opaque-elsewhere',
    badToken('audience_mismatch'),
  ),
  opaque('answers 401 to one that has expired (RFC 7662 §4)', 'opaque-expired', badToken('expired')),
  opaque(
    'answers 401 to one that is bound, and comes as a bearer token (RFC 7800 §3)',
    'opaque-bound',
    badToken('bound_token'),
  ),
  opaque('answers 401 to a refresh token (RFC 7662 §2.1)', 'opaque-refresh', badToken('refresh_token')),
  opaque('answers 503 where the issuer answers with a page (WIRE-RULES 54)', 'opaque-page', UNAVAILABLE),
  opaque(
    'answers 403 to one without the scope (RFC 6750 §3.1)',
    'opaque-machine',
    forbidden('scope_missing'),
    '/api/patients',
  ),
  tokenCase(
    'answers 401 where nobody can be asked (ours)',
    async () => 'opaque-good',
    badToken('opaque_token'),
  ),
]
