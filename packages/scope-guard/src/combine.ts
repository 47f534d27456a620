import { ConfigurationError, type Denial, type Guard, Reason, show } from '@gatewarden/core'
import { guard } from './guard.ts'

/** All guards must let through. A refusal for want of a scope names the scopes of all of them, so that one request for more will do. */
export function allOf(...guards: Guard[]): Guard {
  requireGuards('allOf', guards)
  const needed = union(...guards.map(({ scopes = [] }) => scopes))
  return guard(needed, (auth) => {
    for (const check of guards) {
      const denial = check(auth)
      if (denial !== undefined)
        return denial.scope === undefined ? denial : denial.withScope(union(needed, denial.scope))
    }
    return undefined
  })
}

/** One guard must let through. A refusal is the first alternative's. */
export function anyOf(...guards: Guard[]): Guard {
  requireGuards('anyOf', guards)
  return guard(guards[0]?.scopes ?? [], (auth) => {
    let first: Denial | undefined
    for (const check of guards) {
      const denial = check(auth)
      if (denial === undefined) return undefined
      first ??= denial
    }
    return first
  })
}

/** The guard must deny. No scope could be requested to please it, so a refusal names none. */
export function not(inner: Guard): Guard {
  requireGuards('not', [inner])
  return guard([], (auth) =>
    inner(auth) === undefined
      ? new Reason('guard_denied', {
          expected: 'a guard inside not() that denies',
          actual: 'one that lets through',
        })
      : undefined,
  )
}

function union(...lists: readonly (readonly string[])[]): readonly string[] {
  return [...new Set(lists.flat())]
}

/** An empty `anyOf` would deny everyone and an empty `allOf` nobody; neither is what was meant. */
function requireGuards(option: string, guards: readonly Guard[]): void {
  const strangers = guards.filter((check) => typeof check !== 'function')
  if (guards.length > 0 && strangers.length === 0) return
  const problem = guards.length === 0 ? 'holds no guard' : `holds ${show(strangers[0])}, which is no guard`
  throw new ConfigurationError(option, problem, `Give guards: ${option}(scopes('read:patients'))`)
}
