import { createPublicKey, verify } from 'node:crypto'

/** One `crypto.verify` and nothing else: what a check of a signature costs a route at the least. */
export function signatureCheck(publicKey: string): (authorization: string | undefined) => boolean {
  const key = createPublicKey(publicKey)
  return (authorization = '') => {
    const end = authorization.lastIndexOf('.')
    const data = Buffer.from(authorization.slice('Bearer '.length, end))
    const signature = Buffer.from(authorization.slice(end + 1), 'base64url')
    return verify('sha256', data, key, signature)
  }
}
