/** A challenge of `WWW-Authenticate` (RFC 9110 §11.6.1), taken apart. */
export interface Challenge {
  readonly scheme: string
  readonly parameters: readonly (readonly [name: string, value: string])[]
}

/** Reads one challenge with quoted parameters, which is what this API sends. */
export function readChallenge(field: string): Challenge {
  const [scheme = ''] = field.split(' ', 1)
  const parameters = [...field.matchAll(/([\w-]+)="([^"]*)"/g)].map(
    ([, name = '', value = '']) => [name, value] as const,
  )
  return { scheme, parameters }
}

const ERRORS: Readonly<Record<string, string>> = {
  invalid_token: 'The token itself is no good here: get another one.',
  insufficient_scope: 'The token is good, but it may not do this.',
  invalid_request: 'The request is malformed: do not repeat it as it is.',
}

const PARAMETERS: Readonly<Record<string, string>> = {
  realm: 'The protected space: this API, by its name.',
  scope: 'What a token needs for this request. Ask the issuer for it.',
  error_description: 'The same, for people to read.',
}

/** What a parameter means for the client that gets it (RFC 6750 §3). */
export function meaningOf(name: string, value: string): string {
  return (name === 'error' ? ERRORS[value] : PARAMETERS[name]) ?? ''
}
