import { createPublicKey, type KeyObject } from 'node:crypto'

// DER of the object identifiers in an RSASSA-PSS SubjectPublicKeyInfo (RFC 4055 §2.1, §3.1).
const RSASSA_PSS = '06092a864886f70d01010a'
const MGF1 = '06092a864886f70d010108'
const HASHES: Readonly<Record<string, string>> = {
  sha256: '0609608648016503040201',
  sha384: '0609608648016503040202',
  sha512: '0609608648016503040203',
}

/**
 * The same RSA key as an id-RSASSA-PSS key with parameters: hash, MGF1 over the same hash, salt as long as the hash
 * (RFC 7518 §3.5). OpenSSL then holds every signature to them; without parameters it would take a salt of any length.
 */
export function pssKey(rsa: KeyObject, hash: string, saltLength: number): KeyObject {
  const hashAlgorithm = sequence(Buffer.from(HASHES[hash] as string, 'hex'), Buffer.from('0500', 'hex'))
  const parameters = sequence(
    tagged(0, hashAlgorithm),
    tagged(1, sequence(Buffer.from(MGF1, 'hex'), hashAlgorithm)),
    tagged(2, Buffer.from([0x02, 0x01, saltLength])),
  )
  const publicKey = rsa.export({ format: 'der', type: 'pkcs1' })
  const bits = element(0x03, Buffer.concat([Buffer.from([0]), publicKey]))
  const spki = sequence(sequence(Buffer.from(RSASSA_PSS, 'hex'), parameters), bits)
  return createPublicKey({ key: spki, format: 'der', type: 'spki' })
}

const sequence = (...parts: Buffer[]): Buffer => element(0x30, Buffer.concat(parts))

const tagged = (tag: number, content: Buffer): Buffer => element(0xa0 + tag, content)

/** One DER element: tag, definite length, content. */
function element(tag: number, content: Buffer): Buffer {
  const { length } = content
  if (length < 0x80) return Buffer.concat([Buffer.from([tag, length]), content])
  const digits = length.toString(16)
  const lengthBytes = Buffer.from(digits.length % 2 === 0 ? digits : `0${digits}`, 'hex')
  return Buffer.concat([Buffer.from([tag, 0x80 + lengthBytes.length]), lengthBytes, content])
}
