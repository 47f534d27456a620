import { generateKeyPairSync, type JsonWebKey } from 'node:crypto'
import { describe, expect, it } from 'vitest'
import { PublicJwk, readJwk } from '../../src/keys/jwk.ts'

const jwkOf = (key: ReturnType<typeof generateKeyPairSync>['publicKey']): JsonWebKey =>
  key.export({ format: 'jwk' })
const rsa = generateKeyPairSync('rsa', { modulusLength: 2048 })
const ec = generateKeyPairSync('ec', { namedCurve: 'P-256' })
const RSA = jwkOf(rsa.publicKey)
const EC = jwkOf(ec.publicKey)
const P384 = jwkOf(generateKeyPairSync('ec', { namedCurve: 'P-384' }).publicKey)
const SECP256K1 = jwkOf(generateKeyPairSync('ec', { namedCurve: 'secp256k1' }).publicKey)
const ED25519 = jwkOf(generateKeyPairSync('ed25519').publicKey)
const X25519 = jwkOf(generateKeyPairSync('x25519').publicKey)
const RSA_1024 = jwkOf(generateKeyPairSync('rsa', { modulusLength: 1024 }).publicKey)
const RSA_EXPONENT_3 = jwkOf(generateKeyPairSync('rsa', { modulusLength: 2048, publicExponent: 3 }).publicKey)

const algorithms = (entry: unknown) => {
  const result = readJwk(entry)
  return result instanceof PublicJwk ? result.algorithms : []
}
const unusable = (entry: unknown) => {
  const result = readJwk(entry)
  return result instanceof PublicJwk ? 'usable' : result.unusable
}

describe('readJwk', () => {
  it.each([
    ['an RSA key', RSA, ['RS256', 'RS384', 'RS512', 'PS256', 'PS384', 'PS512']],
    ['a key on P-256', EC, ['ES256']],
    ['a key on P-384', P384, ['ES384']],
    ['a key on Ed25519', ED25519, ['EdDSA', 'Ed25519']],
    ['an RSA key for RS256', { ...RSA, alg: 'RS256' }, ['RS256']],
    ['an RSA key for PS512', { ...RSA, alg: 'PS512' }, ['PS512']],
    ['a key on Ed25519 for EdDSA', { ...ED25519, alg: 'EdDSA' }, ['EdDSA']],
    ['a key for signatures', { ...EC, use: 'sig', key_ops: ['verify'] }, ['ES256']],
    ['a key for signing and verifying', { ...EC, key_ops: ['sign', 'verify'] }, ['ES256']],
    ['a key with members that are not known', { ...EC, x5t: 'x', exp: 1, __proto__: null }, ['ES256']],
  ])('takes %s for the algorithms that it fits (RFC 7517 §4)', (_, entry, expected) => {
    expect(algorithms(entry)).toEqual(expected)
  })

  it.each([
    ['null', null, /not an object/],
    ['a text', 'key', /not an object/],
    ['a list', [EC], /not an object/],
    ['a kid that is a number', { ...EC, kid: 5 }, /kid/],
    ['a kid that is null', { ...EC, kid: null }, /kid/],
    ['a key for encryption', { ...RSA, use: 'enc' }, /use/],
    ['a use in capitals', { ...RSA, use: 'SIG' }, /use/],
    ['a use that is null', { ...RSA, use: null }, /use/],
    ['a key to sign only', { ...EC, key_ops: ['sign'] }, /key_ops/],
    ['a key to encrypt', { ...RSA, key_ops: ['encrypt'] }, /key_ops/],
    ['no operation at all', { ...EC, key_ops: [] }, /key_ops/],
    ['operations as text', { ...EC, key_ops: 'verify' }, /key_ops/],
    ['a shared secret', { kty: 'oct', k: 'c2VjcmV0', alg: 'HS256' }, /signs nothing here/],
    ['a shared secret without alg', { kty: 'oct', k: 'c2VjcmV0' }, /signs nothing here/],
    ['no kty', { n: RSA.n, e: RSA.e }, /signs nothing here/],
    ['a kty in other letters', { ...RSA, kty: 'rsa' }, /signs nothing here/],
    ['a curve for key agreement', X25519, /signs nothing here/],
    ['secp256k1', SECP256K1, /signs nothing here/],
    ['an RSA key for ES256', { ...RSA, alg: 'ES256' }, /signs nothing here/],
    ['an RSA key for HS256', { ...RSA, alg: 'HS256' }, /signs nothing here/],
    ['an RSA key for none', { ...RSA, alg: 'none' }, /signs nothing here/],
    ['an RSA key for RSA-OAEP', { ...RSA, alg: 'RSA-OAEP' }, /signs nothing here/],
    ['an alg that is null', { ...RSA, alg: null }, /signs nothing here/],
    ['a key on P-256 for ES384', { ...EC, alg: 'ES384' }, /signs nothing here/],
    ['a curve that the point is not on', { ...EC, crv: 'P-384' }, /not a valid public key/],
    ['a point off the curve', { ...EC, y: EC.x }, /not a valid public key/],
    ['a key without y', { kty: 'EC', crv: 'P-256', x: EC.x }, /not a valid public key/],
    ['a modulus that is a number', { ...RSA, n: 5 }, /not a valid public key/],
    ['an Ed25519 key that is too short', { ...ED25519, x: 'AAAA' }, /not a valid public key/],
    ['an RSA key of 1024 bits', RSA_1024, /1024 bits/],
    ['an RSA key with the exponent 3', RSA_EXPONENT_3, /exponent 3/],
    ['an RSA key with the exponent 1', { ...RSA, e: 'AQ' }, /exponent 1|not a valid/],
    ['an RSA key with an even exponent', { ...RSA, e: 'AQAC' }, /exponent 65538|not a valid/],
  ])('does not take %s (RFC 7517 §4, RFC 7518 §3.3, RFC 8725 §3.5)', (_, entry, why) => {
    expect(unusable(entry)).toMatch(why)
  })

  it.each([
    ['RSA', rsa.privateKey, 'RS256'],
    ['EC', ec.privateKey, 'ES256'],
  ] as const)('keeps of a private %s key the public half only (RFC 7517 §9.2)', (_, key, algorithm) => {
    const result = readJwk(key.export({ format: 'jwk' }))
    if (!(result instanceof PublicJwk)) throw new TypeError(result.unusable)
    expect(result.for(algorithm)?.key.type).toBe('public')
  })

  it('takes a key whose private half is nonsense: it is never read (RFC 7517 §4)', () => {
    expect(algorithms({ ...EC, d: 5 })).toEqual(['ES256'])
    expect(algorithms({ ...RSA, d: 'x', p: 'y' })).toContain('RS256')
  })

  it('names the kid of a key that it does not take, for the operator (ours)', () => {
    expect(readJwk({ ...EC, kid: '1', use: 'enc' })).toMatchObject({ kid: '1' })
  })

  it('makes each key ready once for each algorithm, and for no other algorithm (ours)', () => {
    const key = readJwk(RSA)
    if (!(key instanceof PublicJwk)) throw new TypeError(key.unusable)
    expect(key.for('RS256')).toBe(key.for('RS256'))
    expect(key.for('PS256')?.key).not.toBe(key.for('PS384')?.key)
    expect(key.for('ES256')).toBeUndefined()
    expect(key.for('HS256')).toBeUndefined()
  })
})
