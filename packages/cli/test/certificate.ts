import { generateKeyPairSync, sign } from 'node:crypto'

/** A certificate for 127.0.0.1 that its own key signed, as Node.js takes it. */
export interface Certificate {
  readonly key: string
  readonly cert: string
}

/** Makes a certificate (RFC 5280 §4.1), so that no private key lies about in a file. Valid for a year, or until `end`. */
export function selfSigned(end: Date = new Date(Date.now() + 365 * 86_400_000)): Certificate {
  const { publicKey, privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' })
  const start = new Date(end.getTime() - 400 * 86_400_000)
  const name = sequence(set(sequence(oid('550403'), der(0x0c, Buffer.from('gatewarden test')))))
  const alternative = der(0x30, der(0x87, Buffer.from([127, 0, 0, 1])))
  const body = sequence(
    der(0xa0, der(0x02, Buffer.from([2]))),
    der(0x02, Buffer.from([1])),
    ECDSA_SHA256,
    name,
    sequence(time(start), time(end)),
    name,
    publicKey.export({ type: 'spki', format: 'der' }),
    der(0xa3, sequence(sequence(oid('551d11'), der(0x04, alternative)))),
  )
  const signature = der(0x03, Buffer.concat([Buffer.from([0]), sign('sha256', body, privateKey)]))
  const text = sequence(body, ECDSA_SHA256, signature).toString('base64')
  return {
    key: privateKey.export({ type: 'pkcs8', format: 'pem' }).toString(),
    cert: `-----BEGIN CERTIFICATE-----\n${text.replace(/.{64}/g, '$&\n')}\n-----END CERTIFICATE-----\n`,
  }
}

function der(tag: number, ...content: readonly Buffer[]): Buffer {
  const bytes = Buffer.concat(content)
  const { length } = bytes
  const head = length < 128 ? [tag, length] : [tag, 0x82, length >> 8, length & 0xff]
  // One byte of length where one is enough, as DER wants it.
  if (length >= 128 && length < 256) head.splice(1, 2, 0x81)
  return Buffer.concat([Buffer.from(head), bytes])
}

const sequence = (...content: readonly Buffer[]) => der(0x30, ...content)
const set = (...content: readonly Buffer[]) => der(0x31, ...content)
const oid = (hex: string) => der(0x06, Buffer.from(hex, 'hex'))
const time = (date: Date) => der(0x18, Buffer.from(date.toISOString().replace(/[-:T]|\.\d+/g, '')))
const ECDSA_SHA256 = sequence(oid('2a8648ce3d040302'))
