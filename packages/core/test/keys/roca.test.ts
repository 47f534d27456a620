import { generateKeyPairSync } from 'node:crypto'
import { describe, expect, it } from 'vitest'
import { readJwk } from '../../src/keys/jwk.ts'

const isPrime = (n: number) => ![...Array(n).keys()].slice(2).some((divisor) => n % divisor === 0)
const PRIMORIAL = [...Array(702).keys()]
  .slice(2)
  .filter(isPrime)
  .reduce((product, prime) => product * BigInt(prime), 1n)

/** A factor of the form that the faulty chips made: a power of 65537 modulo the primorial, and a multiple of that. */
function faultyFactor(multiple: bigint, power: number): bigint {
  let remainder = 1n
  for (let i = 0; i < power; i++) remainder = (remainder * 65_537n) % PRIMORIAL
  return multiple * PRIMORIAL + remainder
}

const jwk = (modulus: bigint) => ({
  kty: 'RSA',
  n: Buffer.from(modulus.toString(16).padStart(512, '0'), 'hex').toString('base64url'),
  e: 'AQAB',
})
const largest = (1n << 1024n) / PRIMORIAL - 3n

describe('an RSA key of the faulty form of CVE-2017-15361', () => {
  const modulus = faultyFactor(largest, 1234) * faultyFactor(largest - 2n, 567)

  it('is not used, and the reason is given (RFC 8725 §3.4)', () => {
    expect(readJwk(jwk(modulus))).toEqual({ unusable: 'is an RSA key that can be factored (CVE-2017-15361)' })
  })

  it('is told from its neighbour, and from sound keys (RFC 8725 §3.4)', () => {
    expect(readJwk(jwk(modulus + 2n))).not.toHaveProperty('unusable')
    for (let i = 0; i < 5; i++) {
      const { publicKey } = generateKeyPairSync('rsa', { modulusLength: 2048 })
      expect(readJwk(publicKey.export({ format: 'jwk' }))).not.toHaveProperty('unusable')
    }
  })
})
