import { show } from '@gatewarden/core'

/**
 * Seconds as Redis takes them: whole ones, rounded up, 1 at least.
 *
 * @throws TypeError where `seconds` is no number; RangeError where it is not finite, or too many to be counted
 */
export function wholeSeconds(seconds: number): string {
  if (typeof seconds !== 'number') throw new TypeError(`seconds are ${show(seconds)}, not a number`)
  const whole = Math.max(1, Math.ceil(seconds))
  if (!Number.isSafeInteger(whole))
    throw new RangeError(`seconds are ${seconds}, not a finite number of them`)
  return `${whole}`
}
