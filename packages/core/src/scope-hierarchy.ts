import { ConfigurationError } from './errors.ts'
import { isScopeToken } from './http/challenge.ts'
import type { ScopeName } from './register.ts'
import { show } from './text.ts'

/** Which scopes a scope includes: a table, or a function of the scope that answers with a list. */
export type ScopeHierarchy =
  | { readonly [scope in ScopeName]?: readonly ScopeName[] }
  | ((scope: string) => readonly string[] | undefined)

/** Adds to a list of scopes all that they include, at any depth. */
export type ImpliedScopes = (scopes: readonly string[]) => readonly string[]

const FIX = "Give { admin: ['read:patients', 'write:patients'] }, or a function of a scope"

/** Reads the option `implies`. @throws ConfigurationError where it is something else, or names what is no scope. */
export function readHierarchy(given: unknown): ImpliedScopes | undefined {
  if (given === undefined) return undefined
  if (typeof given === 'function') return (scopes) => closure(scopes, (scope) => given(scope) ?? [])
  if (typeof given !== 'object' || given === null || Array.isArray(given)) {
    throw new ConfigurationError('implies', `is ${show(given)}`, FIX)
  }
  const table = new Map(
    Object.entries(given).map(([scope, included]) => [scope, readIncluded(scope, included)]),
  )
  return (scopes) => closure(scopes, (scope) => table.get(scope) ?? [])
}

function readIncluded(scope: string, included: unknown): readonly string[] {
  const isScope = (name: unknown) => typeof name === 'string' && isScopeToken(name)
  if (isScope(scope) && Array.isArray(included) && included.every(isScope)) return [...included]
  throw new ConfigurationError(`implies.${scope}`, `is ${show(included)}, no list of scopes`, FIX)
}

/** A set grows while it is walked, so that circles end where they began. */
function closure(
  scopes: readonly string[],
  includedIn: (scope: string) => readonly string[],
): readonly string[] {
  const all = new Set(scopes)
  for (const scope of all) for (const included of includedIn(scope)) all.add(included)
  return [...all]
}
