import { UsageError } from './errors.ts'
import type { Denial, Guard } from './guard.ts'
import { Reason } from './reason.ts'
import { REASONS } from './reasons.ts'
import { show } from './text.ts'
import type { AuthContext } from './token/context.ts'

/**
 * Holds a caller to a guard. Nobody was admitted: credentials are asked for.
 *
 * @param catalogue the API's scopes with descriptions, for the hint
 * @throws UsageError where the guard answers with anything but `undefined` or a denial; so does a promise, which would else pass
 */
export function checkGuard(
  auth: AuthContext | undefined,
  guard: Guard,
  catalogue: { readonly [name: string]: string | undefined },
): Denial | undefined {
  if (auth === undefined) return new Reason('no_credentials')
  const denial: unknown = guard(auth)
  if (denial === undefined) return undefined
  if (!(denial instanceof Reason) || REASONS[denial.code].status !== 403) {
    throw new UsageError(
      `a guard answered ${show(denial)}: it must answer undefined or a denial, and at once`,
    )
  }
  return described(denial, catalogue)
}

function described(denial: Denial, catalogue: { readonly [name: string]: string | undefined }): Denial {
  const needed = denial.scope ?? []
  if (needed.length === 0 || Object.keys(catalogue).length === 0) return denial
  const meanings = needed.map((name) =>
    Object.hasOwn(catalogue, name)
      ? `${name} (${catalogue[name]})`
      : `${name} (not in the catalogue: misspelt?)`,
  )
  return denial.withHint(`${denial.hint}. Needed: ${meanings.join(', ')}`)
}
