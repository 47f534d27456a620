import {
  type AuthContext,
  createResourceServer,
  type Guard,
  isScopeToken,
  staticJwks,
} from '@gatewarden/core'
import { allOf, anyOf, anyScope, not, scopes } from '@gatewarden/scope-guard'
import { createTestIssuer } from '@gatewarden/testing'
import fc from 'fast-check'
import { beforeAll, describe, expect, it } from 'vitest'

const NAMES = ['a', 'b', 'c', 'd'] as const

/** A condition over scopes, as a tree. */
type Condition =
  | { readonly all: readonly Condition[] }
  | { readonly any: readonly Condition[] }
  | { readonly not: Condition }
  | { readonly scopes: readonly string[] }
  | { readonly anyScope: readonly string[] }

const { condition } = fc.letrec<{ condition: Condition }>((tie) => {
  const several = fc.array(tie('condition'), { minLength: 1, maxLength: 3 })
  const names = fc.subarray([...NAMES], { minLength: 1 })
  return {
    condition: fc.oneof(
      { maxDepth: 4, withCrossShrink: true },
      names.map((scopes) => ({ scopes })),
      names.map((anyScope) => ({ anyScope })),
      several.map((all) => ({ all })),
      several.map((any) => ({ any })),
      tie('condition').map((inner) => ({ not: inner })),
    ),
  }
})

function guardOf(tree: Condition): Guard {
  if ('all' in tree) return allOf(...tree.all.map(guardOf))
  if ('any' in tree) return anyOf(...tree.any.map(guardOf))
  if ('not' in tree) return not(guardOf(tree.not))
  return 'scopes' in tree ? scopes(...tree.scopes) : anyScope(...tree.anyScope)
}

/** What the tree means, said without guards. */
function isTrue(tree: Condition, held: readonly string[]): boolean {
  if ('all' in tree) return tree.all.every((inner) => isTrue(inner, held))
  if ('any' in tree) return tree.any.some((inner) => isTrue(inner, held))
  if ('not' in tree) return !isTrue(tree.not, held)
  return 'scopes' in tree
    ? tree.scopes.every((name) => held.includes(name))
    : tree.anyScope.some((name) => held.includes(name))
}

const hasNot = (tree: Condition): boolean => {
  if ('not' in tree) return true
  if ('all' in tree) return tree.all.some(hasNot)
  return 'any' in tree && tree.any.some(hasNot)
}

let admitted: AuthContext
beforeAll(async () => {
  const issuer = await createTestIssuer({ algorithms: ['ES256'] })
  const api = createResourceServer({
    issuer: issuer.issuer,
    audience: issuer.audience,
    keys: staticJwks(issuer.jwks()),
  })
  const token = await issuer.accessToken()
  const decision = await api.authenticate({ method: 'GET', query: '', header: () => [`Bearer ${token}`] })
  if (!decision.ok || decision.auth === undefined) throw new TypeError('refused')
  admitted = decision.auth
})
const caller = (held: readonly string[]): AuthContext => ({
  ...admitted,
  token: admitted.token,
  scopes: held,
})

const held = fc.subarray([...NAMES])

describe('guards over scopes, combined at will', () => {
  it('let through just those callers of whom the condition is true (ours)', () => {
    fc.assert(
      fc.property(condition, held, (tree, names) => {
        expect(guardOf(tree)(caller(names)) === undefined).toBe(isTrue(tree, names))
      }),
      { numRuns: 3000 },
    )
  })

  it('obey De Morgan (ours)', () => {
    fc.assert(
      fc.property(fc.array(condition, { minLength: 1, maxLength: 3 }), held, (trees, names) => {
        const guards = trees.map(guardOf)
        const through = (guard: Guard) => guard(caller(names)) === undefined
        expect(through(not(allOf(...guards)))).toBe(through(anyOf(...guards.map((guard) => not(guard)))))
        expect(through(not(anyOf(...guards)))).toBe(through(allOf(...guards.map((guard) => not(guard)))))
      }),
      { numRuns: 1000 },
    )
  })

  it('name in a denial scopes that may stand in a challenge, each once (RFC 6750 §3)', () => {
    fc.assert(
      fc.property(condition, held, (tree, names) => {
        const { scope = [] } = guardOf(tree)(caller(names)) ?? {}
        expect(scope.every(isScopeToken)).toBe(true)
        expect(new Set(scope).size).toBe(scope.length)
      }),
      { numRuns: 1000 },
    )
  })

  it('let a caller through that was granted what the denial named, where nothing is negated (RFC 6750 §3.1)', () => {
    fc.assert(
      fc.property(condition, held, (tree, names) => {
        fc.pre(!hasNot(tree))
        const guard = guardOf(tree)
        const denial = guard(caller(names))
        if (denial !== undefined) expect(guard(caller(denial.scope ?? []))).toBeUndefined()
      }),
      { numRuns: 2000 },
    )
  })
})
