import { describe, expect, it } from 'vitest'
import { Reason } from '../../src/reason.ts'
import { parseCompact } from '../../src/token/compact.ts'
import { readVectors, VECTORS_DIR } from './files.ts'
import { type Keys, verdict } from './signature-layer.ts'

interface Group {
  readonly comment: string
  readonly public?: Keys
  readonly private: Keys
  readonly tests: readonly {
    readonly tcId: number
    readonly comment: string
    readonly jws?: unknown
    readonly jwe?: unknown
    readonly result: 'valid' | 'invalid' | 'acceptable'
  }[]
}

/** Where the engine and the file disagree, and why the engine is right. Nothing else may. */
const WAIVERS: Readonly<Record<string, string>> = {
  'signature 346':
    'called valid, but the key is for PS256 by its own `alg`, and the signature is PS384 (RFC 7517 §4.4)',
  'signature 347': 'called valid, but the key names the algorithm `ES521`, which does not exist',
  'signature 350': 'as 346, with key_ops',
  'signature 351': 'as 347, with key_ops',
  'signature 367':
    'called invalid, but its text is that of a valid JWS, to the byte: the padding it means is not in the file',
  'signature 370': 'as 367, in the payload',
  'signature 372': 'called valid, but a character that is not base64url stands in the header (RFC 7515 §2)',
  'signature 373': 'as 372, in the payload',
}

const read = (name: string): readonly Group[] =>
  VECTORS_DIR === undefined
    ? []
    : readVectors<{ testGroups: Group[] }>(`wycheproof/json_web_${name}_test.json`).testGroups

const FILES = ['signature', 'key', 'crypto', 'encryption'] as const
const cases = FILES.flatMap((file) =>
  read(file).flatMap((group) =>
    group.tests.map((test) => ({
      ...test,
      file,
      id: `${file} ${test.tcId}`,
      about: `${group.comment}, ${test.comment}`,
      keys: group.public ?? group.private,
    })),
  ),
)
const signed = cases.filter(({ jws }) => jws !== undefined)
const encrypted = cases.filter(({ jwe }) => jwe !== undefined)
const accepted = ({ jws, keys }: (typeof cases)[number]) => verdict(jws, keys) === 'accepted'

describe.skipIf(VECTORS_DIR === undefined)('Wycheproof', () => {
  it('is there whole: 401 cases of signatures, 109 of keys and uses, 139 of encryption', () => {
    const count = (...files: string[]) => cases.filter(({ file }) => files.includes(file)).length
    expect([count('signature'), count('key', 'crypto'), count('encryption')]).toEqual([401, 109, 139])
    expect(signed.length + encrypted.length).toBe(cases.length)
  })

  it.each(signed.filter(({ id }) => !(id in WAIVERS)))(
    '$id, called $result, is judged so: $about (RFC 7515 §5.2)',
    (one) => {
      expect(accepted(one) ? 'valid' : 'invalid').toBe(one.result)
    },
  )

  it.each(signed.filter(({ id }) => id in WAIVERS))('$id is judged otherwise: $about', (one) => {
    // A waiver that is needed no more fails here, and is to be taken out.
    expect(accepted(one) ? 'valid' : 'invalid').not.toBe(one.result)
  })

  it('at least 32 of the 36 valid asymmetric signatures are accepted (RFC 7518 §3)', () => {
    const valid = signed.filter(
      ({ file, result, keys }) =>
        file === 'signature' && result === 'valid' && !('kty' in keys && keys.kty === 'oct'),
    )
    expect(valid).toHaveLength(36)
    expect(valid.filter(accepted).length).toBeGreaterThanOrEqual(32)
  })

  it.each(encrypted)('$id is refused before anything is decoded: $about (RFC 7516 §7.1)', ({ jwe }) => {
    // The JSON serialization cannot even stand in a header field.
    const text = typeof jwe === 'string' ? jwe : JSON.stringify(jwe)
    const refusal = parseCompact(text)
    expect(refusal).toBeInstanceOf(Reason)
    expect(['encrypted_token', 'opaque_token']).toContain(refusal instanceof Reason && refusal.code)
  })
})
