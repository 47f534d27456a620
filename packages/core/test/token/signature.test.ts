import {
  constants,
  createHmac,
  createSecretKey,
  generateKeyPairSync,
  type KeyObject,
  sign,
  verify,
} from 'node:crypto'
import { type Algorithm, createTestIssuer, type TestIssuer } from '@gatewarden/testing'
import fc from 'fast-check'
import { beforeAll, describe, expect, it } from 'vitest'
import { readJwkSet } from '../../src/keys/jwk-set.ts'
import { Reason } from '../../src/reason.ts'
import {
  ALGORITHMS,
  isHmac,
  isSignatureAlgorithm,
  type SignatureAlgorithm,
  traits,
} from '../../src/token/algorithms.ts'
import { ecdsaDer, findSigner, type VerificationKey, verifySignature } from '../../src/token/signature.ts'
import { codeOf } from '../support.ts'

const NAMES = Object.keys(ALGORITHMS) as SignatureAlgorithm[]
const ECDSA = ['ES256', 'ES384', 'ES512'] as const
const PSS = ['PS256', 'PS384', 'PS512'] as const
const INPUT = 'header.payload'

let issuer: TestIssuer
beforeAll(async () => {
  issuer = await createTestIssuer({ algorithms: NAMES satisfies Algorithm[] })
})

/** The key that core makes ready for an algorithm, from the published key set or the secret. */
function verificationKey(algorithm: SignatureAlgorithm): VerificationKey {
  if (algorithm === 'HS256' || algorithm === 'HS384' || algorithm === 'HS512')
    return { algorithm, key: createSecretKey(Buffer.from(issuer.secret(algorithm))) }
  const set = readJwkSet(issuer.jwks())
  if (typeof set === 'string') throw new TypeError(set)
  const found = set.find({ alg: algorithm, kid: issuer.kid(algorithm) }, '')
  if (found instanceof Reason || found[0] === undefined) throw new TypeError(`no key for ${algorithm}`)
  return found[0]
}

async function goodSignature(algorithm: SignatureAlgorithm): Promise<{ input: string; signature: Buffer }> {
  const token = await issuer.accessToken({ algorithm })
  const dot = token.lastIndexOf('.')
  return { input: token.slice(0, dot), signature: Buffer.from(token.slice(dot + 1), 'base64url') }
}

function flipped(signature: Buffer, bit: number): Buffer {
  const changed = Buffer.from(signature)
  const index = (bit >> 3) % signature.length
  changed[index] = (changed[index] ?? 0) ^ (1 << (bit & 7))
  return changed
}

describe.each(NAMES)('a signature with %s', (algorithm) => {
  it('holds over what was signed, again and again (RFC 7518 §3, RFC 8037 §3.1)', async () => {
    const key = verificationKey(algorithm)
    const { input, signature } = await goodSignature(algorithm)
    expect([1, 2, 3].map(() => verifySignature(key, input, signature))).toEqual([true, true, true])
  })

  it('does not hold with any one bit flipped (RFC 7515 §5.2)', async () => {
    const key = verificationKey(algorithm)
    const { input, signature } = await goodSignature(algorithm)
    fc.assert(
      fc.property(fc.nat({ max: signature.length * 8 - 1 }), (bit) => {
        expect(verifySignature(key, input, flipped(signature, bit))).toBe(false)
      }),
      { numRuns: 200 },
    )
  })

  it('does not hold over any other text (RFC 7515 §5.2)', async () => {
    const key = verificationKey(algorithm)
    const { input, signature } = await goodSignature(algorithm)
    fc.assert(
      fc.property(fc.nat({ max: input.length - 1 }), (at) => {
        const other = `${input.slice(0, at)}${input[at] === 'A' ? 'B' : 'A'}${input.slice(at + 1)}`
        expect(verifySignature(key, other, signature)).toBe(false)
      }),
      { numRuns: 50 },
    )
  })

  it('does not hold in another length, and nothing throws (RFC 7518 §3)', async () => {
    const key = verificationKey(algorithm)
    const { input, signature } = await goodSignature(algorithm)
    const zero = Buffer.alloc(1)
    const wrong = [
      Buffer.alloc(0),
      zero,
      signature.subarray(1),
      signature.subarray(0, -1),
      Buffer.concat([signature, zero]),
      Buffer.concat([zero, signature]),
      Buffer.concat([signature, signature]),
      Buffer.alloc(signature.length),
      Buffer.alloc(signature.length, 0xff),
      Buffer.alloc(20_000, 1),
    ]
    for (const bytes of wrong) expect(verifySignature(key, input, bytes)).toBe(false)
  })

  it('does not hold under any key for another algorithm (RFC 8725 §3.1)', async () => {
    const { input, signature } = await goodSignature(algorithm)
    const others = NAMES.filter((name) => name !== algorithm)
    for (const other of others) expect(verifySignature(verificationKey(other), input, signature)).toBe(false)
  })
})

describe('ECDSA signatures', () => {
  it.each(ECDSA)('with %s are refused in DER form (RFC 7518 §3.4)', (algorithm) => {
    const { hash } = traits(algorithm)
    const der = sign(hash, Buffer.from(INPUT), issuer.privateKey(algorithm))
    expect(verify(hash, Buffer.from(INPUT), verificationKey(algorithm).key, der)).toBe(true)
    expect(verifySignature(verificationKey(algorithm), INPUT, der)).toBe(false)
  })

  it.each(ECDSA)(
    'with %s are refused where r or s is 0, the order of the group, or beyond (CVE-2022-21449)',
    (algorithm) => {
      const { integerLength = 0 } = traits(algorithm)
      const order = ORDERS[algorithm]
      const bytes = (value: bigint) => Buffer.from(value.toString(16).padStart(2 * integerLength, '0'), 'hex')
      const bad = [0n, order, order + 1n, 2n ** BigInt(8 * integerLength) - 1n]
      const any = [...bad, 1n, order - 1n]
      for (const r of any)
        for (const s of any)
          expect(
            verifySignature(verificationKey(algorithm), INPUT, Buffer.concat([bytes(r), bytes(s)])),
          ).toBe(false)
    },
  )

  it.each(ECDSA)('with %s become the DER form that node makes itself (RFC 3279 §2.2.3)', (algorithm) => {
    const { hash, integerLength = 0 } = traits(algorithm)
    const key = issuer.privateKey(algorithm)
    const publicKey = verificationKey(algorithm).key
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 40 }), (data) => {
        const flat = sign(hash, data, { key, dsaEncoding: 'ieee-p1363' })
        const der = ecdsaDer(flat, integerLength)
        expect(der).toBeDefined()
        expect(verify(hash, data, publicKey, der ?? flat)).toBe(true)
        expect(flatFrom(der ?? flat, integerLength)).toEqual(flat)
      }),
      { numRuns: 100 },
    )
  })

  it('become DER with integers as short as they can be, whatever zeros they begin with (X.690 §8.3.2)', () => {
    const integer = fc.tuple(fc.integer({ min: 1, max: 66 }), fc.uint8Array({ minLength: 66, maxLength: 66 }))
    fc.assert(
      fc.property(fc.constantFrom(32, 48, 66), integer, integer, (length, [zerosR, r], [zerosS, s]) => {
        const number = (zeros: number, digits: Uint8Array) => {
          const bytes = Buffer.from(digits.subarray(0, length))
          bytes.fill(0, 0, Math.min(zeros, length - 1))
          bytes[length - 1] = (bytes[length - 1] ?? 0) | 1
          return bytes
        }
        const flat = Buffer.concat([number(zerosR, r), number(zerosS, s)])
        const der = ecdsaDer(flat, length) ?? Buffer.alloc(0)
        expect(flatFrom(der, length)).toEqual(flat)
      }),
      { numRuns: 500 },
    )
  })

  it.each([
    ['r', Buffer.concat([Buffer.alloc(32), Buffer.alloc(32, 1)])],
    ['s', Buffer.concat([Buffer.alloc(32, 1), Buffer.alloc(32)])],
    ['both', Buffer.alloc(64)],
  ])('in which %s is zero have no DER form (CVE-2022-21449)', (_, signature) => {
    expect(ecdsaDer(signature, 32)).toBeUndefined()
  })

  it('of another length have no DER form (RFC 7518 §3.4)', () => {
    for (const length of [0, 1, 63, 65, 66, 96, 132])
      expect(ecdsaDer(Buffer.alloc(length, 1), 32)).toBeUndefined()
  })
})

describe.each(PSS)('RSASSA-PSS signatures with %s', (algorithm) => {
  const { hash, hashLength } = traits(algorithm)
  const signed = (saltLength: number) =>
    sign(hash, Buffer.from(INPUT), {
      key: issuer.privateKey(algorithm),
      padding: constants.RSA_PKCS1_PSS_PADDING,
      saltLength,
    })

  it('hold with a salt as long as the hash (RFC 7518 §3.5)', () => {
    expect(verifySignature(verificationKey(algorithm), INPUT, signed(hashLength))).toBe(true)
  })

  it.each([0, 1, 31, 33, 64, 48, 32, 20].filter((length) => length !== hashLength))(
    'do not hold with a salt of %d bytes (RFC 7518 §3.5)',
    (saltLength) => {
      expect(verifySignature(verificationKey(algorithm), INPUT, signed(saltLength))).toBe(false)
    },
  )

  it('do not hold with PKCS #1 v1.5 padding (RFC 7518 §3.3)', () => {
    const pkcs1 = sign(hash, Buffer.from(INPUT), issuer.privateKey(algorithm))
    expect(verifySignature(verificationKey(algorithm), INPUT, pkcs1)).toBe(false)
  })

  it('do not hold with MGF1 over another hash (RFC 7518 §3.5)', () => {
    const { privateKey, publicKey } = generateKeyPairSync('rsa-pss', {
      modulusLength: 2048,
      hashAlgorithm: `${hash}`,
      mgf1HashAlgorithm: 'sha1',
      // Node wants a number here (checked at run time); its types want a string.
      saltLength: hashLength as unknown as string,
    })
    const set = readJwkSet({ keys: [{ ...rsaJwk(publicKey), alg: algorithm, kid: '1' }] })
    if (typeof set === 'string') throw new TypeError(set)
    const found = set.find({ alg: algorithm, kid: '1' }, '')
    if (found instanceof Reason || found[0] === undefined) throw new TypeError('no key')
    const signature = sign(hash, Buffer.from(INPUT), privateKey)
    expect(verify(hash, Buffer.from(INPUT), publicKey, signature)).toBe(true)
    expect(verifySignature(found[0], INPUT, signature)).toBe(false)
  })
})

describe.each(['RS256', 'PS256'] as const)(
  'an RSA signature with %s that begins with a zero',
  (algorithm) => {
    it('holds with it and not without it: the length is that of the modulus (RFC 8017 §8.1.2, §8.2.2)', async () => {
      const key = verificationKey(algorithm)
      let made = await goodSignature(algorithm)
      while (made.signature[0] !== 0) made = await goodSignature(algorithm)
      expect(verifySignature(key, made.input, made.signature)).toBe(true)
      expect(verifySignature(key, made.input, made.signature.subarray(1))).toBe(false)
    })
  },
)

describe('HMAC tags', () => {
  it('do not hold when made with the public key as text (CVE-2015-9235)', () => {
    const pem = issuer.publicPem('RS256')
    const forged = createHmac('sha256', pem).update(INPUT).digest()
    expect(verifySignature(verificationKey('RS256'), INPUT, forged)).toBe(false)
    expect(verifySignature(verificationKey('ES256'), INPUT, forged)).toBe(false)
  })
})

describe('findSigner', () => {
  it('tries every key that it is given, and needs one that fits (RFC 7515 §6)', async () => {
    const { input, signature } = await goodSignature('ES256')
    const token = { header: { alg: 'ES256' }, signingInput: input, signature }
    const right = verificationKey('ES256')
    const wrong: VerificationKey = {
      ...right,
      key: generateKeyPairSync('ec', { namedCurve: 'P-256' }).publicKey,
    }
    expect(codeOf(findSigner(token, [wrong, wrong, right]))).toBe('admitted')
    expect(codeOf(findSigner(token, [wrong, wrong]))).toBe('signature_invalid')
    expect(codeOf(findSigner(token, []))).toBe('signature_invalid')
  })
})

describe('algorithm names', () => {
  it.each(['none', 'None', 'rs256', 'RS256 ', 'ES256K', 'Ed448', 'toString', '__proto__', '', 'HS1'])(
    'do not include %j (RFC 8725 §3.1)',
    (name) => {
      expect(isSignatureAlgorithm(name)).toBe(false)
    },
  )

  it('tell secrets from public keys (RFC 7518 §3.1)', () => {
    expect(NAMES.filter(isHmac)).toEqual(['HS256', 'HS384', 'HS512'])
  })
})

/** The orders of the groups, SEC 2 §2.4 to §2.6. */
const ORDERS = {
  ES256: 0xffffffff00000000ffffffffffffffffbce6faada7179e84f3b9cac2fc632551n,
  ES384: BigInt(`0x${'f'.repeat(48)}c7634d81f4372ddf581a0db248b0a77aecec196accc52973`),
  ES512: BigInt(`0x1${'f'.repeat(65)}a51868783bf2f966b7fcc0148f709a5d03bb5c9b8899c47aebb6fb71e91386409`),
} as const

/** The JWS form of a DER signature, read strictly: shortest lengths and integers. */
function flatFrom(der: Buffer, integerLength: number): Buffer {
  const longForm = der[1] === 0x81
  const content = der.subarray(longForm ? 3 : 2)
  if (der[0] !== 0x30 || content.length !== der[longForm ? 2 : 1] || longForm !== content.length > 127)
    throw new TypeError('no DER sequence')
  const rEnd = 2 + (content[1] ?? 0)
  const integers = [content.subarray(0, rEnd), content.subarray(rEnd)].map((element) => {
    const [tag, length, first = 0, second = 0] = element
    const digits = element.subarray(2)
    if (tag !== 0x02 || length !== digits.length || first > 127 || (first === 0 && second < 128))
      throw new TypeError('no shortest positive DER integer')
    const magnitude = first === 0 ? digits.subarray(1) : digits
    return Buffer.concat([Buffer.alloc(integerLength - magnitude.length), magnitude])
  })
  return Buffer.concat(integers)
}

/** The plain RSA JWK of an id-RSASSA-PSS key, which node does not export itself. */
function rsaJwk(pss: KeyObject): { kty: 'RSA'; n: string; e: string } {
  const spki = pss.export({ format: 'der', type: 'spki' })
  // The last element is a bit string over SEQUENCE { INTEGER n (257 bytes with its zero), INTEGER 65537 }.
  const n = spki.subarray(spki.length - 5 - 256, spki.length - 5)
  return { kty: 'RSA', n: n.toString('base64url'), e: 'AQAB' }
}

it('refuses an RSA-PSS signature without its leading zero, which OpenSSL would take (RFC 8017 §8.1.2)', () => {
  const key = verificationKey('PS256')
  const privateKey = {
    key: issuer.privateKey('PS256'),
    padding: constants.RSA_PKCS1_PSS_PADDING,
    saltLength: 32,
  }
  // The salt is random: one signature in 256 begins with zero.
  let signature = sign('sha256', Buffer.from('text'), privateKey)
  while (signature[0] !== 0) signature = sign('sha256', Buffer.from('text'), privateKey)
  expect(verifySignature(key, 'text', signature)).toBe(true)
  expect(verifySignature(key, 'text', signature.subarray(1))).toBe(false)
})
