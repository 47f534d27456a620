import { describe, expect, it } from 'vitest'
import { checkShape } from '../../src/token/claims.ts'
import { claims, codeOf, policy, reasonOf } from '../support.ts'

const FULL = { sub: 'u', client_id: 'c', iat: 1, jti: '1' }
const ODD = { null: null, number: 5, text: 'x', list: ['x'], object: {}, boolean: true }

describe('checkShape', () => {
  it('asks for exp, and for nothing else, in profile jwt (RFC 9068 §4)', () => {
    expect(codeOf(checkShape({ iss: 'x', exp: 1 }, policy()))).toBe('admitted')
    expect(codeOf(checkShape({ iss: 'x' }, policy()))).toBe('claim_missing')
  })

  it.each(['iss', 'exp', 'aud', 'sub', 'client_id', 'iat', 'jti'])(
    'asks for %s in profile rfc9068 (RFC 9068 §2.2)',
    (name) => {
      expect(codeOf(checkShape(claims(FULL), policy({ profile: 'rfc9068' })))).toBe('admitted')
      const reason = reasonOf(
        checkShape(claims({ ...FULL, [name]: undefined }), policy({ profile: 'rfc9068' })),
      )
      expect([reason.code, reason.expected]).toEqual(['claim_missing', name])
    },
  )

  it.each(['iss', 'sub', 'jti', 'client_id', 'azp'])(
    'refuses %s as anything but a string (RFC 7519 §4.1)',
    (name) => {
      const { text: _, ...odd } = ODD
      for (const value of Object.values(odd))
        expect(codeOf(checkShape(claims({ [name]: value }), policy()))).toBe('claim_malformed')
    },
  )

  it.each(['exp', 'nbf', 'iat'])('refuses %s as anything but a number (RFC 7519 §2)', (name) => {
    const { number: _, ...odd } = ODD
    for (const value of [...Object.values(odd), '1800000000'])
      expect(codeOf(checkShape(claims({ [name]: value }), policy()))).toBe('claim_malformed')
  })

  it.each([null, 5, true, {}, [5], ['https://api.test/', null], [['https://api.test/']]])(
    'refuses aud %j (RFC 7519 §4.1.3)',
    (aud) => {
      expect(codeOf(checkShape(claims({ aud }), policy()))).toBe('claim_malformed')
    },
  )
})
