import type { Algorithm } from '../algorithms.ts'
import type { Part } from './compact.ts'
import type { SigningKey } from './signature.ts'

/** How a token differs from the default one of its kind. */
export interface TokenOptions {
  /** Claims to add or replace, of any JSON type; `undefined` leaves a claim out. */
  readonly claims?: Readonly<Record<string, unknown>>
  /** Header parameters to add or replace, of any JSON type; `undefined` leaves one out. */
  readonly header?: Readonly<Record<string, unknown>>
  /** Names of claims to leave out; stronger than `claims`. */
  readonly omit?: readonly string[]
  /** The algorithm to sign with. Default: the first of the issuer's. */
  readonly algorithm?: Algorithm
  /** Another key to sign with, while the header keeps naming the issuer's. */
  readonly key?: SigningKey
  /** Seconds from now to `exp`. Default: 3600. */
  readonly expiresIn?: number
  /** The `scope` claim; an array becomes one string (RFC 8693 §4.2). */
  readonly scope?: string | readonly string[]
  readonly audience?: string | readonly string[]
  readonly subject?: string
  readonly clientId?: string
}

/** The claims of an opaque token are what introspection answers. */
export type OpaqueTokenOptions = Omit<TokenOptions, 'header' | 'algorithm' | 'key'>

export interface IdTokenOptions extends TokenOptions {
  readonly nonce?: string
  /** The access token that `at_hash` is computed from. Default: one that nobody has. */
  readonly accessToken?: string
}

export interface ExpiredOptions extends Omit<TokenOptions, 'expiresIn'> {
  /** Seconds between `exp` and now. Default: 3600. */
  readonly secondsAgo?: number
}

export interface NotYetValidOptions extends Omit<TokenOptions, 'expiresIn'> {
  /** Seconds between now and `nbf`. Default: 3600. */
  readonly secondsAhead?: number
}

export interface TamperedOptions extends TokenOptions {
  /** The claims to change after signing. Default: `{ tampered: true }`. */
  readonly change?: Readonly<Record<string, unknown>>
}

export interface EncryptedOptions extends TokenOptions {
  /** The 32 bytes of the content encryption key. Default: random, so that nobody can read the token. */
  readonly contentKey?: Uint8Array
}

/** A token of exactly the given parts. Nothing is added to a part that is given, and nothing is checked. */
export interface RawOptions {
  /** Header as text, bytes or JSON object. Default: the header of an access token. */
  readonly header?: Part
  /** Payload as text, bytes or JSON object. */
  readonly payload: Part
  /** The algorithm to sign with, whatever the header says. Default: the first of the issuer's. */
  readonly algorithm?: Algorithm
  readonly key?: SigningKey
  /** Instead of signing: the third part, text verbatim, bytes in base64url. */
  readonly signature?: string | Uint8Array
}
