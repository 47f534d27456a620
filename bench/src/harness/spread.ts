/** Median and quartiles of what was measured. */
export interface Spread {
  readonly low: number
  readonly median: number
  readonly high: number
}

/** Quartiles by linear interpolation between the two nearest values. */
export function spreadOf(values: readonly number[]): Spread {
  const sorted = [...values].sort((a, b) => a - b)
  return { low: quantile(sorted, 0.25), median: quantile(sorted, 0.5), high: quantile(sorted, 0.75) }
}

function quantile(sorted: readonly number[], share: number): number {
  const place = (sorted.length - 1) * share
  const below = sorted[Math.floor(place)] ?? Number.NaN
  const above = sorted[Math.ceil(place)] ?? Number.NaN
  return below + (above - below) * (place - Math.floor(place))
}

/** `1.36 (1.34–1.39)`: median and quartiles. */
export function spreadText({ low, median, high }: Spread): string {
  return `${short(median)} (${short(low)}–${short(high)})`
}

/** Three digits that say something. */
export function short(value: number): string {
  if (value === 0) return '0'
  const digits = Math.max(0, 2 - Math.floor(Math.log10(Math.abs(value))))
  return value.toFixed(Math.min(digits, 3))
}
