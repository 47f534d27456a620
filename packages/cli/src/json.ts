import { escapeControls } from '@gatewarden/core'

/** A value as JSON of printable ASCII: what a token holds may be made to deceive a terminal. */
export function json(value: unknown): string {
  return JSON.stringify(value, undefined, 2).split('\n').map(escapeControls).join('\n')
}
