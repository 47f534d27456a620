import { ConfigurationError, escapeControls } from '@gatewarden/core'
import { UsageProblem } from './usage.ts'

const LONGEST = 300

/** What is said on standard error where there is no verdict: one line, whatever was thrown. */
export function problemLine(error: unknown): string {
  if (error instanceof UsageProblem || error instanceof ConfigurationError)
    return `gatewarden: ${escapeControls(error.message)}`
  const text = error instanceof Error ? error.message || error.name : String(error)
  return `gatewarden: it went wrong for a reason that nobody foresaw: ${escapeControls(text.slice(0, LONGEST))}`
}
