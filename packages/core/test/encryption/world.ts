import {
  constants,
  createCipheriv,
  generateKeyPairSync,
  type JsonWebKey,
  type KeyObject,
  publicEncrypt,
  randomBytes,
} from 'node:crypto'
import { createTestIssuer } from '@gatewarden/testing'
import { staticJwks } from '../../src/keys/static.ts'
import type { ResourceServerOptions } from '../../src/options.ts'
import { createResourceServer, type ResourceServer } from '../../src/resource-server.ts'
import type { Runtime } from '../../src/runtime.ts'
import { AUDIENCE, ISSUER, NOW, part } from '../support.ts'

export const now = () => NOW * 1000
export const issuer = await createTestIssuer({
  algorithms: ['ES256'],
  issuer: ISSUER,
  audience: AUDIENCE,
  clock: now,
})

export const RSA = generateKeyPairSync('rsa', { modulusLength: 2048 })
export const OTHER_RSA = generateKeyPairSync('rsa', { modulusLength: 2048 })
export const CURVES = {
  'P-256': generateKeyPairSync('ec', { namedCurve: 'P-256' }),
  'P-384': generateKeyPairSync('ec', { namedCurve: 'P-384' }),
  'P-521': generateKeyPairSync('ec', { namedCurve: 'P-521' }),
  X25519: generateKeyPairSync('x25519'),
} as const
export const P256 = CURVES['P-256']
export const OTHER_P256 = generateKeyPairSync('ec', { namedCurve: 'P-256' })

/** A key as a JWK with a name. */
export const jwk = (key: KeyObject, more: JsonWebKey = {}): JsonWebKey => ({
  ...key.export({ format: 'jwk' }),
  ...more,
})

/** An API that decrypts, with RSA and P-256 where nothing else is said. */
export function api(
  options: Partial<ResourceServerOptions> = {},
  runtime: Partial<Runtime> = {},
): ResourceServer {
  return createResourceServer(
    {
      issuer: ISSUER,
      audience: AUDIENCE,
      keys: staticJwks(issuer.jwks()),
      decryption: { keys: [RSA.privateKey, P256.privateKey] },
      ...options,
    },
    { now, ...runtime },
  )
}

/** What a JWE for the RSA key is made of, where it is not to be an ordinary one. */
interface RawJwe {
  /** Verbatim, as text or bytes. */
  readonly header: string | Uint8Array
  readonly content: string | Uint8Array
  readonly key?: KeyObject
}

/** A JWE with exactly this header, rightly encrypted with it: what refuses it is not the tag (RFC 7516 §5.1). */
export function rawJwe({ header, content, key = RSA.publicKey }: RawJwe): string {
  const cek = randomBytes(32)
  const iv = randomBytes(12)
  const head = part(header)
  const padding = { key, padding: constants.RSA_PKCS1_OAEP_PADDING, oaepHash: 'sha256' }
  const cipher = createCipheriv('aes-256-gcm', cek, iv).setAAD(Buffer.from(head))
  const ciphertext = Buffer.concat([cipher.update(content), cipher.final()])
  return [head, ...[publicEncrypt(padding, cek), iv, ciphertext, cipher.getAuthTag()].map(part)].join('.')
}

/** The header of an ordinary one, with changes. */
export const header = (changes: Record<string, unknown> = {}): string =>
  JSON.stringify({ alg: 'RSA-OAEP-256', enc: 'A256GCM', cty: 'JWT', ...changes })
