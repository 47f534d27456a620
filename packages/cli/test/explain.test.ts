import { generateKeyPairSync } from 'node:crypto'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createTestIssuer, type TestIssuer } from '@gatewarden/testing'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { CONTROLS } from './controls.ts'
import { gatewarden } from './terminal.ts'

const AUDIENCE = 'https://api.test/'
const API_KEY = generateKeyPairSync('ec', { namedCurve: 'P-256' })
const PRIVATE_JWK = API_KEY.privateKey.export({ format: 'jwk' })
let issuer: TestIssuer
let folder: string
let api: readonly string[]
beforeAll(async () => {
  issuer = await createTestIssuer({ algorithms: ['ES256', 'HS256'], audience: AUDIENCE })
  api = ['--issuer', await issuer.listen(), '--audience', AUDIENCE]
  folder = await mkdtemp(join(tmpdir(), 'gatewarden-'))
  await writeFile(join(folder, 'jwks.json'), JSON.stringify(issuer.jwks()))
  await writeFile(join(folder, 'page.html'), '<html>')
  await writeFile(join(folder, 'key.pem'), API_KEY.privateKey.export({ type: 'pkcs8', format: 'pem' }))
  await writeFile(join(folder, 'key.json'), JSON.stringify(PRIVATE_JWK))
  await writeFile(join(folder, 'keys.json'), JSON.stringify({ keys: [PRIVATE_JWK] }))
  await writeFile(join(folder, 'broken.json'), '{"kty":"EC","d":"c2VjcmV0')
  await writeFile(join(folder, 'empty.json'), '{"keys":[]}')
})
afterAll(async () => {
  await issuer.close()
  await rm(folder, { recursive: true })
})

describe('gatewarden explain', () => {
  it('admits an access token, with header, claims, dates in words and every check, and exits 0', async () => {
    const { code, out, err } = await gatewarden([
      'explain',
      await issuer.accessToken({ scope: 'read:patients' }),
      ...api,
    ])
    expect([code, err]).toEqual([0, ''])
    expect(out).toMatch(/^admitted \(this is an RFC 9068 access token\)\n/)
    expect(out).toMatch(/ {2}exp {2,}\d+ \(\d{4}-\d\d-\d\dT[\d:]+Z, in 59 minutes\)/)
    expect(out).toMatch(/✓ meant for this API +`https:\/\/api.test\/`/)
    expect(out).not.toMatch(/✗|Hint/)
  })

  it('refuses an ID token by its name, with the hint, and exits 1', async () => {
    const { code, out } = await gatewarden(['explain', await issuer.idToken(), ...api])
    expect(code).toBe(1)
    expect(out).toMatch(/^refused: id_token \(this is an ID token\)/)
    expect(out).toMatch(/✗ meant for this API +expected `https:\/\/api.test\/`, got `test-client`/)
    expect(out.split('\n').at(-1)).toMatch(/^Hint: .*request an access token/)
  })

  it.each(['key.pem', 'key.json', 'keys.json'])(
    'opens an encrypted token with a private key out of %s',
    async (file) => {
      const token = await issuer.encrypt(await issuer.accessToken(), { key: API_KEY.publicKey })
      const { code, out, err } = await gatewarden([
        'explain',
        token,
        ...api,
        '--decryption-key',
        join(folder, file),
      ])
      expect([code, err]).toEqual([0, ''])
      expect(out).toMatch(/✓ encrypted for this API, or not at all +alg ECDH-ES, enc A256GCM, kid nothing/)
      expect(out).toMatch(/ {2}sub {2,}user-1/)
    },
  )

  it('says that an encrypted token takes a key, and what is wrong with one, and never shows it', async () => {
    const token = await issuer.encrypt(await issuer.accessToken(), { key: API_KEY.publicKey })
    const without = await gatewarden(['explain', token, ...api])
    expect([without.code, without.out]).toEqual([1, expect.stringMatching(/^refused: encrypted_token/)])
    for (const [file, told] of [
      ['broken.json', /broken.json is not JSON/],
      ['page.html', /`decryption.keys\[0\]` cannot be read as a private key/],
      ['jwks.json', /public key/],
      ['nowhere.pem', /nowhere.pem cannot be read \(ENOENT\)/],
    ] as const) {
      const { code, err } = await gatewarden([
        'explain',
        token,
        ...api,
        '--decryption-key',
        join(folder, file),
      ])
      expect([file, code, err]).toEqual([file, 2, expect.stringMatching(told)])
      expect(err).not.toContain('c2VjcmV0')
    }
  })

  it('never shows the signature, nor a control character', async () => {
    const token = await issuer.accessToken({ claims: { 'red\u001b[31m': 'bell\u0007', '\u202e': 'x' } })
    for (const more of [[], ['--json']]) {
      const { out } = await gatewarden(['explain', token, ...api, ...more])
      expect(out).not.toContain(token.split('.')[2])
      expect(out).not.toMatch(CONTROLS)
    }
  })

  it('says that claims are not verified where the signature does not hold', async () => {
    const { code, out } = await gatewarden(['explain', await issuer.signedByStranger(), ...api])
    expect([code, out]).toEqual([1, expect.stringMatching(/Claims, not verified\n/)])
    expect(out).toMatch(/\? meant for this API/)
  })

  it.each([
    ['the argument', (token: string) => gatewarden(['explain', token, ...api])],
    ['standard input', (token: string) => gatewarden(['explain', '-', ...api], { input: `${token}\n` })],
    ['a pipe', (token: string) => gatewarden(['explain', ...api], { input: `${token}\r\n` })],
    [
      'GATEWARDEN_TOKEN',
      (token: string) => gatewarden(['explain', ...api], { env: { GATEWARDEN_TOKEN: token } }),
    ],
  ])('takes the token from %s', async (_, explain) => {
    expect((await explain(await issuer.accessToken())).code).toBe(0)
  })

  it('takes keys from a file, from an address, or a secret from a variable', async () => {
    const token = await issuer.accessToken()
    expect((await gatewarden(['explain', token, ...api, '--jwks', join(folder, 'jwks.json')])).code).toBe(0)
    expect((await gatewarden(['explain', token, ...api, '--jwks', issuer.jwksUri])).code).toBe(0)
    const env = { API_SECRET: issuer.secret('HS256') }
    const hs = await issuer.accessToken({ algorithm: 'HS256' })
    expect((await gatewarden(['explain', hs, ...api, '--secret-env', 'API_SECRET'], { env })).code).toBe(0)
  })

  it('asks what the operation needs: scopes, clients, profile', async () => {
    const token = await issuer.accessToken({ scope: 'read:patients' })
    const code = async (...more: string[]) => (await gatewarden(['explain', token, ...api, ...more])).code
    expect(await code('--scope', 'read:patients')).toBe(0)
    expect(await code('--scope', 'read:patients', '--scope', 'write:patients')).toBe(1)
    expect(await code('--client', 'test-client')).toBe(0)
    expect(await code('--client', 'another')).toBe(1)
    expect(await code('--profile', 'rfc9068')).toBe(0)
  })

  it('reads the environment that requireJwt() reads, where no option is given', async () => {
    const env = { ISSUER_BASE_URL: issuer.issuer, AUDIENCE }
    expect((await gatewarden(['explain', await issuer.accessToken()], { env })).code).toBe(0)
  })

  it('gives machines the same in JSON', async () => {
    const { code, out } = await gatewarden(['explain', await issuer.expired(), ...api, '--json'])
    expect(code).toBe(1)
    expect(JSON.parse(out)).toMatchObject({
      admitted: false,
      kind: 'an RFC 9068 access token',
      reason: { code: 'expired' },
      claims: { aud: AUDIENCE },
    })
  })

  it('reads a token of whom nothing is said, but judges nothing, and asks nobody', async () => {
    issuer.resetRequests()
    const { code, out, err } = await gatewarden(['explain', await issuer.idToken()])
    expect([code, out, err]).toEqual([
      2,
      expect.stringMatching(/^This is an ID token\./),
      expect.stringMatching(/Nothing was checked/),
    ])
    expect([issuer.requests.discovery, issuer.requests.jwks]).toEqual([[], []])
  })
})

describe('gatewarden explain says in one line what is wrong with its input, and exits 2', () => {
  it.each<[string, () => Promise<Parameters<typeof gatewarden>>, RegExp]>([
    ['no token', async () => [['explain', ...api]], /no token/],
    ['an empty pipe', async () => [['explain', ...api], { input: '\n' }], /no token/],
    ['an empty argument', async () => [['explain', '', ...api]], /empty/],
    ['two tokens', async () => [['explain', 'a.b.c', 'd.e.f', ...api]], /two tokens/],
    ['a space inside', async () => [['explain', 'a.b .c', ...api]], /spaces or line breaks/],
    [
      'a line break inside',
      async () => [['explain', '-', ...api], { input: 'a.b\n.c' }],
      /spaces or line breaks/,
    ],
    [
      'Bearer in front',
      async () => [['explain', `Bearer ${await issuer.accessToken()}`, ...api]],
      /without `Bearer `/,
    ],
    ['1 MB', async () => [['explain', ...api], { input: 'a'.repeat(1_000_000) }], /no token/],
    [
      'an issuer that is down',
      async () => [
        [
          'explain',
          await issuer.accessToken({ claims: { iss: 'http://127.0.0.1:1' } }),
          '--issuer',
          'http://127.0.0.1:1',
          '--audience',
          AUDIENCE,
        ],
      ],
      /keys cannot be had/,
    ],
    [
      'a key set that is not JSON',
      async () => [['explain', 'a.b.c', ...api, '--jwks', join(folder, 'page.html')]],
      /page.html is not JSON/,
    ],
    [
      'a key set without keys',
      async () => [['explain', 'a.b.c', ...api, '--jwks', join(folder, 'empty.json')]],
      /JWK Set without keys/,
    ],
    [
      'a file that is not there',
      async () => [['explain', 'a.b.c', ...api, '--jwks', join(folder, 'nothing')]],
      /cannot be read \(ENOENT\)/,
    ],
    [
      'a variable that is not set',
      async () => [['explain', 'a.b.c', ...api, '--secret-env', 'NOTHING']],
      /NOTHING is not set/,
    ],
    [
      'a secret that is too short',
      async () => [['explain', 'a.b.c', ...api, '--secret-env', 'S'], { env: { S: 'short' } }],
      /5 bytes/,
    ],
    [
      'keys and a secret',
      async () => [['explain', 'a.b.c', ...api, '--jwks', 'x', '--secret-env', 'S']],
      /exclude each other/,
    ],
    ['an unknown option', async () => [['explain', 'a.b.c', '--isuer', 'x']], /--isuer/],
    ['an option without its value', async () => [['explain', 'a.b.c', '--issuer']], /--issuer/],
    [
      'an issuer without an audience',
      async () => [['explain', 'a.b.c', '--issuer', 'https://issuer.test/']],
      /--audience is missing/,
    ],
    [
      'an audience without an issuer',
      async () => [['explain', 'a.b.c', '--audience', 'x']],
      /--issuer is missing/,
    ],
    [
      'an issuer over plain http',
      async () => [['explain', 'a.b.c', '--issuer', 'http://issuer.test/', '--audience', 'x']],
      /https/,
    ],
    [
      'a tolerance in words',
      async () => [['explain', 'a.b.c', ...api, '--clock-tolerance', 'five']],
      /number of seconds/,
    ],
    [
      'an algorithm that does not exist',
      async () => [['explain', 'a.b.c', ...api, '--algorithm', 'none']],
      /`none`.*not supported/,
    ],
    ['no command', async () => [[]], /explain or doctor/],
    ['an unknown command', async () => [['decode']], /no such command/],
    ['a command of the prototype', async () => [['toString']], /no such command/],
  ])('%s', async (_, given, line) => {
    const { code, out, err } = await gatewarden(...(await given()))
    expect([code, out]).toEqual([2, ''])
    expect(err.split('\n')).toHaveLength(1)
    expect(err).toMatch(/^gatewarden: /)
    expect(err).toMatch(line)
  })

  it.each([[['--help']], [['explain', '-h']], [['help']]])(
    '%j tells how it is used, and exits 0',
    async (args) => {
      expect(await gatewarden(args)).toMatchObject({
        code: 0,
        err: '',
        out: expect.stringMatching(/^usage: gatewarden explain/),
      })
    },
  )

  it('--version tells the version', async () => {
    expect(await gatewarden(['--version'])).toMatchObject({
      code: 0,
      out: expect.stringMatching(/^\d+\.\d+\.\d+$/),
    })
  })
})
