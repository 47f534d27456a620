import { randomBytes } from 'node:crypto'
import { describe, expect, it } from 'vitest'
import { looksLikeJwt } from '../../src/token/looks.ts'
import { part } from '../support.ts'

describe('what looks like a JWT', () => {
  it.each([
    ['a signed token', `${part('{"alg":"ES256"}')}.e30.YQ`],
    ['an encrypted token', `${part('{"alg":"dir","enc":"A256GCM"}')}..YQ.YQ.YQ`],
    ['white space before the header', `${part(' \r\n\t{"alg":"ES256"}')}.e30.YQ`],
    ['white space within the header', `${part('{\n  "alg": "ES256"}')}.e30.YQ`],
    ['a first name beyond ASCII', `${part('{"é":1,"alg":"ES256"}')}.e30.YQ`],
    ['its beginning alone', `${part('{"alg":"ES256"}')}.e`],
    ['more dots than there may be', `${part('{"alg":"ES256"}')}.......`],
    ['a header that is no JSON', `${part('{"alg')}.e30.YQ`],
  ])('is %s (RFC 7515 §7.1, RFC 7516 §7.1)', (_, token) => {
    expect(looksLikeJwt(token)).toBe(true)
  })

  it.each([
    ['no token', ''],
    ['a token without a dot, whatever its letters', part('{"alg":"ES256"}')],
    ['letters that a header begins with', 'eyes-of-blue.abcdef'],
    ['a PASETO', 'v4.local.eyJhbGciOiJFUzI1NiJ9'],
    ['dots alone', '..'],
    ['an object without members', `${part('{}')}.e30.YQ`],
  ])('is not %s (ours)', (_, token) => {
    expect(looksLikeJwt(token)).toBe(false)
  })

  it('is no token of random bytes with a dot in it, as Ory Hydra made them (ours)', () => {
    const random = () => `${randomBytes(32).toString('base64url')}.${randomBytes(32).toString('base64url')}`
    expect(Array.from({ length: 20_000 }, random).filter(looksLikeJwt)).toEqual([])
  })
})
