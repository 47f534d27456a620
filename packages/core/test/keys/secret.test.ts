import { generateKeyPairSync } from 'node:crypto'
import { inspect } from 'node:util'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { ConfigurationError } from '../../src/errors.ts'
import { SecretKey, type SecretOptions, secret } from '../../src/keys/secret.ts'
import { codeOf } from '../support.ts'

const rsa = generateKeyPairSync('rsa', { modulusLength: 2048 })
const ec = generateKeyPairSync('ec', { namedCurve: 'P-256' })
const PEM = rsa.publicKey.export({ type: 'spki', format: 'pem' }).toString()
const PKCS1 = rsa.publicKey.export({ type: 'pkcs1', format: 'pem' }).toString()
const PRIVATE = ec.privateKey.export({ type: 'pkcs8', format: 'pem' }).toString()
const DER = rsa.publicKey.export({ type: 'spki', format: 'der' })
const EC_DER = ec.publicKey.export({ type: 'spki', format: 'der' })
const JWK = JSON.stringify(rsa.publicKey.export({ format: 'jwk' }))
const JWKS = JSON.stringify({ keys: [ec.publicKey.export({ format: 'jwk' })] }, null, 2)
/** A self-signed certificate as an x5c entry has it (RFC 7517 §4.7): base64 of DER. */
const CERTIFICATE =
  'MIIBhDCCASmgAwIBAgIURRwLJKxBY6OnVw2z8MJM6F37Ou4wCgYIKoZIzj0EAwIwFjEUMBIGA1UEAwwLaXNzdWVyLnRlc3QwIBcNMjYxMTIxMDI0NzA4WhgPMjEyNjEwMjgwMjQ3MDhaMBYxFDASBgNVBAMMC2lzc3Vlci50ZXN0MFkwEwYHKoZIzj0CAQYIKoZIzj0DAQcDQgAETHcjSnkdYxLMjLpp5AU/nQk5yfr5KJsudJoI/5yPURWWfTfU8EXLFOml+0YP5IQJNXKc/kDu1fk5ubp+N/qLlKNTMFEwHQYDVR0OBBYEFD/01+hx5Jr2ZXN4g3IEYutxvAKLMB8GA1UdIwQYMBaAFD/01+hx5Jr2ZXN4g3IEYutxvAKLMA8GA1UdEwEB/wQFMAMBAf8wCgYIKoZIzj0EAwIDSQAwRgIhAMd8Xgo8XOnOmA2Ebnb3lyAK6TOxx4B6e6LBROi9UWLMAiEAty6D4xz6rqicfIvnfo6JVi02hQ64f3z23c1bgFMNNFU='
const base64 = (content: string | Buffer) => Buffer.from(content).toString('base64')

const GOOD = 'correct horse battery staple, and more'

const ofLength = (bytes: number) => new SecretKey(Buffer.alloc(bytes, 'x'))

function refusal(value: string, options?: SecretOptions): ConfigurationError | undefined {
  try {
    secret(value, options)
    return undefined
  } catch (error) {
    if (error instanceof ConfigurationError) return error
    throw error
  }
}

describe('secret', () => {
  it.each([
    ['a PEM', PEM],
    ['a PEM of PKCS #1', PKCS1],
    ['a private PEM', PRIVATE],
    ['a certificate', `-----BEGIN CERTIFICATE-----\n${CERTIFICATE}\n-----END CERTIFICATE-----`],
    ['a PEM behind a space', ` ${PEM}`],
    ['a PEM behind line feeds', `\n\r\n\t${PEM}`],
    ['a PEM behind a byte order mark', `\ufeff${PEM}`],
    ['a PEM behind a zero-width space', `\u200b${PEM}`],
    ['a PEM behind a no-break space', `\u00a0${PEM}`],
    ['a PEM behind text', `key=${PEM}`],
    ['a PEM with zero-width spaces inside', PEM.replace('BEGIN', 'BE\u200bGIN')],
    ['a PEM with small letters', PEM.toLowerCase()],
    ['a PEM with escaped line feeds', PEM.replaceAll('\n', '\\n')],
    ['a PEM in UTF-16', Buffer.from(PEM, 'utf16le').toString('latin1')],
    ['a JWK', JWK],
    ['a JWK behind a space', ` ${JWK}`],
    ['a JWK Set', JWKS],
    ['a JWK as a JSON string', JSON.stringify(JWK)],
    ['an SSH key', 'ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIBl4W6yUvR1rJv0m user@host'],
    ['base64 of a PEM', base64(PEM)],
    ['base64 of a PEM in lines', base64(PEM).replace(/.{64}/g, '$&\n')],
    ['base64url of a PEM', Buffer.from(PEM).toString('base64url')],
    ['base64 of base64 of a PEM', base64(base64(PEM))],
    ['base64 of a JWK', base64(JWK)],
    ['base64 of DER', base64(DER)],
    ['base64 of DER of a short key', base64(EC_DER)],
    ['base64url of DER', DER.toString('base64url')],
    ['base64 of a certificate, as in x5c', CERTIFICATE],
  ])('refuses %s: whoever fetches it could sign (CVE-2023-48223, GHSA-g3jj-5cmm-3hxx)', (_, value) => {
    const error = refusal(value)
    expect(error?.option).toBe('keys')
    expect(error?.message).toMatch(/public key, a certificate or a JWK/)
  })

  it.each([
    ['a PEM', Buffer.from(PEM)],
    ['DER', DER],
    ['a JWK', Buffer.from(JWK)],
  ])('refuses %s in the encoding base64url (CVE-2026-34950)', (_, bytes) => {
    expect(refusal(bytes.toString('base64url'), { encoding: 'base64url' })?.message).toMatch(/public key/)
  })

  it.each([
    ['empty text', '', {}, /empty/],
    ['a number', 5, {}, /no string/],
    ['nothing', undefined, {}, /no string/],
    ['null', null, {}, /no string/],
    ['bytes', Buffer.from(GOOD), {}, /no string/],
    ['the encoding hex', GOOD, { encoding: 'hex' }, /encoding/],
    ['what is no base64url', 'a b+c/', { encoding: 'base64url' }, /not base64url/],
    ['base64url with loose bits', 'AB', { encoding: 'base64url' }, /not base64url/],
  ])('refuses %s (GHSA-8wpc-h4q6-8fxv)', (_, value, options, message) => {
    const error = refusal(value as string, options as SecretOptions)
    expect([error?.option, error?.message]).toEqual(['keys', expect.stringMatching(message)])
  })

  it('refuses a misspelt option, which would leave the secret in another encoding (ours)', () => {
    const misspelt: object = { Encoding: 'base64url' }
    expect(refusal(GOOD, misspelt)?.message).toMatch(/keys\.Encoding.*`encoding`/)
  })

  it('takes the bytes of text as UTF-8, and of base64url decoded, padded or not (RFC 7515 §2)', () => {
    const sizes = (value: string, options?: SecretOptions) => {
      const found = secret(value, options).find({ alg: 'HS256' }, '')
      return Array.isArray(found) ? found.map(({ key }) => key.symmetricKeySize) : []
    }
    expect(sizes('ü'.repeat(16))).toEqual([32])
    expect(sizes('A'.repeat(43), { encoding: 'base64url' })).toEqual([32])
    expect(sizes(`${'A'.repeat(43)}=`, { encoding: 'base64url' })).toEqual([32])
  })

  it('takes any random secret (ours)', () => {
    const bytes = fc.uint8Array({ minLength: 32, maxLength: 96 }).map((array) => Buffer.from(array))
    const encoding = fc.constantFrom('hex', 'base64', 'base64url')
    fc.assert(
      fc.property(bytes, encoding, (value, how) => {
        expect(refusal(value.toString(how as BufferEncoding))).toBeUndefined()
      }),
      { numRuns: 500 },
    )
  })

  it.each([
    [31, 'HS256', 32],
    [47, 'HS384', 48],
    [63, 'HS512', 64],
  ] as const)(
    'of %d bytes is too short for %s, one more is not (RFC 7518 §3.2)',
    (length, algorithm, needed) => {
      expect(() => ofLength(length).requireLengthFor([algorithm], 'keys')).toThrow(
        new RegExp(`${length} bytes, and ${algorithm} needs at least ${needed}`),
      )
      expect(() => ofLength(needed).requireLengthFor([algorithm], 'keys')).not.toThrow()
    },
  )

  it.each(['HS256', 'HS384', 'HS512'])('answers one key, made for %s (RFC 7518 §3.2)', (alg) => {
    expect(secret(GOOD).find({ alg, kid: 'any' }, '')).toMatchObject([{ algorithm: alg }])
  })

  it.each(['RS256', 'ES256', 'none', 'hs256', '__proto__'])(
    'answers no key for %s (RFC 8725 §3.1)',
    (alg) => {
      expect(codeOf(secret(GOOD).find({ alg }, ''))).toBe('algorithm_not_allowed')
    },
  )

  it('is not shown by printing, serializing or spreading it (RFC 6750 §5.2)', () => {
    const source = secret(GOOD)
    const shown = [
      inspect(source, { depth: null, showHidden: true, getters: true }),
      inspect(source.find({ alg: 'HS256' }, ''), { depth: null, showHidden: true }),
      JSON.stringify(source),
      JSON.stringify(source.find({ alg: 'HS256' }, '')),
      JSON.stringify({ ...source }),
      `${source}`,
    ]
    for (const text of shown) {
      expect(text).not.toContain('horse')
      expect(text).not.toContain(base64(GOOD).slice(4, 20))
    }
  })

  it('is in no message that refuses it (RFC 6750 §5.2)', () => {
    const messages = [
      refusal(`${PEM}correct-horse`)?.message,
      refusal('correct horse!', { encoding: 'base64url' })?.message,
      refusal('correct-horse', { encoding: 'hex' as 'utf8' })?.message,
    ]
    for (const message of messages) {
      expect(message).toBeDefined()
      expect(message).not.toContain('horse')
    }
  })
})

it.each([
  ['hex of a JWK', (jwk: string) => Buffer.from(jwk).toString('hex')],
  ['a JWK in percent escapes', (jwk: string) => encodeURIComponent(jwk)],
  ['UTF-16 of a JWK', (jwk: string) => Buffer.from(jwk, 'utf16le').toString('latin1')],
  [
    'base64 of hex of a JWK',
    (jwk: string) => Buffer.from(Buffer.from(jwk).toString('hex')).toString('base64'),
  ],
])('refuses %s as a secret (GHSA-g3jj-5cmm-3hxx)', (_, disguise) => {
  const jwk = '{"kty":"EC","crv":"P-256","x":"f83OJ3D2xF1Bg8vub9tLe1gHMzV76e8Tus9uPHvRVEU","y":"x_FEzRu9m36"}'
  expect(() => secret(disguise(jwk))).toThrow(/is, or holds, a public key/)
})
