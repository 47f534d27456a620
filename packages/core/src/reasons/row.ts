/** What the wire may say (RFC 6750 §3.1); `temporarily_unavailable` is a 503 and carries no challenge. */
export type WireError = 'invalid_request' | 'invalid_token' | 'insufficient_scope' | 'temporarily_unavailable'

/** One row of the table: the caller's side (`status`, `error`, `sentence`) and the operator's (`meaning`, `hint`). */
export interface ReasonRow {
  readonly status: 400 | 401 | 403 | 503
  /** `undefined`: a bare challenge, for a request that carried no credentials of ours. */
  readonly error: WireError | undefined
  /** Fixed text for the caller. Never built from what was sent. */
  readonly sentence: string
  /** What happened, for the operator's log. Expected and actual values are appended. */
  readonly meaning: string
  /** What to do about it, where nothing more precise is known. Never reaches the wire. */
  readonly hint: string
}

export const bare = (meaning: string, hint: string): ReasonRow => ({
  status: 401,
  error: undefined,
  sentence: '',
  meaning,
  hint,
})
export const badRequest = (sentence: string, meaning: string, hint: string): ReasonRow => ({
  status: 400,
  error: 'invalid_request',
  sentence,
  meaning,
  hint,
})
export const badToken = (sentence: string, meaning: string, hint: string): ReasonRow => ({
  status: 401,
  error: 'invalid_token',
  sentence,
  meaning,
  hint,
})
export const forbidden = (sentence: string, meaning: string, hint: string): ReasonRow => ({
  status: 403,
  error: 'insufficient_scope',
  sentence,
  meaning,
  hint,
})
export const unavailable = (sentence: string, meaning: string, hint: string): ReasonRow => ({
  status: 503,
  error: 'temporarily_unavailable',
  sentence,
  meaning,
  hint,
})
