import { escapeControls } from '@gatewarden/core'
import { durationInWords } from '@gatewarden/core/diagnostics'

const LONGEST = 200
const TIMES = ['exp', 'nbf', 'iat', 'auth_time', 'updated_at']

/**
 * Members of a header or of claims as lines, names in a column, times as dates and in words.
 *
 * @param now milliseconds since the epoch
 */
export function memberLines(members: object, now: number): string[] {
  const entries = Object.entries(members).map(([name, value]) => [
    escapeControls(name),
    valueInWords(name, value, now),
  ])
  const width = Math.max(0, ...entries.map(([name = '']) => name.length))
  return entries.map(([name = '', value]) => `  ${name.padEnd(width)}  ${value}`)
}

function valueInWords(name: string, value: unknown, now: number): string {
  const time = TIMES.includes(name) && typeof value === 'number' ? timeInWords(value, now) : undefined
  if (time !== undefined) return `${value} (${time})`
  const text = escapeControls(typeof value === 'string' ? value : JSON.stringify(value))
  return text.length > LONGEST ? `${text.slice(0, LONGEST)}... (${text.length} characters)` : text
}

function timeInWords(seconds: number, now: number): string | undefined {
  if (Math.abs(seconds) > 8.64e12) return undefined
  const distance = seconds - now / 1000
  const date = new Date(seconds * 1000).toISOString().replace('.000', '')
  return distance < 0
    ? `${date}, ${durationInWords(-distance)} ago`
    : `${date}, in ${durationInWords(distance)}`
}
