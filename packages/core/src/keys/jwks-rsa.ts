import { ConfigurationError } from '../errors.ts'
import { show } from '../text.ts'
import { KeyTransport, usableSet } from './loader.ts'

/** What is used of a client of jwks-rsa, version 3 or 4. */
export interface JwksClient {
  /** Fetches the entries of the key set, by no cache and no rate limit. */
  getKeys(): Promise<unknown>
}

/**
 * Takes an existing jwks-rsa client as the way to the issuer: its address, proxy, agent, headers, `fetcher` and `getKeysInterceptor`.
 * When to ask, what to keep and for how long is decided here, so its `cache`, `rateLimit` and their settings play no part.
 * An answer must come within four seconds. Size, redirects and `Cache-Control` are not seen here: they are the client's business.
 *
 * @throws ConfigurationError where it is no such client
 */
export function fromJwksClient(client: JwksClient): KeyTransport {
  if (typeof client?.getKeys !== 'function') {
    throw new ConfigurationError(
      'keys',
      `is fromJwksClient(${show(client)})`,
      "Pass the client itself: fromJwksClient(jwksClient({ jwksUri: 'https://...' }))",
    )
  }
  return new KeyTransport(async (last) => {
    const intercepted = await interceptedKeys(client)
    const read = (keys: unknown) => usableSet('the jwks-rsa client', { keys }, last?.set)
    try {
      const fetched = await client.getKeys()
      return { set: read(Array.isArray(fetched) ? [...intercepted, ...fetched] : fetched) }
    } catch (error) {
      // The client's user put these keys there for the case that the issuer cannot be asked.
      if (intercepted.length > 0) return { set: read(intercepted), standIn: { error: readable(error) } }
      throw readable(error)
    }
  })
}

async function interceptedKeys(client: JwksClient): Promise<readonly unknown[]> {
  const { options } = client as { options?: { getKeysInterceptor?: unknown } }
  const intercept = options?.getKeysInterceptor
  const keys: unknown = typeof intercept === 'function' ? await intercept() : []
  return Array.isArray(keys) ? keys : []
}

/** The client rejects with objects that are no errors where the network fails. */
function readable(error: unknown): Error {
  return error instanceof Error ? error : new Error(`the jwks-rsa client: ${show(error)}`)
}
