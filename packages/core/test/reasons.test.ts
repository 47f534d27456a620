import { describe, expect, it } from 'vitest'
import { refuser } from '../src/http/refusal.ts'
import { Reason } from '../src/reason.ts'
import { REASONS, type ReasonCode } from '../src/reasons.ts'

const CODES = Object.keys(REASONS) as ReasonCode[]
const rows = CODES.map((code) => [code, REASONS[code]] as const)

/** The status that goes with an error (RFC 6750 §3.1); 503 is ours. */
const STATUSES = {
  invalid_request: 400,
  invalid_token: 401,
  insufficient_scope: 403,
  temporarily_unavailable: 503,
}

describe('the reason codes', () => {
  it('are a public promise: one is added here when it is added, and none is renamed (ours)', () => {
    expect([...CODES].sort()).toEqual([
      'algorithm_not_allowed',
      'audience_mismatch',
      'bound_token',
      'claim_malformed',
      'claim_mismatch',
      'claim_missing',
      'client_ambiguous',
      'client_not_allowed',
      'critical_header',
      'decryption_failed',
      'decryption_unavailable',
      'delegation_denied',
      'delegation_token',
      'dpop_not_supported',
      'encrypted_token',
      'encryption_not_allowed',
      'encryption_required',
      'expired',
      'graph_token',
      'guard_denied',
      'id_token',
      'identity_provider_token',
      'introspection_unavailable',
      'issued_in_future',
      'issuer_unavailable',
      'issuer_unknown',
      'key_unfit',
      'key_unknown',
      'keys_unavailable',
      'lifetime_too_long',
      'logout_client_unknown',
      'logout_replayed',
      'logout_request_malformed',
      'logout_token',
      'logout_unavailable',
      'malformed_credentials',
      'malformed_token',
      'management_token',
      'no_credentials',
      'not_a_logout_token',
      'not_an_access_token',
      'not_yet_valid',
      'opaque_token',
      'other_token_type',
      'permission_missing',
      'principal_mismatch',
      'refresh_token',
      'revocation_unknown',
      'revoked',
      'role_missing',
      'scheme_missing',
      'scope_missing',
      'several_credentials',
      'signature_invalid',
      'token_inactive',
      'token_too_large',
      'too_old',
      'type_required',
      'unsigned_content',
      'unsupported_scheme',
      'userinfo_token',
    ])
  })

  it.each(rows)('%s has the status that its error has (RFC 6750 §3.1)', (_, { status, error }) => {
    expect(status).toBe(error === undefined ? 401 : STATUSES[error])
  })

  it.each(rows)(
    '%s has a sentence that needs no escaping and cannot be taken for a parameter (RFC 6750 §3)',
    (_, row) => {
      expect(row.sentence).toMatch(/^[\x20\x21\x23-\x5b\x5d-\x7e]*$/)
      expect(row.sentence).not.toMatch(/"|scope=|error=|realm=|resource_metadata=/)
      expect(row.sentence === '').toBe(row.error === undefined)
    },
  )

  it.each(rows)('%s tells the operator what happened and what to do (ours)', (_, { meaning, hint }) => {
    expect(meaning).not.toBe('')
    expect(hint).not.toBe('')
    expect(`${meaning}${hint}`).not.toMatch(/\.$|\n/)
  })

  it("of a forged token share one sentence: which check failed is not the caller's business (RFC 6750 §5)", () => {
    const forgery = ['algorithm_not_allowed', 'key_unknown', 'key_unfit', 'signature_invalid'] as const
    expect(new Set(forgery.map((code) => REASONS[code].sentence)).size).toBe(1)
  })
})

describe.each(rows)('the refusal for %s', (code, { status, error, sentence }) => {
  const refuse = refuser({ realm: 'https://api.test/', cors: false })
  const { headers, body } = refuse(new Reason(code, { actual: 'SENT', expected: 'WANTED', hint: 'HINT' }))
  const challenge = headers['www-authenticate']

  it('is not stored by caches (RFC 6750 §5.3)', () => {
    expect(headers['cache-control']).toBe('no-store')
  })

  it('challenges once with a realm, unless no credentials would help (RFC 9110 §15.5.2, RFC 6750 §3)', () => {
    if (status === 503) {
      expect(challenge).toBeUndefined()
      expect(headers['retry-after']).toMatch(/^[1-9]\d*$/)
      return
    }
    expect(challenge).toMatch(/^Bearer realm="https:\/\/api\.test\/"/)
    for (const name of ['realm', 'error', 'scope', 'error_description'])
      expect((challenge?.match(new RegExp(`(^|[ ,])${name}=`, 'g')) ?? []).length).toBeLessThanOrEqual(1)
  })

  it('carries error and description in challenge and body alike, or in neither (RFC 6750 §3.1)', () => {
    expect(body).toEqual(error === undefined ? undefined : { error, error_description: sentence })
    if (error === undefined) expect(challenge).toBe('Bearer realm="https://api.test/"')
    else if (status !== 503)
      expect(challenge).toBe(
        `Bearer realm="https://api.test/", error="${error}", error_description="${sentence}"`,
      )
  })

  it('says nothing of what was sent or expected, nor the hint (RFC 6750 §5)', () => {
    expect(JSON.stringify({ headers, body })).not.toMatch(/SENT|WANTED|HINT/)
  })
})
