import { createResourceServer, type Decision, type ResourceServerOptions, staticJwks } from '@gatewarden/core'
import { describe, expect, it } from 'vitest'
import {
  GOLDEN,
  type GoldenToken,
  ISSUED_AT,
  LEGACY,
  LEGACY_AUDIENCE,
  LEGACY_ISSUER,
} from './golden/index.ts'
import { PRESETS } from './golden-presets.ts'
import { jwks, signed } from './sign.ts'

const keys = staticJwks(jwks)
const now = () => (ISSUED_AT + 60) * 1000
const FIELDS = ['authorization', 'cf-access-jwt-assertion']

async function judge(options: ResourceServerOptions, { claims, header }: GoldenToken): Promise<Decision> {
  const header_ = (name: string) => (FIELDS.includes(name) ? [`Bearer ${signed(claims, header)}`] : [])
  return createResourceServer(options, { now }).authenticate({ method: 'GET', query: '', header: header_ })
}
const verdict = (decision: Decision) => (decision.ok ? 'admitted' : decision.reason.toString())
const refused = (decision: Decision) => {
  expect(verdict(decision)).not.toBe('admitted')
  // 403 where the credential is sound, and its owner is not on the list.
  if (!decision.ok) expect([401, 403]).toContain(decision.refusal.status)
}

describe.each(GOLDEN)('$name', (row) => {
  const { audience, accessTokens, idTokens, others, needsPreset } = row
  const preset = PRESETS.find(([name]) => row.name.startsWith(name))?.[1]
  const template = row.issuer.includes('{')
  const rules = ({ claims }: GoldenToken): ResourceServerOptions => ({
    issuer: template ? `${claims['iss']}` : row.issuer,
    audience: audience === '' ? 'https://api.harbour-shop.example' : audience,
    keys,
  })
  const byPreset = (): ResourceServerOptions => ({
    issuer: preset?.(row, keys) ?? [],
    ...(audience !== '' && { audience }),
    realm: 'api',
  })

  // A row that needs its preset, and has no ID tokens, says nothing about the rules alone.
  if (idTokens.length > 0 || needsPreset === undefined) {
    describe('by the rules alone', () => {
      it.each(idTokens)(
        'an ID token is refused: $name (ARCHITECTURE, "Who the token is for")',
        async (token) => {
          refused(await judge(rules(token), token))
        },
      )
      it.each(needsPreset === undefined ? accessTokens : [])(
        'an access token is admitted: $name (ARCHITECTURE, "Who the token is for")',
        async (token) => {
          expect(verdict(await judge(rules(token), token))).toBe('admitted')
        },
      )
      it.each(needsPreset === undefined ? others : [])(
        'another token is refused: $name (RFC 8725 §3.11)',
        async (token) => {
          refused(await judge(rules(token), token))
        },
      )
    })
  }

  if (preset !== undefined) {
    describe('by its preset', () => {
      it.each(accessTokens)(
        'a token is admitted, and who calls is known: $name (RFC 9068 §5)',
        async (token) => {
          const decision = await judge(byPreset(), token)
          expect(verdict(decision)).toBe('admitted')
          if (decision.ok) expect(decision.auth).toMatchObject(token.expected ?? {})
        },
      )
      it.each(accessTokens)(
        'a token that calls itself something else is refused: $name (RFC 8725 §3.11)',
        async ({ header, ...token }) => {
          for (const typ of ['secevent+jwt', 'dpop+jwt', 'ID+JWT', 7])
            refused(await judge(byPreset(), { ...token, header: { ...header, typ } }))
        },
      )
      it.each([...idTokens, ...others])(
        'another token is refused: $name (ARCHITECTURE, "Who the token is for")',
        async (token) => {
          refused(await judge(byPreset(), token))
        },
      )
    })
  }
})

describe('every row that needs a preset has one, save where none is offered (docs/issuers.md)', () => {
  it('by name', () => {
    const without = GOLDEN.filter(
      ({ name, needsPreset }) =>
        needsPreset !== undefined && !PRESETS.some(([preset]) => name.startsWith(preset)),
    )
    expect(without.map(({ name }) => name)).toEqual(['Clerk, M2M tokens', 'Clerk, OAuth access tokens'])
  })
})

describe('what else is signed, by an issuer of this API', () => {
  const options = { issuer: LEGACY_ISSUER, audience: LEGACY_AUDIENCE, keys }

  it.each(LEGACY)('is refused: $name (RFC 8725 §3.11)', async (token) => {
    expect(await judge(options, token)).toMatchObject({ ok: false, refusal: { status: 401 } })
  })
})
