import { createSecretKey, generateKeyPairSync, randomBytes } from 'node:crypto'
import { inspect } from 'node:util'
import { describe, expect, it } from 'vitest'
import { ConfigurationError } from '../../src/errors.ts'
import { outcome } from '../support.ts'
import { api, CURVES, issuer, jwk, P256, RSA } from './world.ts'

const { privateKey, publicKey } = RSA
const pem = (key = privateKey) => key.export({ type: 'pkcs8', format: 'pem' }).toString()
const { d: _, ...publicJwk } = jwk(P256.privateKey)
const { y: __, ...halfJwk } = jwk(P256.privateKey)
const weak = generateKeyPairSync('rsa', { modulusLength: 1024 }).privateKey
const WRONG: readonly (readonly [what: string, decryption: unknown, option: string, told: RegExp])[] = [
  ['true', true, 'decryption', /Give \{ keys/],
  ['null', null, 'decryption', /Give \{ keys/],
  ['the key itself, as PEM', pem(), 'decryption', /Give \{ keys/],
  ['a list', [privateKey], 'decryption', /Give \{ keys/],
  ['nothing', {}, 'decryption.keys', /not a list/],
  ['one key that is no list', { keys: privateKey }, 'decryption.keys', /not a list/],
  ['PEM that is no list', { keys: pem() }, 'decryption.keys', /not a list/],
  ['no key', { keys: [] }, 'decryption.keys', /empty list/],
  ['another option', { keys: [privateKey], zip: true }, 'decryption.zip', /does not exist/],
  ['an unclear requirement', { keys: [privateKey], required: 1 }, 'decryption.required', /true or false/],
  ['a public key', { keys: [publicKey] }, 'decryption.keys[0]', /public key.*private keys/],
  ['a second that is public', { keys: [privateKey, publicKey] }, 'decryption.keys[1]', /public key/],
  [
    'a public key as PEM',
    { keys: [publicKey.export({ type: 'spki', format: 'pem' })] },
    'decryption.keys[0]',
    /public key.*private keys/,
  ],
  ['a public key as a JWK', { keys: [publicJwk] }, 'decryption.keys[0]', /public key/],
  ['a secret key', { keys: [createSecretKey(randomBytes(32))] }, 'decryption.keys[0]', /secret key/],
  ['a symmetric JWK', { keys: [{ kty: 'oct', k: 'c2VjcmV0' }] }, 'decryption.keys[0]', /symmetric/],
  ['bytes', { keys: [randomBytes(32)] }, 'decryption.keys[0]', /no JWK, KeyObject or PEM/],
  ['null for a key', { keys: [null] }, 'decryption.keys[0]', /no JWK, KeyObject or PEM/],
  ['a text that is no key', { keys: ['secret'] }, 'decryption.keys[0]', /cannot be read/],
  ['PEM that is cut off', { keys: [pem().slice(0, 200)] }, 'decryption.keys[0]', /cannot be read/],
  [
    'PEM that is locked',
    { keys: [privateKey.export({ type: 'pkcs8', format: 'pem', cipher: 'aes-256-cbc', passphrase: 'x' })] },
    'decryption.keys[0]',
    /passphrase/,
  ],
  ['a JWK of no type', { keys: [{ kty: 'x' }] }, 'decryption.keys[0]', /cannot be read/],
  ['a JWK with half a point', { keys: [halfJwk] }, 'decryption.keys[0]', /read/],
  ['an RSA key of 1024 bits', { keys: [weak] }, 'decryption.keys[0]', /1024 bits.*2048 bits or more/],
  ['the same as PEM', { keys: [pem(weak)] }, 'decryption.keys[0]', /1024 bits/],
  [
    'a key that signs with PSS',
    { keys: [generateKeyPairSync('rsa-pss', { modulusLength: 2048 }).privateKey] },
    'decryption.keys[0]',
    /rsa-pss.*RSA key of 2048/,
  ],
  [
    'a key on secp256k1',
    { keys: [generateKeyPairSync('ec', { namedCurve: 'secp256k1' }).privateKey] },
    'decryption.keys[0]',
    /secp256k1.*P-256/,
  ],
  ['Ed25519', { keys: [generateKeyPairSync('ed25519').privateKey] }, 'decryption.keys[0]', /ed25519.*X25519/],
  ['X448', { keys: [generateKeyPairSync('x448').privateKey] }, 'decryption.keys[0]', /x448.*X25519/],
  ['a JWK that signs', { keys: [jwk(privateKey, { use: 'sig' })] }, 'decryption.keys[0]', /use `sig`/],
  [
    'a JWK for RSA-OAEP',
    { keys: [jwk(privateKey, { alg: 'RSA-OAEP' })] },
    'decryption.keys[0]',
    /RSA-OAEP-256/,
  ],
  [
    'a JWK for agreement that wraps',
    { keys: [jwk(P256.privateKey, { alg: 'ECDH-ES+A256KW' })] },
    'decryption.keys[0]',
    /with ECDH-ES only/,
  ],
  [
    'a JWK that signs by key_ops',
    { keys: [jwk(privateKey, { key_ops: ['sign'] })] },
    'decryption.keys[0]',
    /key_ops/,
  ],
  ['a kid that is no text', { keys: [jwk(privateKey, { kid: 1 })] }, 'decryption.keys[0]', /kid/],
  [
    'five of a kind',
    { keys: Array(5).fill(privateKey) },
    'decryption.keys',
    /5 keys for RSA-OAEP-256.*4 at most/,
  ],
  [
    'five on a curve',
    { keys: Array(5).fill(P256.privateKey) },
    'decryption.keys',
    /ECDH-ES on P-256.*4 at most/,
  ],
]

function mistake(decryption: unknown): ConfigurationError {
  try {
    api({ decryption: decryption as { keys: [] } })
  } catch (error) {
    if (error instanceof ConfigurationError) return error
    throw error
  }
  throw new TypeError('the option was taken')
}

/** Pieces of a key, long enough to be told from words. */
const pieces = (key: typeof privateKey): string[] => [
  ...Object.values(key.export({ format: 'jwk' })).map(String),
  ...pem(key).split('\n'),
]
const SECRETS = [...pieces(privateKey), ...pieces(weak), ...pieces(P256.privateKey)].filter(
  (text) => text.length > 12 && !text.startsWith('-----'),
)

describe('the option decryption (ours)', () => {
  it.each(WRONG)('is refused at boot where it is %s, and shows no key', (_, decryption, option, told) => {
    const error = mistake(decryption)
    expect(error.option).toBe(option)
    expect(error.message).toMatch(told)
    const printed = `${error.message}${error.stack}${inspect(error)}${JSON.stringify(error)}`
    for (const secret of SECRETS) expect(printed).not.toContain(secret)
  })

  it.each<[string, unknown]>([
    ['a KeyObject', privateKey],
    ['PEM, PKCS #8', pem()],
    ['PEM, PKCS #1', privateKey.export({ type: 'pkcs1', format: 'pem' })],
    ['a JWK', jwk(privateKey)],
    [
      'a JWK that says what it is for',
      jwk(privateKey, { use: 'enc', alg: 'RSA-OAEP-256', kid: 'a', key_ops: ['decrypt'] }),
    ],
    ['a JWK that unwraps', jwk(privateKey, { key_ops: ['unwrapKey'] })],
  ])('takes a private key as %s', async (_, key) => {
    const server = api({ decryption: { keys: [key as string] } })
    expect(await outcome(server, await issuer.encrypt(await issuer.accessToken(), { key: publicKey }))).toBe(
      'admitted',
    )
  })

  it.each(Object.entries(CURVES))('takes a private key on %s as PEM and as a JWK', async (_, pair) => {
    const token = await issuer.encrypt(await issuer.accessToken(), { key: pair.publicKey })
    for (const key of [pem(pair.privateKey), jwk(pair.privateKey, { use: 'enc', alg: 'ECDH-ES' })])
      expect(await outcome(api({ decryption: { keys: [key] } }), token)).toBe('admitted')
  })

  it('takes a JWK Set as it is', async () => {
    const set = { keys: [jwk(privateKey, { kid: 'a' }), jwk(P256.privateKey, { kid: 'b' })] }
    const token = await issuer.encrypt(await issuer.accessToken(), { key: jwk(P256.publicKey, { kid: 'b' }) })
    expect(await outcome(api({ decryption: set }), token)).toBe('admitted')
  })

  it('shows no key where the resource server is printed', () => {
    const server = api({ decryption: { keys: [pem()] } })
    const printed = inspect(server, { depth: 20, showHidden: true }) + JSON.stringify(server.state())
    for (const secret of SECRETS) expect(printed).not.toContain(secret)
  })
})
