import { forbidden } from './row.ts'

/** What an admitted caller may do. */
export const ACCESS = {
  client_not_allowed: forbidden(
    'The client is not allowed to use this operation',
    'the client is not on the list',
    'add the client to the option `clients`, if it may use this API',
  ),
  scope_missing: forbidden(
    'The token lacks a scope that the operation requires',
    'the token lacks a scope',
    'request the scope, and check that client and user are granted it at the issuer',
  ),
  claim_mismatch: forbidden(
    'The token does not allow the operation',
    'a claim does not have the value that the operation requires',
    'the caller is who it says, but may not do this',
  ),
  permission_missing: forbidden(
    'The token does not allow the operation',
    'the token lacks a permission',
    'grant the permission at the issuer, and let the issuer add permissions to access tokens',
  ),
  role_missing: forbidden(
    'The token does not allow the operation',
    'the token lacks a role',
    'assign the role at the issuer, and let the issuer add roles to access tokens',
  ),
  principal_mismatch: forbidden(
    'The token does not allow the operation',
    'the operation is for another kind of caller',
    'a caller of whom the token does not tell is taken neither for a user nor for a client',
  ),
  delegation_denied: forbidden(
    'The token does not allow the operation',
    'the operation is not for whoever acts on behalf of another here (act)',
    'let the caller come with a token of its own, or name the actor in the guard of this route',
  ),
  guard_denied: forbidden(
    'The token does not allow the operation',
    'a guard denied the request',
    'the caller is who it says, but may not do this',
  ),
} as const
