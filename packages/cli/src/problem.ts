import { ConfigurationError, escapeControls, messageOf } from '@gatewarden/core'
import { UsageProblem } from './usage.ts'

/** What is said on standard error where there is no verdict: one line, whatever was thrown. */
export function problemLine(error: unknown): string {
  if (error instanceof UsageProblem || error instanceof ConfigurationError)
    return `gatewarden: ${escapeControls(error.message)}`
  const text = messageOf(error) || `a thrown ${typeof error}`
  return `gatewarden: it went wrong for a reason that nobody foresaw: ${text}`
}
