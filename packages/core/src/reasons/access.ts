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
  guard_denied: forbidden(
    'The token does not allow the operation',
    'a guard denied the request',
    'the caller is who it says, but may not do this',
  ),
} as const
