import { createTestIssuer, type TestIssuer } from '@gatewarden/testing'
import { afterEach, describe, expect, it } from 'vitest'
import { gatewarden } from './terminal.ts'

const AUDIENCE = 'https://api.test/'
const SECRET = 'a secret of at least thirty-two bytes'

describe('gatewarden doctor, with the environment that requireJwt() reads', () => {
  let issuer: TestIssuer | undefined
  afterEach(() => issuer?.close())

  const publishedAs = async (path: string): Promise<string> => {
    issuer = await createTestIssuer({ algorithms: ['ES256'], audience: AUDIENCE })
    return issuer.listen({ path })
  }

  it.each([
    ['with a final slash that ISSUER_BASE_URL lacks', '/', (base: string) => base.slice(0, -1)],
    ['without the final slash of ISSUER_BASE_URL', '/tenant', (base: string) => `${base}/`],
  ])(
    'accepts an issuer that is published %s, and says that the published one counts',
    async (_, path, given) => {
      const published = await publishedAs(path)
      const env = { ISSUER_BASE_URL: given(published), AUDIENCE }
      const { code, out } = await gatewarden(['doctor'], { env })
      expect([code, out]).toEqual([0, expect.stringMatching(/✓ issuer .*the published one counts/)])
      expect(out).toContain(
        `the metadata names \`${published}\`, not \`${given(published)}\`: the final slash`,
      )
      // What is pasted into source is exact.
      expect(out).toContain(`issuer: '${published}',`)
      expect((await gatewarden(['explain', (await issuer?.accessToken()) ?? ''], { env })).code).toBe(0)
    },
  )

  it('takes ISSUER as it stands: a final slash is a fault, as it is for the API', async () => {
    const env = { ISSUER: (await publishedAs('/')).slice(0, -1), AUDIENCE }
    const { code, out } = await gatewarden(['doctor'], { env })
    expect([code, out]).toEqual([1, expect.stringMatching(/✗ issuer .*\n.*final slash only/)])
  })

  it('accepts no other issuer because of that', async () => {
    const env = { ISSUER_BASE_URL: await publishedAs(''), AUDIENCE }
    issuer?.behave({ discovery: { metadata: { issuer: 'https://evil.test/' } } })
    const { code, out } = await gatewarden(['doctor'], { env })
    expect([code, out]).toEqual([1, expect.stringMatching(/✗ issuer .*evil.test/)])
  })

  it.each([
    [{ SECRET }, 'SECRET'],
    [{ GATEWARDEN_SECRET: SECRET }, 'GATEWARDEN_SECRET'],
    [{ SECRET, GATEWARDEN_SECRET: SECRET }, 'GATEWARDEN_SECRET'],
    [{ SECRET, GATEWARDEN_SECRET: ' ' }, 'SECRET'],
  ])('shows where the shared secret stands, never the secret (%#)', async (secrets, name) => {
    const env = { ISSUER_BASE_URL: 'https://issuer.test/', AUDIENCE, TOKEN_SIGNING_ALG: 'HS256', ...secrets }
    const { code, out } = await gatewarden(['doctor'], { env })
    expect([code, out]).toEqual([0, expect.stringContaining(`  keys: secret(process.env.${name}),\n`)])
    expect(out).not.toContain('staticJwks')
    expect(out).not.toContain(SECRET)
  })

  it('shows the variable that --secret-env names, also where it is no plain name', async () => {
    const api = ['--issuer', 'https://issuer.test/', '--audience', AUDIENCE]
    const env = { API_SECRET: SECRET, 'api-secret': SECRET }
    const shown = async (name: string) =>
      (await gatewarden(['doctor', ...api, '--secret-env', name], { env })).out
    expect(await shown('API_SECRET')).toContain('keys: secret(process.env.API_SECRET),')
    expect(await shown('api-secret')).toContain("keys: secret(process.env['api-secret']),")
  })
})
