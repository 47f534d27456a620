import { accessTokenClaims, type Parties } from './claims.ts'
import type { Signer } from './signer.ts'

const AT_ONCE = 64

/** Access tokens, no two alike (RFC 9068). */
export async function mint(signer: Signer, parties: Parties, count: number): Promise<string[]> {
  const tokens: string[] = []
  while (tokens.length < count) {
    const batch = Math.min(AT_ONCE, count - tokens.length)
    tokens.push(...(await Promise.all(Array.from({ length: batch }, () => mintOne(signer, parties)))))
  }
  return tokens
}

async function mintOne(signer: Signer, parties: Parties): Promise<string> {
  const header = { alg: signer.algorithm, typ: 'at+jwt', kid: signer.kid }
  const input = `${encode(header)}.${encode(accessTokenClaims(parties))}`
  const signature = await signer.sign(Buffer.from(input))
  return flat(`${input}.${signature.toString('base64url')}`)
}

/** The token with another first byte in its signature, well-formed as ever. */
export function broken(token: string): string {
  const start = token.lastIndexOf('.') + 1
  return flat(`${token.slice(0, start)}${token[start] === 'A' ? 'B' : 'A'}${token.slice(start + 1)}`)
}

function encode(part: object): string {
  return Buffer.from(JSON.stringify(part)).toString('base64url')
}

/** The same text in one piece, as it comes from a socket: V8 keeps the sum of two strings in two pieces until it is read. */
export function flat(text: string): string {
  return Buffer.from(text, 'latin1').toString('latin1')
}
