import { REASONS, type ReasonCode } from './reasons.ts'
import { escapeControls } from './text.ts'

/** What a step knows about a refusal, in words for the operator. Values from a token stand in them as `show()` prints them. */
export interface ReasonDetails {
  readonly expected?: string | undefined
  readonly actual?: string | undefined
  /** A hint more precise than the table's. */
  readonly hint?: string | undefined
  /** All scopes that the operation needs: the `scope` of a 403 (RFC 6750 §3). */
  readonly scope?: readonly string[] | undefined
}

/**
 * Why a request was refused, for the operator. A value, not an exception: steps return it.
 * It holds claim values but never a token, a signature or a secret.
 */
export class Reason {
  readonly code: ReasonCode
  /** The whole sentence for a log, without the hint: what happened, expected, found. */
  readonly message: string
  /** What was expected, ready to print. */
  readonly expected: string | undefined
  /** What was found, ready to print. */
  readonly actual: string | undefined
  /** What to do about it. Never sent to the caller. */
  readonly hint: string
  /** All scopes that the operation needs, where scopes are what is missing. */
  readonly scope: readonly string[] | undefined

  constructor(code: ReasonCode, details: ReasonDetails = {}) {
    this.code = code
    this.expected = details.expected && escapeControls(details.expected)
    this.actual = details.actual && escapeControls(details.actual)
    this.hint = escapeControls(details.hint ?? REASONS[code].hint)
    this.scope = details.scope
    this.message = sentence(REASONS[code].meaning, this.expected, this.actual)
  }

  /** The same reason with a more precise hint. */
  withHint(hint: string): Reason {
    return this.#with({ hint })
  }

  /** The same reason for an operation that needs all of `scope`. */
  withScope(scope: readonly string[]): Reason {
    return this.#with({ scope })
  }

  #with(changes: ReasonDetails): Reason {
    const { code, expected, actual, hint, scope } = this
    return new Reason(code, { expected, actual, hint, scope, ...changes })
  }

  /** One line: code, message and hint. */
  toString(): string {
    return `${this.code}: ${this.message}. Hint: ${this.hint}`
  }
}

function sentence(meaning: string, expected: string | undefined, actual: string | undefined): string {
  const values = [expected && `expected ${expected}`, actual && `got ${actual}`].filter(Boolean)
  return values.length === 0 ? meaning : `${meaning}: ${values.join(', ')}`
}
