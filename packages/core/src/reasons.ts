import { ACCESS } from './reasons/access.ts'
import { CLAIMS } from './reasons/claims.ts'
import { CREDENTIALS } from './reasons/credentials.ts'
import { FORM } from './reasons/form.ts'
import { INTROSPECTION } from './reasons/introspection.ts'
import { KIND } from './reasons/kind.ts'
import { LOGOUT } from './reasons/logout.ts'
import type { ReasonRow } from './reasons/row.ts'
import { SIGNATURE } from './reasons/signature.ts'

/** Every way a request can be refused. The codes are stable; docs/reasons.md is generated from this table. */
export const REASONS = {
  ...CREDENTIALS,
  ...FORM,
  ...SIGNATURE,
  ...INTROSPECTION,
  ...KIND,
  ...CLAIMS,
  ...ACCESS,
  ...LOGOUT,
} as const satisfies Record<string, ReasonRow>

/** The stable name of a way to be refused. */
export type ReasonCode = keyof typeof REASONS
