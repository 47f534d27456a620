import type { PromisedRequest } from './requests.ts'
import type { TokenName } from './tokens.ts'

/** A line to paste into a shell. Nothing in it needs escaping: tokens are base64url and dots. */
export function curl(
  url: string,
  { method, path, body, token }: PromisedRequest,
  tokens: Readonly<Record<TokenName, string>>,
): string {
  const parts = ['curl -i']
  if (method !== 'GET') parts.push(`-X ${method}`)
  if (token) parts.push(`-H 'Authorization: Bearer ${tokens[token]}'`)
  if (body) parts.push(`-H 'Content-Type: application/json' -d '${JSON.stringify(body)}'`)
  return [...parts, `${url}${path}`].join(' ')
}
