import { tell } from '../telemetry.ts'
import type { JwkSet } from './jwk-set.ts'

/** Tells of a set that was fetched or confirmed, and of the keys that came and went since `before`. */
export function tellOfRefresh(issuer: string, before: JwkSet | undefined, after: JwkSet): void {
  const added = difference(after, before)
  const removed = before === undefined ? [] : difference(before, after)
  const changed = added.length + removed.length > 0
  tell('gatewarden:keys:refresh', () => ({ issuer, keys: after.keys.length, changed }))
  if (changed && before !== undefined) tell('gatewarden:keys:rotation', () => ({ issuer, added, removed }))
}

/** The ids of the keys that are in `set` and not in `other`. Unchanged keys are the same objects in both. */
function difference(set: JwkSet, other: JwkSet | undefined): readonly (string | undefined)[] {
  return set.keys.filter((key) => !other?.keys.includes(key)).map(({ kid }) => kid)
}
