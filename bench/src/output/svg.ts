import { short } from '../harness/spread.ts'
import type { Bar, BarChart } from './report.ts'

const WIDTH = 790
const NAMES = 240
const FIGURES = 130
const LENGTH = WIDTH - NAMES - FIGURES
const ROW = 26
const TOP = 58

/** A chart of horizontal bars, with a thin line from quartile to quartile, that can be read on light and dark pages. */
export function svg({ title, unit, bars }: BarChart): string {
  const most = Math.max(...bars.map(({ value, high }) => Math.max(value, high)))
  const height = TOP + bars.length * ROW + 12
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${WIDTH} ${height}" width="${WIDTH}" height="${height}" role="img" aria-label="${escaped(title)}" font-family="system-ui, sans-serif" font-size="13">`,
    `<rect width="${WIDTH}" height="${height}" rx="6" fill="#ffffff"/>`,
    `<text x="14" y="24" font-size="15" font-weight="600" fill="#1f2933">${escaped(title)}</text>`,
    `<text x="14" y="42" font-size="11" fill="#616e7c">${escaped(unit)}</text>`,
    ...bars.flatMap((bar, row) => drawn(bar, TOP + row * ROW, LENGTH / most)),
    '</svg>',
    '',
  ].join('\n')
}

function drawn({ name, value, low, high, ours }: Bar, top: number, scale: number): string[] {
  const at = (place: number) => (NAMES + place * scale).toFixed(1)
  const middle = top + ROW / 2
  const base = middle + 4
  return [
    `<text x="${NAMES - 10}" y="${base}" text-anchor="end" fill="#1f2933"${ours ? ' font-weight="600"' : ''}>${escaped(name)}</text>`,
    `<rect x="${NAMES}" y="${top + 4}" width="${(value * scale).toFixed(1)}" height="${ROW - 8}" rx="2" fill="${ours ? '#0b7285' : '#b0bac5'}"/>`,
    `<path d="M${at(low)} ${middle}H${at(high)}" stroke="#1f2933" stroke-width="1.5"/>`,
    `<text x="${at(Math.max(value, high) + 6 / scale)}" y="${base}" fill="#1f2933">${short(value)}</text>`,
  ]
}

function escaped(text: string): string {
  return text.replace(/[&<>"]/g, (sign) => `&#${sign.charCodeAt(0)};`)
}
