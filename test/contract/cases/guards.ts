import { ADMITTED, type Case, forbidden, tokenCase } from '../case.ts'
import { AUDIENCE } from '../world.ts'

const claims =
  (changes: Record<string, unknown>) =>
  ({ issuer }: Parameters<Case['request']>[0]) =>
    issuer.accessToken({ claims: changes })
const needs = (scope: string) =>
  `Bearer realm="${AUDIENCE}", error="insufficient_scope", scope="${scope}", error_description="The token lacks a scope that the operation requires"`
const WITHOUT_SCOPE = `Bearer realm="${AUDIENCE}", error="insufficient_scope", error_description="The token does not allow the operation"`

/** What an admitted caller may do, and who the caller is. */
export const GUARDS: readonly Case[] = [
  tokenCase(
    'admits a caller with the scope (RFC 6750 §3.1)',
    claims({ scope: 'openid read:patients' }),
    ADMITTED,
    { path: '/api/patients' },
  ),
  tokenCase(
    'answers 403 to a caller without the scope (RFC 6750 §3.1)',
    claims({ scope: 'write:patients' }),
    forbidden('scope_missing', {
      challenge: needs('read:patients'),
      message: /read:patients.*write:patients/,
    }),
    { path: '/api/patients' },
  ),
  tokenCase(
    'answers 403 to a caller without any scope (RFC 6750 §3.1)',
    claims({}),
    forbidden('scope_missing'),
    { path: '/api/patients' },
  ),
  ...['read:patientsx', 'read', 'READ:PATIENTS', 'read:patients,x', ' ', 'read:\tpatients'].map((scope) =>
    tokenCase(
      `takes the scope ${JSON.stringify(scope)} for no other (RFC 6749 §3.3)`,
      claims({ scope }),
      forbidden('scope_missing'),
      { path: '/api/patients' },
    ),
  ),
  ...[1, null, {}, true, [1], [['read:patients']]].map((scope) =>
    tokenCase(
      `grants nothing for the scope ${JSON.stringify(scope)}, and does not fall over (RFC 8693 §4.2)`,
      claims({ scope }),
      forbidden('scope_missing'),
      { path: '/api/patients' },
    ),
  ),
  tokenCase('reads scope as a list too (RFC 8693 §4.2)', claims({ scope: ['read:patients'] }), ADMITTED, {
    path: '/api/patients',
  }),
  tokenCase(
    'reads scp as a list, as Okta writes it (RFC 8693 §4.2)',
    claims({ scp: ['read:patients', 'x'] }),
    { status: 200, body: {} },
    { path: '/api/patients' },
  ),
  tokenCase(
    'reads scp as text, as Entra writes it (RFC 8693 §4.2)',
    claims({ scp: 'x read:patients' }),
    ADMITTED,
    { path: '/api/patients' },
  ),
  tokenCase(
    'reads scope before scp (RFC 8693 §4.2)',
    claims({ scope: 'x', scp: 'read:patients' }),
    forbidden('scope_missing'),
    { path: '/api/patients' },
  ),
  tokenCase(
    'takes permissions and roles for no scopes (RFC 8693 §4.2)',
    claims({ permissions: ['read:patients'], roles: ['read:patients'] }),
    forbidden('scope_missing'),
    { path: '/api/patients' },
  ),
  tokenCase(
    'lists permissions and roles apart (AuthContext)',
    claims({ permissions: ['p'], roles: ['r'], scope: 's' }),
    { status: 200, body: { permissions: ['p'], roles: ['r'], scopes: ['s'] } },
  ),
  tokenCase(
    'admits a caller with one of several scopes (RFC 6750 §3.1)',
    claims({ scope: 'admin' }),
    ADMITTED,
    { path: '/api/any' },
  ),
  tokenCase(
    'names the first of several scopes where one would do (RFC 6750 §3)',
    claims({ scope: 'x' }),
    forbidden('scope_missing', { challenge: needs('read:patients') }),
    { path: '/api/any' },
  ),
  tokenCase('admits a caller with the claim (guard claim)', claims({ dept: 'er' }), ADMITTED, {
    path: '/api/er',
  }),
  tokenCase(
    'admits a caller with the claim in a list (guard claim)',
    claims({ dept: ['icu', 'er'] }),
    ADMITTED,
    { path: '/api/er' },
  ),
  tokenCase(
    'answers 403 without scope to another claim value (guard claim)',
    claims({ dept: 'icu' }),
    forbidden('claim_mismatch', { challenge: WITHOUT_SCOPE }),
    { path: '/api/er' },
  ),
  tokenCase('answers 403 where the claim is absent (guard claim)', claims({}), forbidden('claim_mismatch'), {
    path: '/api/er',
  }),
  tokenCase('admits a claim that pleases a predicate (guard claim)', claims({ level: 4 }), ADMITTED, {
    path: '/api/level',
  }),
  tokenCase(
    'answers 403 to a claim that does not please a predicate (guard claim)',
    claims({ level: 3 }),
    forbidden('claim_mismatch'),
    { path: '/api/level' },
  ),
  tokenCase(
    'does not ask a predicate about an absent claim (guard claim)',
    claims({}),
    forbidden('claim_mismatch'),
    { path: '/api/level' },
  ),
  tokenCase(
    'admits the client that a route is for (guard client)',
    claims({ client_id: 'admin-console' }),
    ADMITTED,
    { path: '/api/console' },
  ),
  tokenCase(
    'answers 403 to any other client (guard client)',
    claims({}),
    forbidden('client_not_allowed', { message: /admin-console.*test-client/ }),
    { path: '/api/console' },
  ),
  tokenCase(
    'answers 403 to a token without a client (guard client)',
    claims({ client_id: undefined }),
    forbidden('client_not_allowed'),
    { path: '/api/console' },
  ),
  tokenCase(
    'admits a caller who meets all guards (guard allOf)',
    claims({ scope: 'a b', dept: 'er' }),
    ADMITTED,
    { path: '/api/all' },
  ),
  tokenCase(
    'names the scopes of all guards together (RFC 6750 §3)',
    claims({ scope: 'a', dept: 'er' }),
    forbidden('scope_missing', { challenge: needs('a b') }),
    { path: '/api/all' },
  ),
  tokenCase(
    'names no scope where a claim is what is missing (guard allOf)',
    claims({ scope: 'a b' }),
    forbidden('claim_mismatch', { challenge: WITHOUT_SCOPE }),
    { path: '/api/all' },
  ),
  tokenCase(
    'admits a caller by the second alternative (guard anyOf)',
    claims({ scope: 'read:patients', dept: 'er' }),
    ADMITTED,
    { path: '/api/alternatives' },
  ),
  tokenCase(
    'names the scopes of the first alternative (RFC 6750 §3)',
    claims({ scope: 'read:patients' }),
    forbidden('scope_missing', { challenge: needs('admin') }),
    { path: '/api/alternatives' },
  ),
  tokenCase(
    'admits a caller who fails the inner guard of not() (guard not)',
    claims({ dept: 'icu' }),
    ADMITTED,
    { path: '/api/outsiders' },
  ),
  tokenCase(
    'answers 403 without scope to a caller who meets the inner guard of not() (guard not)',
    claims({ dept: 'er' }),
    forbidden('guard_denied', { challenge: WITHOUT_SCOPE }),
    { path: '/api/outsiders' },
  ),
  tokenCase(
    'tells the operator what the missing scope is for (scopes catalogue)',
    claims({}),
    forbidden('scope_missing', { hint: /read:patients \(See patient records\)/ }),
    { api: 'catalogue', path: '/api/patients' },
  ),
  tokenCase(
    'answers 500, never a pass, where a guard answers with a promise (Gatewarden)',
    claims({}),
    { status: 500, challenge: null },
    { path: '/api/broken-guard' },
  ),
  {
    name: 'answers 500, never a pass, where a guard stands on a route that nothing protects (Gatewarden)',
    request: () => ({ path: '/unprotected' }),
    expect: { status: 500, challenge: null },
  },
  tokenCase(
    'answers 500, never a pass, on an unprotected route even with a good token (Gatewarden)',
    ({ issuer }) => issuer.accessToken({ scope: 'read:patients' }),
    { status: 500 },
    { path: '/unprotected' },
  ),

  tokenCase('knows a user by the login (RFC 9068 §5)', claims({ auth_time: 1 }), {
    status: 200,
    body: { principal: 'user', subject: 'user-1' },
  }),
  tokenCase('knows a client by sub and client_id (RFC 9068 §5)', claims({ sub: 'test-client' }), {
    status: 200,
    body: { principal: 'client' },
  }),
  tokenCase('knows a client by idtyp (RFC 9068 §5)', claims({ idtyp: 'app' }), {
    status: 200,
    body: { principal: 'client' },
  }),
  tokenCase(
    'takes a user who chose a client id for a name for neither (RFC 9068 §5)',
    claims({ sub: 'test-client', auth_time: 1 }),
    { status: 200, body: { principal: 'unknown' } },
  ),
  tokenCase('says unknown where nothing tells (RFC 9068 §5)', claims({}), {
    status: 200,
    body: { principal: 'unknown' },
  }),

  tokenCase(
    'admits a caller with all permissions (guard permissions)',
    claims({ permissions: ['patients:list', 'x', 'patients:read'] }),
    ADMITTED,
    { path: '/api/permitted' },
  ),
  tokenCase(
    'answers 403 without scope to a missing permission (guard permissions)',
    claims({ permissions: ['patients:read'], scope: 'patients:list' }),
    forbidden('permission_missing', { challenge: WITHOUT_SCOPE, message: /patients:list/ }),
    { path: '/api/permitted' },
  ),
  ...['patients:read patients:list', null, { 0: 'patients:read' }, [['patients:read', 'patients:list']]].map(
    (permissions) =>
      tokenCase(
        `grants nothing for the permissions ${JSON.stringify(permissions)} (guard permissions)`,
        claims({ permissions }),
        forbidden('permission_missing'),
        { path: '/api/permitted' },
      ),
  ),
  tokenCase('admits a caller with the role (guard roles)', claims({ roles: ['doctor'] }), ADMITTED, {
    path: '/api/role',
  }),
  tokenCase(
    'answers 403 without scope to a missing role (guard roles)',
    claims({ roles: ['nurse'], scope: 'doctor', permissions: ['doctor'] }),
    forbidden('role_missing', { challenge: WITHOUT_SCOPE }),
    { path: '/api/role' },
  ),
  tokenCase('admits a user where only users may (RFC 9068 §5)', claims({ auth_time: 1 }), ADMITTED, {
    path: '/api/users',
  }),
  tokenCase(
    'answers 403 to a client where only users may (RFC 9068 §5)',
    claims({ sub: 'test-client' }),
    forbidden('principal_mismatch', { challenge: WITHOUT_SCOPE }),
    { path: '/api/users' },
  ),
  tokenCase(
    'admits a client where only clients may (RFC 9068 §5)',
    claims({ sub: 'test-client' }),
    ADMITTED,
    { path: '/api/machines' },
  ),
  tokenCase(
    'answers 403 to a user where only clients may (RFC 9068 §5)',
    claims({ auth_time: 1 }),
    forbidden('principal_mismatch'),
    { path: '/api/machines' },
  ),
  tokenCase(
    'answers 403 to a user named like the client where only clients may (RFC 9068 §5)',
    claims({ sub: 'test-client', auth_time: 1 }),
    forbidden('principal_mismatch'),
    { path: '/api/machines' },
  ),
  ...['/api/users', '/api/machines'].map((path) =>
    tokenCase(
      `takes a caller of whom nothing tells for neither at ${path} (RFC 9068 §5)`,
      claims({}),
      forbidden('principal_mismatch', { message: /unknown/ }),
      { path },
    ),
  ),
  tokenCase(
    'admits a scope that includes the needed one, two steps away (implies)',
    claims({ scope: 'admin' }),
    ADMITTED,
    { api: 'hierarchy', path: '/api/patients' },
  ),
  tokenCase(
    'does not read a hierarchy upwards (implies)',
    claims({ scope: 'read:patients' }),
    forbidden('scope_missing', { challenge: needs('read:patients write:patients') }),
    { api: 'hierarchy', path: '/api/patients/edit' },
  ),
  tokenCase(
    'ends where a hierarchy goes in a circle (implies)',
    claims({ scope: 'loop' }),
    { status: 200, body: { scopes: ['loop'] } },
    { api: 'hierarchy' },
  ),
  tokenCase('takes a hierarchy from a function (implies)', claims({ scope: 'write:patients' }), ADMITTED, {
    api: 'hierarchy by function',
    path: '/api/patients',
  }),
  tokenCase(
    'caps what a client may use, whatever its scopes include (implies, clients)',
    claims({ scope: 'admin', client_id: 'portal' }),
    { status: 200, body: { scopes: ['read:patients'] } },
    { api: 'capped hierarchy' },
  ),
]
