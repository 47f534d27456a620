import type { Case } from './case.ts'
import { ANSWERS } from './cases/answers.ts'
import { CLAIMS } from './cases/claims.ts'
import { CREDENTIALS } from './cases/credentials.ts'
import { ENCRYPTION } from './cases/encryption.ts'
import { FORM } from './cases/form.ts'
import { GUARDS } from './cases/guards.ts'
import { INTROSPECTION } from './cases/introspection.ts'
import { KEYS } from './cases/keys.ts'
import { KINDS } from './cases/kinds.ts'

/** The wire contract, by chapter. */
export const CASES: Readonly<Record<string, readonly Case[]>> = {
  credentials: CREDENTIALS,
  answers: ANSWERS,
  form: FORM,
  encryption: ENCRYPTION,
  introspection: INTROSPECTION,
  keys: KEYS,
  claims: CLAIMS,
  kinds: KINDS,
  guards: GUARDS,
}
