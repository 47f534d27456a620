import { generateKeyPairSync, sign } from 'node:crypto'
import { describe, expect, it } from 'vitest'
import { readJwk } from '../../src/keys/jwk.ts'
import { staticJwks } from '../../src/keys/static.ts'
import { createResourceServer } from '../../src/resource-server.ts'
import { bearer, part } from '../support.ts'
import { readVectors, VECTORS_DIR } from './files.ts'
import { type Jwk, type Keys, verdict } from './signature-layer.ts'

interface Example {
  readonly input: { readonly key: Jwk }
  readonly output: { readonly compact?: string; readonly json: unknown }
}
interface Rfcs {
  readonly rfc9449: Record<'token_endpoint_proof' | 'resource_proof', { proof: string; now: number }>
  readonly rfc9068_section3_example: { header: object; claims: Record<string, unknown> }
  readonly rfc8705_appendixA: { 'x5t#S256': string }
  readonly rfc7638_section3_1: { jwk: Jwk }
}
const example = (file: string) => readVectors<Example>(`jose-cookbook/${file}.json`)
const rfcs = () => readVectors<Rfcs>('rfc/rfc-examples.json')

/** The last character of a signature may be padding alone; one in the middle never is. */
function tampered(jws: string): string {
  const at = jws.lastIndexOf('.') + 20
  return jws.slice(0, at) + (jws[at] === 'A' ? 'B' : 'A') + jws.slice(at + 1)
}

describe.skipIf(VECTORS_DIR === undefined)('examples of the RFCs', () => {
  it.each([
    'jws/4_1.rsa_v15_signature',
    'jws/4_2.rsa-pss_signature',
    'jws/4_3.ecdsa_signature',
    'jws/4_4.hmac-sha2_integrity_protection',
    'curve25519/jws',
  ])('%s is accepted, and refused with one character changed (RFC 7520 §4, RFC 8037 App. A)', (file) => {
    const { input, output } = example(file)
    expect(verdict(output.compact, input.key)).toBe('accepted')
    expect(verdict(tampered(output.compact ?? ''), input.key)).toBe('signature_invalid')
  })

  it('a signature over detached content is refused (RFC 7515 App. F)', () => {
    const { input, output } = example('jws/4_5.signature_with_detached_content')
    expect(verdict(output.compact, input.key)).toBe('signature_invalid')
  })

  it.each([
    'jws/4_6.protecting_specific_header_fields',
    'jws/4_7.protecting_content_only',
    'jws/4_8.multiple_signatures',
  ])('%s, in the JSON serialization, is no token (RFC 7515 §7.2)', (file) => {
    const { input, output } = example(file)
    expect(['opaque_token', 'encrypted_token']).toContain(
      verdict(JSON.stringify(output.json), input.key as Keys),
    )
  })

  it('an unencoded payload is refused for its critical extension (RFC 7797 §6)', () => {
    const { input, output } = example('rfc7797/hmac-sha2_b64_false')
    expect(verdict(output.compact, input.key)).toBe('critical_header')
  })

  it.each(['3_1.ec_public_key', '3_2.ec_private_key', '3_3.rsa_public_key', '3_4.rsa_private_key'])(
    'the key %s is usable, without any private member (RFC 7520 §3)',
    (file) => {
      const key = readJwk(readVectors(`jose-cookbook/jwk/${file}.json`))
      expect(key).not.toHaveProperty('unusable')
      expect(JSON.parse(JSON.stringify(key))).not.toHaveProperty('d')
    },
  )

  it.each(['3_5.symmetric_key_mac_computation', '3_6.symmetric_key_encryption'])(
    'the key %s is never taken from a key set (RFC 8725 §3.5)',
    (file) => {
      expect(readJwk(readVectors(`jose-cookbook/jwk/${file}.json`))).toHaveProperty('unusable')
    },
  )

  it('the RSA key of RFC 7638 §3.1 is usable, for the algorithms of its type alone (RFC 8725 §3.1)', () => {
    const algorithms = ['RS256', 'RS384', 'RS512', 'PS256', 'PS384', 'PS512']
    expect(readJwk(rfcs().rfc7638_section3_1.jwk)).toMatchObject({ algorithms })
  })

  it.each(['token_endpoint_proof', 'resource_proof'] as const)(
    'a DPoP proof is refused as a token: %s (RFC 9449 §4.2)',
    async (name) => {
      const { proof, now } = rfcs().rfc9449[name]
      // Its own header carries a key that would verify it, which is never acted on.
      const { jwk } = JSON.parse(Buffer.from(proof.split('.')[0] ?? '', 'base64url').toString())
      expect(verdict(proof, jwk)).toBe('accepted')
      const options = { issuer: 'https://server.example.com/', audience: 'https://rs.example.com/' }
      const server = createResourceServer(
        { ...options, keys: staticJwks({ keys: [jwk] }) },
        { now: () => now * 1000 },
      )
      expect(await server.authenticate(bearer(proof))).toMatchObject({ ok: false, refusal: { status: 401 } })
    },
  )
})

describe.skipIf(VECTORS_DIR === undefined)('the access token of RFC 9068 §3', () => {
  const { publicKey, privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048 })

  async function judge(changes: Record<string, unknown>, seconds = 1_618_354_100) {
    const { header, claims } = rfcs().rfc9068_section3_example
    const input = `${part(JSON.stringify(header))}.${part(JSON.stringify({ ...claims, ...changes }))}`
    const token = `${input}.${part(sign('sha256', Buffer.from(input), privateKey))}`
    const server = createResourceServer(
      {
        issuer: 'https://authorization-server.example.com/',
        audience: 'https://rs.example.com/',
        profile: 'rfc9068',
        keys: staticJwks({ keys: [{ ...publicKey.export({ format: 'jwk' }), kid: 'RjEwOwOA' }] }),
      },
      { now: () => seconds * 1000 },
    )
    return server.authenticate(bearer(token))
  }

  it('is admitted under the strict profile, its type in any letter case (RFC 9068 §4)', async () => {
    expect(await judge({})).toMatchObject({
      ok: true,
      auth: { subject: '5ba552d67', clientId: 's6BhdRkqt3', scopes: ['openid', 'profile', 'reademail'] },
    })
  })

  it('is refused once expired, and where it is bound to the certificate of RFC 8705 App. A', async () => {
    expect(await judge({}, 1_639_528_918)).toMatchObject({ reason: { code: 'expired' } })
    const cnf = { 'x5t#S256': rfcs().rfc8705_appendixA['x5t#S256'] }
    expect(await judge({ cnf })).toMatchObject({ ok: false, refusal: { status: 401 } })
  })
})
