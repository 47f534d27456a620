import type { JsonWebKey } from 'node:crypto'
import { describe, expect, it } from 'vitest'
import { CONTENT_ENCRYPTION, isContentEncryption, isKeyManagement } from '../../src/encryption/algorithms.ts'
import { readDecryption } from '../../src/encryption/decryption.ts'
import { hasFiveParts, parseJwe } from '../../src/encryption/jwe.ts'
import { codeOf } from '../support.ts'
import { readVectors, VECTORS_DIR } from './files.ts'

interface Group {
  readonly private: JsonWebKey
  readonly tests: readonly {
    readonly tcId: number
    readonly comment: string
    readonly jwe?: unknown
    readonly result: 'valid' | 'invalid'
  }[]
}
interface Example {
  readonly input: { readonly key: JsonWebKey }
  readonly output: { readonly compact: string }
}

const groups =
  VECTORS_DIR === undefined
    ? []
    : readVectors<{ testGroups: Group[] }>('wycheproof/json_web_encryption_test.json').testGroups

const cases = groups.flatMap((group) =>
  group.tests.flatMap(({ tcId, comment, jwe, result }) =>
    typeof jwe === 'string' && hasFiveParts(jwe) ? [{ tcId, comment, jwe, result, key: group.private }] : [],
  ),
)

/** The content is no token, and is not said to be one, so a vector is opened behind the check of its header. */
async function verdict(text: string, key: JsonWebKey): Promise<string> {
  const header = JSON.parse(Buffer.from(text.split('.')[0] ?? '', 'base64url').toString())
  const { alg, enc, kid, epk } = header
  if (!isKeyManagement(alg) || !isContentEncryption(enc)) return 'another algorithm'
  const decryption = readDecryption({ keys: [{ ...key, alg }] })
  const opened = await decryption?.open({ text, header, alg, enc, kid, curve: epk?.crv })
  // What was decrypted is no signed token.
  return codeOf(opened) === 'unsigned_content' ? 'decrypted' : codeOf(opened)
}

describe.skipIf(VECTORS_DIR === undefined)('encrypted vectors', () => {
  const ours = cases.filter(({ key }) => key['alg'] === 'ECDH-ES' || key['alg'] === 'RSA-OAEP-256')

  it('has cases of both ways to hand over a key (RFC 7518 §4.1)', () => {
    expect(ours.length).toBeGreaterThanOrEqual(15)
  })

  it.each(ours)('Wycheproof $tcId, called $result, is judged so: $comment (RFC 7516 §5.2)', async (one) => {
    const found = await verdict(one.jwe, one.key)
    const { enc } = JSON.parse(Buffer.from(one.jwe.split('.')[0] ?? '', 'base64url').toString())
    if (CONTENT_ENCRYPTION.includes(enc)) expect(found === 'decrypted').toBe(one.result === 'valid')
    else expect(found).toBe('another algorithm')
  })

  it.each(cases)(
    'Wycheproof $tcId is refused by its header, for it holds no JWT: $comment (RFC 7519 §5.2)',
    ({ jwe }) => {
      expect(codeOf(parseJwe(jwe))).toMatch(
        /^(encryption_not_allowed|unsigned_content|malformed_token|critical_header|decryption_failed)$/,
      )
    },
  )

  it('the example of RFC 8037 §A.6 and of others: a key agreed on with X25519 is decrypted (RFC 8037 §3.2)', async () => {
    const { input, output } = readVectors<Example>('jose-cookbook/curve25519/ecdh-es.json')
    expect(await verdict(output.compact, input.key)).toBe('decrypted')
  })
})
