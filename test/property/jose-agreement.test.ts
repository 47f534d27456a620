import type { ReasonCode } from '@gatewarden/core'
import fc from 'fast-check'
import { beforeAll, describe, expect, it } from 'vitest'
import { type Api, type CoreVerdict, createJudges, type JoseVerdict, type Judges } from './judges.ts'
import { STRICTER } from './stricter.ts'
import { makeToken, type Recipe, recipe, SOUND } from './tokens.ts'

const TOKENS = 3000

/** Recipes that once broke a property, to be tried first: paste a counterexample here as it was printed. */
const REGRESSIONS: [Recipe][] = []

let judges: Judges
beforeAll(async () => {
  judges = await createJudges()
})

async function judge(chosen: Recipe): Promise<{ core: CoreVerdict; jose: JoseVerdict }> {
  const token = await makeToken(chosen, judges)
  const [core, jose] = await Promise.all([judges.core(chosen.api, token), judges.jose(chosen.api, token)])
  return { core, jose }
}

async function forAnyToken(check: (core: CoreVerdict, jose: JoseVerdict) => void): Promise<void> {
  await fc.assert(
    fc.asyncProperty(recipe, async (chosen) => {
      const { core, jose } = await judge(chosen)
      check(core, jose)
    }),
    { numRuns: TOKENS, examples: REGRESSIONS },
  )
}

describe('core and jose.jwtVerify, given the same keys, issuer, audience, algorithms and time', () => {
  it('agree on every token that core admits, and on each of its claims (RFC 7519 §7.2)', async () => {
    await forAnyToken((core, jose) => {
      if (!core.admitted) return
      expect(jose).toEqual({ admitted: true, payload: core.auth.claims })
    })
  })

  it('differ only where core is stricter for a reason on the list (RFC 8725)', async () => {
    const codes = Object.keys(STRICTER)
    await forAnyToken((core, jose) => {
      if (!core.admitted && jose.admitted) expect(codes).toContain(core.code)
    })
  })

  it('are shown tokens of which each verdict has at least a tenth (ours)', async () => {
    const tally = { both: 0, neither: 0, joseOnly: 0 }
    const codes = new Set<ReasonCode>()
    await forAnyToken((core, jose) => {
      if (core.admitted) tally.both++
      else {
        codes.add(core.code)
        if (jose.admitted) tally.joseOnly++
        else tally.neither++
      }
    })
    expect(tally.both).toBeGreaterThan(TOKENS / 10)
    expect(tally.neither).toBeGreaterThan(TOKENS / 10)
    expect(tally.joseOnly).toBeGreaterThan(TOKENS / 50)
    expect(codes.size).toBeGreaterThan(15)
  })

  it.each<[Api, Recipe['algorithm']]>([
    ['public keys', 'ES256'],
    ['public keys', 'EdDSA'],
    ['public keys', 'RS256'],
    ['secret', 'HS256'],
  ])('both admit a sound token at the API with %s signed with %s (RFC 9068 §4)', async (api, algorithm) => {
    const { core, jose } = await judge({ ...SOUND, api, algorithm })
    expect([core.admitted, jose.admitted]).toEqual([true, true])
  })
})

describe('the list of reasons for which core is stricter', () => {
  const examples = Object.entries(STRICTER).flatMap(([code, { why, examples }]) =>
    Object.entries(examples).map(([what, chosen]) => [what, code, why, chosen] as const),
  )

  it.each(examples)('is needed: jose admits %s, core says %s since %s', async (_, code, __, chosen) => {
    const { core, jose } = await judge(chosen)
    expect(jose.admitted).toBe(true)
    expect(core).toEqual({ admitted: false, code })
  })
})
