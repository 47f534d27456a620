import { escapeControls, show } from '@gatewarden/core'
import { type JwkSet, readJwkSet } from '@gatewarden/core/diagnostics'
import { bad, type Finding, good } from './finding.ts'

/** Looks at each key of a key set: what it can verify, or why it cannot be used. */
export function inspectKeys(json: unknown, source: string): Finding[] {
  const set = readJwkSet(json)
  if (typeof set === 'string')
    return [bad('key set', `${source} ${set}`, 'An API with this key set answers 503')]
  const usable = set.keys.length
  const whole =
    usable > 0
      ? good('key set', `${source}: ${usable} of ${usable + set.unusable.length} keys can be used`)
      : bad('key set', `${source}: no key can be used`, 'An API with this key set answers 503')
  return [whole, ...set.keys.map(usableKey), ...set.unusable.map(unusableKey)]
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
