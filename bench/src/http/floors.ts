import { createPublicKey, hash, verify } from 'node:crypto'
import { HASH_ONLY, READ_ONLY, type Servers, VERIFY_ONLY } from './site.ts'

/** A step of the work alone, on what a request has in its field `Authorization`. */
export type Floor = (authorization: string | undefined) => boolean

/** The servers of one framework that do a step of the work alone. @param behind starts one whose route asks so, and answers 401 to `false` */
export function floors(behind: (holds: Floor) => Promise<number>): Servers {
  return {
    [HASH_ONLY]: () => behind(hashOnly()),
    [VERIFY_ONLY]: ({ publicKey }) => behind(verifyOnly(publicKey)),
    [READ_ONLY]: ({ publicKey }) => behind(readOnly(publicKey)),
  }
}

/** One `crypto.hash` of the token and nothing else: what a memory that knows tokens by their hash costs at the least. Admits anything. */
function hashOnly(): Floor {
  return (authorization = '') => hash('sha256', authorization.slice('Bearer '.length), 'base64url').length > 0
}

/** One `crypto.verify` and nothing else: what a check of a signature costs a route at the least. */
function verifyOnly(publicKey: string): Floor {
  const key = createPublicKey(publicKey)
  return (authorization = '') => {
    const end = authorization.lastIndexOf('.')
    const data = Buffer.from(authorization.slice('Bearer '.length, end))
    const signature = Buffer.from(authorization.slice(end + 1), 'base64url')
    return verify('sha256', data, key, signature)
  }
}

/** The same with the payload read, whatever it says: what it costs at the least to know the caller. */
function readOnly(publicKey: string): Floor {
  const holds = verifyOnly(publicKey)
  return (authorization = '') => {
    const payload = authorization.slice(authorization.indexOf('.') + 1, authorization.lastIndexOf('.'))
    return holds(authorization) && 'iss' in JSON.parse(Buffer.from(payload, 'base64url').toString())
  }
}
