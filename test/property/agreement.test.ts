import type { ReasonCode } from '@gatewarden/core'
import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'
import { type Api, type CoreVerdict, createJudges, type Judges, NOW, type OtherVerdict } from './judges.ts'
import { STRICTER } from './stricter.ts'
import { makeToken, type Recipe, recipe, SOUND } from './tokens.ts'

/** `pnpm fuzz` sets more; each tries other tokens, for the seed is another each time. */
const TOKENS = Number(process.env['FUZZ_RUNS'] ?? 20_000)
const TEN_MINUTES = 600_000

/** Recipes that once broke a property, to be tried first: paste a counterexample here as it was printed. */
const REGRESSIONS: [Recipe][] = []

let judges: Judges
beforeAll(async () => {
  vi.useFakeTimers({ now: NOW * 1000, toFake: ['Date'] })
  judges = await createJudges()
})
afterAll(() => {
  vi.useRealTimers()
})

interface Verdicts {
  readonly core: CoreVerdict
  readonly jose: OtherVerdict
  readonly strict: CoreVerdict
  readonly oauth: OtherVerdict
}

async function judge(chosen: Recipe): Promise<Verdicts> {
  const { api } = chosen
  const token = await makeToken(chosen, judges)
  const [core, jose, strict, oauth] = await Promise.all([
    judges.core(api, token),
    judges.jose(api, token),
    judges.strictCore(token),
    judges.oauth4webapi(token),
  ])
  return { core, jose, strict, oauth }
}

/** How often each verdict came out, so that agreement is not agreement about nothing. */
const tally = { both: 0, neither: 0, joseOnly: 0, strictBoth: 0 }
const codes = new Set<ReasonCode>()

function count({ core, jose, strict, oauth }: Verdicts): void {
  if (core.admitted) tally.both++
  else {
    codes.add(core.code)
    if (jose.admitted) tally.joseOnly++
    else tally.neither++
  }
  if (strict.admitted && oauth.admitted) tally.strictBoth++
}

describe('core, jose.jwtVerify and oauth4webapi, given the same keys, issuer, audience, algorithms and time', () => {
  it(
    `agree on each of ${TOKENS} tokens that core admits and on its claims, and core is stricter only for a reason on the list (RFC 8725)`,
    async () => {
      const listed = Object.keys(STRICTER)
      await fc.assert(
        fc.asyncProperty(recipe, async (chosen) => {
          const verdicts = await judge(chosen)
          count(verdicts)
          const { core, jose, strict, oauth } = verdicts
          if (core.admitted) expect(jose).toEqual({ admitted: true, payload: core.auth.claims })
          else if (jose.admitted) expect(listed).toContain(core.code)
          if (strict.admitted) expect(oauth).toEqual({ admitted: true, payload: strict.auth.claims })
        }),
        { numRuns: TOKENS, examples: REGRESSIONS },
      )
    },
    TEN_MINUTES * Math.ceil(TOKENS / 100_000),
  )

  it('were shown tokens of which each verdict had its share (ours)', () => {
    expect(tally.both).toBeGreaterThan(TOKENS / 10)
    expect(tally.neither).toBeGreaterThan(TOKENS / 10)
    expect(tally.joseOnly).toBeGreaterThan(TOKENS / 50)
    expect(tally.strictBoth).toBeGreaterThan(TOKENS / 20)
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
