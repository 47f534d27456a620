import { setFlagsFromString } from 'node:v8'
import { runInNewContext } from 'node:vm'

setFlagsFromString('--expose-gc')
const gc = runInNewContext('gc') as (options?: { readonly type: 'minor' | 'major' }) => void

/** Clears away what was made and dropped since the last time (a minor collection). */
export function clearNursery(): void {
  gc({ type: 'minor' })
}

/** Clears away all that nobody holds. */
export function collectGarbage(): void {
  gc()
}
