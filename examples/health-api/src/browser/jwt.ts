export interface DecodedToken {
  readonly header: Readonly<Record<string, unknown>>
  readonly claims: Readonly<Record<string, unknown>>
}

/** The first two parts of a JWT (RFC 7519), or undefined for what is none. Nothing is verified. */
export function decode(token: string): DecodedToken | undefined {
  const [first = '', second = '', ...rest] = token.split('.')
  const header = part(first)
  const claims = part(second)
  return header && claims && rest.length === 1 ? { header, claims } : undefined
}

/** The token with `scope` written into its claims, under the signature that it had. */
export function withScope(token: string, scope: string): string {
  const [header, , signature] = token.split('.')
  const claims = { ...decode(token)?.claims, scope }
  return `${header}.${base64url(new TextEncoder().encode(JSON.stringify(claims)))}.${signature}`
}

/** Base64url without padding (RFC 4648 §5). */
export function base64url(bytes: Uint8Array): string {
  return btoa(String.fromCharCode(...bytes))
    .replaceAll('+', '-')
    .replaceAll('/', '_')
    .replaceAll('=', '')
}

function part(encoded: string): Readonly<Record<string, unknown>> | undefined {
  try {
    const binary = atob(encoded.replaceAll('-', '+').replaceAll('_', '/'))
    const bytes = Uint8Array.from(binary, (character) => character.charCodeAt(0))
    const value: unknown = JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes))
    return isObject(value) ? value : undefined
  } catch {
    return undefined
  }
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}
