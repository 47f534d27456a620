import { ConfigurationError } from '../errors.ts'
import { readChoice, readSeconds, rejectUnknown, requireObject } from '../option-checks.ts'
import type { SharedStore } from '../stores/shared-store.ts'
import { show } from '../text.ts'
import { NO_HEADER } from '../token/compact.ts'
import { type AuthContext, nameOfSigned, nameWithin } from '../token/context.ts'
import { looksLikeJwt } from '../token/looks.ts'

/** What a deny list needs. */
export interface DenyListOptions {
  /** `memoryStore()` for one process; `redisStore(client)` of @gatewarden/redis, or your own, for several. */
  readonly store: SharedStore
  /** Seconds that the longest-lived token of the API lives: entries are kept as long. Default: a day. */
  readonly lifetime?: number | undefined
  /** What a store that fails means: `refuse` (503, the default), or `allow`: a revoked token is admitted meanwhile. */
  readonly onStoreError?: 'refuse' | 'allow' | undefined
  /** Milliseconds since the epoch, for tests. */
  readonly now?: (() => number) | undefined
}

/** Everything that a user, a session or a client was issued up to a moment. */
export interface IssuedUpTo {
  /** Seconds since the epoch; tokens issued in that very second are denied too. Default: now. */
  readonly until?: number | undefined
}

/** Tokens that are no longer to be admitted though they are sound. Hand `isRevoked` to the resource server. */
export interface DenyList {
  /** The store that it was given, for what must be known wherever the list is. */
  readonly store: SharedStore
  /** For the option `isRevoked`. Rejects where the store fails and `onStoreError` is `refuse`. */
  isRevoked(auth: AuthContext): Promise<boolean>
  /** One token, as it was sent, or as it was admitted. An encrypted one only as it was admitted: no text of it is its name. */
  denyToken(token: string | AuthContext): Promise<void>
  /** One token by its `jti`, which is unique within its issuer only (RFC 7519 §4.1.7). */
  denyTokenId(issuer: string, jti: string): Promise<void>
  /** All tokens of a user. */
  denySubject(issuer: string, subject: string, when?: IssuedUpTo): Promise<void>
  /** All tokens of a session (`sid`), refreshed ones included. */
  denySession(issuer: string, session: string, when?: IssuedUpTo): Promise<void>
  /** All tokens that a client was given. */
  denyClient(issuer: string, clientId: string, when?: IssuedUpTo): Promise<void>
}

const DAY = 86_400
/** Seconds beyond `exp` for which clocks may differ. */
const MARGIN = 300

/**
 * A list of tokens, users, sessions and clients that are denied. One entry ends all tokens of a user. Entries end by themselves, when
 * no token that they are about can be valid any longer.
 *
 * @throws ConfigurationError where an option is wrong
 */
export function denyList(options: DenyListOptions): DenyList {
  requireObject(options, 'denyList', 'Give { store: memoryStore() }')
  rejectUnknown(options, ['store', 'lifetime', 'onStoreError', 'now'], 'denyList.')
  const store = readStore(options.store)
  const lifetime = (readSeconds(options.lifetime, 'lifetime') ?? DAY) + MARGIN
  const onStoreError = readChoice(options.onStoreError, ['refuse', 'allow'], 'onStoreError') ?? 'refuse'
  const now = (): number => Math.floor((options.now ?? Date.now)() / 1000)

  /** An earlier moment never takes the place of a later one. */
  async function denyUpTo(key: string, until: number = now()): Promise<void> {
    if (typeof until !== 'number' || !(until >= 0 && until <= now() + DAY))
      throw new TypeError(
        `a deny list is told \`until\` ${show(until)}: give seconds since the epoch, a day ahead at most`,
      )
    const known = await store.get(key)
    if (known === undefined || Number(known) < until) await store.set(key, `${until}`, lifetime)
  }

  async function isDenied(auth: AuthContext): Promise<boolean> {
    const { issuer, subject, clientId, claims } = auth
    const { jti, sid, iat } = claims as { jti?: unknown; sid?: unknown; iat?: unknown }
    const single = [tokenKey(auth), ...keysOf('jti', issuer, jti)]
    const upTo = [
      ...keysOf('sub', issuer, subject),
      ...keysOf('sid', issuer, sid),
      ...keysOf('client', issuer, clientId),
    ]
    const [found, moments] = await Promise.all([
      Promise.all(single.map((key) => store.get(key))),
      Promise.all(upTo.map((key) => store.get(key))),
    ])
    // A token that does not say when it was issued may be an old one.
    const issued = typeof iat === 'number' ? iat : 0
    return (
      found.some((entry) => entry !== undefined) ||
      moments.some((until) => until !== undefined && issued <= Number(until))
    )
  }

  return Object.freeze({
    store,
    async isRevoked(auth) {
      try {
        return await isDenied(auth)
      } catch (error) {
        if (onStoreError === 'allow') return false
        throw error
      }
    },
    async denyToken(token) {
      const left = hasEnd(token) ? token.expiresAt - now() + MARGIN : lifetime
      if (left > 0) await store.set(tokenKey(token), '1', left)
    },
    async denyTokenId(issuer, jti) {
      await store.set(key('jti', issuer, jti), '1', lifetime)
    },
    denySubject: (issuer, subject, when) => denyUpTo(key('sub', issuer, subject), when?.until),
    denySession: (issuer, session, when) => denyUpTo(key('sid', issuer, session), when?.until),
    denyClient: (issuer, clientId, when) => denyUpTo(key('client', issuer, clientId), when?.until),
  } satisfies DenyList)
}

/** Whether it is known when a token ends. An issuer may tell another end of an opaque one each time that it is asked, or none. */
function hasEnd(token: string | AuthContext): token is AuthContext {
  return typeof token !== 'string' && token.header.alg !== NO_HEADER.alg
}

/** Unambiguous whatever the parts contain. */
function key(...parts: readonly string[]): string {
  for (const part of parts)
    if (typeof part !== 'string' || part === '')
      throw new TypeError(`a deny list is asked about ${show(part)}: give issuer and name as texts`)
  return JSON.stringify(parts)
}

function keysOf(kind: string, issuer: string, name: unknown): string[] {
  return typeof name === 'string' && name !== '' ? [key(kind, issuer, name)] : []
}

/**
 * By what is signed, not by the signature: an ECDSA signature has a second form, which whoever holds the token can work out. Nor by
 * how it is encrypted: whoever holds the token can encrypt it anew, for the key is public. An opaque one is all name, dots and all.
 */
function tokenKey(token: string | AuthContext): string {
  return key('token', (typeof token === 'string' ? undefined : nameWithin(token)) ?? nameOfText(token))
}

function nameOfText(token: string | AuthContext): string {
  const text = typeof token === 'string' ? token : token.token
  if (!looksLikeJwt(text)) return nameOfSigned(text)
  const parts = text.split('.')
  if (parts.length === ENCRYPTED)
    throw new TypeError(
      'an encrypted token has no name of its own, whoever holds it can encrypt it anew: deny it as it was admitted (auth), or by its jti',
    )
  return nameOfSigned(parts.length === SIGNED ? `${parts[0]}.${parts[1]}` : text)
}

/** Parts of a signed token and of an encrypted one (RFC 7515 §7.1, RFC 7516 §7.1). */
const SIGNED = 3
const ENCRYPTED = 5

const METHODS = ['get', 'set', 'add', 'delete'] as const

function readStore(given: unknown): SharedStore {
  requireObject(given, 'store', 'Give memoryStore(), or redisStore(client) of @gatewarden/redis')
  const missing = METHODS.find((name) => typeof (given as Partial<SharedStore>)[name] !== 'function')
  if (missing === undefined) return given as SharedStore
  throw new ConfigurationError(
    'store',
    `has no method \`${missing}\``,
    'A store has get, set, add and delete: see SharedStore',
  )
}
