import { escapeControls, show } from '@gatewarden/core'
import { type JwkSet, readJwkSet } from '@gatewarden/core/diagnostics'
import { bad, type Finding, good } from './finding.ts'

/** Keys that are shown one by one. */
const MOST = 50

/** Looks at each key of a key set: what it can verify, or why it cannot be used. */
export function inspectKeys(json: unknown, source: string): Finding[] {
  const set = readJwkSet(json)
  if (typeof set === 'string')
    return [bad('key set', `${source} ${set}`, 'An API with this key set answers 503')]
  const total = (json as { readonly keys: readonly unknown[] }).keys.length
  const usable = set.keys.length
  const whole =
    usable > 0
      ? good('key set', `${source}: ${usable} of ${total} keys can be used`)
      : bad('key set', `${source}: no key can be used`, 'An API with this key set answers 503')
  return [whole, ...keyLines(set, total)]
}

function keyLines(set: JwkSet, total: number): Finding[] {
  const lines = [...set.keys.map(usableKey), ...set.unusable.map(unusableKey)]
  if (lines.length <= MOST) return lines
  const more = good('...', `and ${total - MOST} more`)
  // Where the engine does not read all, its last entry says so.
  const unread = lines.length < total ? lines.slice(-1) : []
  return [...lines.slice(0, MOST), more, ...unread]
}

function usableKey({ kid, algorithms }: JwkSet['keys'][number]): Finding {
  return good(`key ${show(kid)}`, algorithms.join(', '))
}

/** No fault: it is skipped, and may be for something else (encryption, say). */
function unusableKey({ kid, index, unusable }: JwkSet['unusable'][number]): Finding {
  return good(
    `key ${kid === undefined ? `no. ${index + 1}` : show(kid)}`,
    `skipped: it ${escapeControls(unusable)}`,
  )
}
