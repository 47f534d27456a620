/** How the key of the content may be handed over (RFC 7518 §4.3, §4.6): no PBES2, no `dir`, nothing with PKCS #1 v1.5 or SHA-1. */
export const KEY_MANAGEMENT = ['RSA-OAEP-256', 'ECDH-ES'] as const
export type KeyManagement = (typeof KEY_MANAGEMENT)[number]

/** How the content may be encrypted (RFC 7518 §5.3). */
export const CONTENT_ENCRYPTION = ['A256GCM', 'A128GCM'] as const
export type ContentEncryption = (typeof CONTENT_ENCRYPTION)[number]

/** Bytes of an initialization vector and of an authentication tag of AES-GCM: never more, never fewer (RFC 7518 §5.3). */
export const IV_LENGTH = 12
export const TAG_LENGTH = 16

export function isKeyManagement(alg: unknown): alg is KeyManagement {
  return KEY_MANAGEMENT.some((name) => name === alg)
}

export function isContentEncryption(enc: unknown): enc is ContentEncryption {
  return CONTENT_ENCRYPTION.some((name) => name === enc)
}
