import { createResourceServer, type Decision, type ResourceServerOptions, staticJwks } from '@gatewarden/core'
import { describe, expect, it } from 'vitest'
import { GOLDEN, type Golden, ISSUED_AT } from './golden.ts'
import { jwks, signed } from './sign.ts'

const keys = staticJwks(jwks)
const now = () => (ISSUED_AT + 60) * 1000

function judge(options: ResourceServerOptions, { claims, header }: Golden): Promise<Decision> {
  const server = createResourceServer(options, { now })
  const field = options.tokenHeader ?? 'authorization'
  const fields = [field, 'cf-access-jwt-assertion']
  return server.authenticate({
    method: 'GET',
    query: '',
    header: (name) => (fields.includes(name) ? [`Bearer ${signed(claims, header)}`] : []),
  })
}
const verdict = (decision: Decision) => (decision.ok ? 'admitted' : decision.reason.toString())

describe.each(GOLDEN)('$name', ({ audience, access, id, preset, needsPreset }) => {
  const generic = ({ claims }: Golden): ResourceServerOptions => ({
    issuer: `${claims['iss']}`,
    audience,
    keys,
  })

  it.each(id)(
    'ID token $name: refused by the rules alone (ARCHITECTURE, "Who the token is for")',
    async (token) => {
      if (needsPreset !== undefined && preset === undefined)
        throw new TypeError('a row without rules and preset')
      // Where an ID token is the credential, only the preset can tell a good one from another; the rules refuse all of them.
      expect(await judge(generic(token), token)).toMatchObject({ ok: false, refusal: { status: 401 } })
    },
  )

  if (needsPreset === undefined) {
    it.each(access)(
      'access token $name: admitted by the rules alone (ARCHITECTURE, "Who the token is for")',
      async (token) => {
        expect(verdict(await judge(generic(token), token))).toBe('admitted')
      },
    )
  } else {
    it.each(access)(`token $name: refused without the preset, for ${needsPreset} (ours)`, async (token) => {
      expect(await judge(generic(token), token)).toMatchObject({ ok: false, refusal: { status: 401 } })
    })
  }

  if (preset === undefined) return

  it.each(access)(
    'token $name: admitted by the preset, which knows who calls (RFC 9068 §5)',
    async (token) => {
      const decision = await judge({ issuer: preset(keys), audience, realm: 'api' }, token)
      expect(verdict(decision)).toBe('admitted')
      if (decision.ok) expect(decision.auth).toMatchObject(token.auth ?? {})
    },
  )

  it.each(id)(
    'ID token $name: refused by the preset (ARCHITECTURE, "Who the token is for")',
    async (token) => {
      const decision = await judge({ issuer: preset(keys), audience, realm: 'api' }, token)
      expect(decision.ok).toBe(false)
      if (!decision.ok) expect([401, 403]).toContain(decision.refusal.status)
    },
  )
})
