import { randomUUID } from 'node:crypto'

export interface NewPatient {
  readonly name: string
  /** Date of birth, YYYY-MM-DD. */
  readonly born: string
}

export interface Patient extends NewPatient {
  readonly id: string
}

/** The patients of this process: gone when it ends. */
export class Ward {
  readonly #patients: Patient[] = [{ id: randomUUID(), name: 'Jean Bartik', born: '1924-12-27' }]

  all(): readonly Patient[] {
    return this.#patients
  }

  admit(patient: NewPatient): Patient {
    const admitted = { id: randomUUID(), ...patient }
    this.#patients.push(admitted)
    return admitted
  }
}

/** Reads a patient from a request body, or says for each field what is wrong with it. */
export function readPatient(body: unknown): { patient: NewPatient } | { problems: Record<string, string> } {
  if (typeof body !== 'object' || body === null || Array.isArray(body)) {
    return { problems: { body: 'must be a JSON object, sent with Content-Type: application/json' } }
  }
  const { name, born } = body as Record<string, unknown>
  const problems: Record<string, string> = {}
  if (!isName(name)) problems['name'] = 'must be a text of 1 to 100 characters'
  if (!isPastDate(born)) problems['born'] = 'must be a date in the past, YYYY-MM-DD'
  return isName(name) && isPastDate(born) ? { patient: { name: name.trim(), born } } : { problems }
}

function isName(value: unknown): value is string {
  return typeof value === 'string' && value.trim().length > 0 && value.length <= 100
}

function isPastDate(value: unknown): value is string {
  if (typeof value !== 'string' || !/^\d{4}-\d{2}-\d{2}$/.test(value)) return false
  const date = new Date(`${value}T00:00:00Z`)
  // Date turns 30 February into 1 March: only what comes out unchanged is a date.
  return date.getTime() < Date.now() && date.toISOString().startsWith(value)
}
