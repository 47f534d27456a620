import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { isB64Token, MAX_TOKEN_LENGTH, readCredentials } from '../../src/http/credentials.ts'
import { Reason } from '../../src/reason.ts'
import { codeOf, reasonOf, request } from '../support.ts'

/** As the engine reads it: whatever it cannot read as a token must at least be able to stand in the field. */
function verdict(result: ReturnType<typeof readCredentials>): string {
  if (result instanceof Reason) return result.code
  return isB64Token(result.token) ? result.token : 'malformed_credentials'
}

const read = (value: string, query = '') =>
  readCredentials(request([['Authorization', value]], query), 'authorization')
const outcome = (value: string, query = '') => {
  const result = read(value, query)
  return verdict(result)
}

describe('the Authorization field', () => {
  it.each([
    ['Bearer abc', 'abc'],
    ['bearer abc', 'abc'],
    ['BEARER abc', 'abc'],
    ['Bearer     abc', 'abc'],
    ['Bearer a-._~+/b==', 'a-._~+/b=='],
    ['Bearer', 'malformed_credentials'],
    ['Bearer ', 'malformed_credentials'],
    ['Bearer   ', 'malformed_credentials'],
    ['Bearer abc def', 'malformed_credentials'],
    ['Bearer abc ', 'malformed_credentials'],
    ['Bearer abc,def', 'malformed_credentials'],
    ['Bearer abc, Bearer def', 'malformed_credentials'],
    ['Bearer\tabc', 'malformed_credentials'],
    ['Bearer a=b', 'malformed_credentials'],
    ['Bearer =', 'malformed_credentials'],
    ['Bearer "abc"', 'malformed_credentials'],
    ['Bearer token="abc"', 'malformed_credentials'],
    ['Bearer äbc', 'malformed_credentials'],
    ['Bearer abc\u00a0', 'malformed_credentials'],
    ['Bearer: abc', 'malformed_credentials'],
    [' Bearer abc', 'malformed_credentials'],
    ['', 'malformed_credentials'],
    ['=', 'malformed_credentials'],
    ['Bearerabc', 'unsupported_scheme'],
    ['BearerX abc', 'unsupported_scheme'],
    ['Basic dXNlcjpwYXNz', 'unsupported_scheme'],
    ['Token abc', 'unsupported_scheme'],
    ['Negotiate', 'unsupported_scheme'],
    ['DPoP abc', 'dpop_not_supported'],
    ['dpop abc', 'dpop_not_supported'],
  ])('with %j is read as %s (RFC 9110 §11.4, RFC 6750 §2.1)', (value, expected) => {
    expect(outcome(value)).toBe(expected)
  })

  it('that is not there leaves the request without credentials (RFC 6750 §3.1)', () => {
    expect(codeOf(readCredentials(request([]), 'authorization'))).toBe('no_credentials')
  })

  it.each([
    ['two tokens', ['Bearer a', 'Bearer b']],
    ['the same token twice', ['Bearer a', 'Bearer a']],
    ['a token and another scheme', ['Basic a', 'Bearer b']],
    ['a token and an empty field', ['Bearer a', '']],
  ])('sent twice, with %s, is refused (RFC 6750 §2)', (_, values) => {
    const fields = values.map((value) => ['authorization', value] as const)
    expect(codeOf(readCredentials(request(fields), 'authorization'))).toBe('several_credentials')
  })

  it.each([
    ['access_token=x', 'several_credentials'],
    ['a=1&access_token=x', 'several_credentials'],
    ['access_token=', 'several_credentials'],
    ['access_token', 'several_credentials'],
    ['access%5Ftoken=x', 'several_credentials'],
    ['a=%61ccess_token', 'abc'],
    ['my_access_token=x', 'abc'],
    ['a=access_token', 'abc'],
    ['ACCESS_TOKEN=x', 'abc'],
  ])('beside the query %s is read as %s (RFC 6750 §2)', (query, expected) => {
    expect(outcome('Bearer abc', query)).toBe(expected)
  })

  it('is missing where the token stands in the query, and the operator is told why (RFC 9700 §4.3.2)', () => {
    const reason = reasonOf(readCredentials(request([], 'access_token=x'), 'authorization'))
    expect([reason.code, reason.hint]).toEqual([
      'no_credentials',
      expect.stringMatching(/query is not accepted/),
    ])
  })

  it('may hold a token of 16 KiB and none longer (ours)', () => {
    expect(outcome(`Bearer ${'a'.repeat(MAX_TOKEN_LENGTH)}`)).toHaveLength(MAX_TOKEN_LENGTH)
    expect(outcome(`Bearer ${'a'.repeat(MAX_TOKEN_LENGTH + 1)}`)).toBe('token_too_large')
  })

  it('with a token and the word Bearer forgotten gets a hint that does not show it (ours)', () => {
    const reason = reasonOf(read('eyJh.eyJi.c2ln'))
    expect(reason.code).toBe('scheme_missing')
    expect(reason.hint).toMatch(/`Bearer ` in front/)
    expect(`${reason}`).not.toContain('eyJ')
  })

  it('is never told to the operator, whatever it holds (RFC 6750 §5.2)', () => {
    const secret = 'S3CR3T'
    fc.assert(
      fc.property(
        fc.constantFrom('', 'Bearer ', 'Basic ', 'DPoP ', 'Bearer a '),
        fc.string(),
        (scheme, noise) => {
          const result = read(`${scheme}${secret}${noise}`)
          if (result instanceof Reason) expect(`${result}`).not.toContain(secret)
        },
      ),
    )
  })
})

describe('a field of a gateway', () => {
  const gateway = (value: string) => {
    const result = readCredentials(
      request([
        ['X-Token', value],
        ['Authorization', 'Bearer other'],
      ]),
      'x-token',
    )
    return verdict(result)
  }

  it.each([
    ['abc', 'abc'],
    ['Bearer abc', 'abc'],
    ['bearer   abc', 'abc'],
    ['abc def', 'malformed_credentials'],
    ['Basic abc', 'malformed_credentials'],
    ['Bearer ', 'malformed_credentials'],
    ['', 'malformed_credentials'],
  ])('with %j is read as %s (RFC 6750 §2.1)', (value, expected) => {
    expect(gateway(value)).toBe(expected)
  })

  it('is the only one that is read (ours)', () => {
    expect(codeOf(readCredentials(request([['authorization', 'Bearer abc']]), 'x-token'))).toBe(
      'no_credentials',
    )
  })
})
