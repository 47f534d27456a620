import type { Reason } from '@gatewarden/express'

/** A refusal in one line for the operator's log. It may hold claim values, never a token or a secret. */
export function operatorView({ code, message, hint }: Reason): string {
  return `${code}: ${message}. Hint: ${hint}`
}
