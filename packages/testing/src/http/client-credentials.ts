import type { Asked } from './document.ts'

interface ClientCredentials {
  readonly id: string
  /** Empty where the client authenticates in another way, with an assertion for one. */
  readonly secret: string
}

/** Who asks: `client_secret_basic`, else `client_id` and `client_secret` in the form (RFC 6749 §2.3.1). */
export function clientCredentialsOf({ headers, body }: Asked): ClientCredentials | undefined {
  const [, basic] = /^basic +([\w+/=-]+)$/i.exec(headers.authorization ?? '') ?? []
  if (basic !== undefined) return basicCredentials(Buffer.from(basic, 'base64').toString())
  const form = new URLSearchParams(body)
  const id = form.get('client_id')
  return id === null ? undefined : { id, secret: form.get('client_secret') ?? '' }
}

/** Both parts are form-encoded before they are joined. */
function basicCredentials(text: string): ClientCredentials | undefined {
  const colon = text.indexOf(':')
  if (colon === -1) return undefined
  const decoded = (part: string): string => new URLSearchParams(`part=${part}`).get('part') ?? ''
  return { id: decoded(text.slice(0, colon)), secret: decoded(text.slice(colon + 1)) }
}
