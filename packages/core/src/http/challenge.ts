/** The parameters of a challenge, each at most once (RFC 6750 §3). */
export interface ChallengeParameters {
  readonly realm: string
  readonly error?: string | undefined
  readonly scope?: readonly string[] | undefined
  readonly description?: string | undefined
}

// RFC 6750 §3: printable ASCII without the quote and the backslash, so that nothing ever needs escaping.
const QUOTABLE = /^[\x20\x21\x23-\x5b\x5d-\x7e]*$/
const SCOPE_TOKEN = /^[\x21\x23-\x5b\x5d-\x7e]+$/

/** Whether `text` may stand in a quoted parameter of a challenge as it is (RFC 6750 §3). */
export function isQuotable(text: string): boolean {
  return QUOTABLE.test(text)
}

/** Whether `text` is one scope token (RFC 6749 §3.3). */
export function isScopeToken(text: string): boolean {
  return SCOPE_TOKEN.test(text)
}

/**
 * The `WWW-Authenticate` value of the Bearer scheme.
 * Clients pick parameters by first match over the whole field, so the order is fixed and the description comes last.
 * Nothing is checked here: realms and scopes are checked at boot, errors and descriptions come from a fixed table.
 */
export function bearerChallenge({ realm, error, scope, description }: ChallengeParameters): string {
  const parameters = [`realm="${realm}"`]
  if (error !== undefined) parameters.push(`error="${error}"`)
  if (scope !== undefined && scope.length > 0) parameters.push(`scope="${scope.join(' ')}"`)
  if (description !== undefined) parameters.push(`error_description="${description}"`)
  return `Bearer ${parameters.join(', ')}`
}
