import { Reason } from '../reason.ts'

/**
 * The one value of a field in a form, as text (application/x-www-form-urlencoded) or as a body parser left it. Other fields are of no
 * concern (OpenID Connect Back-Channel Logout §2.5).
 */
export function readField(form: unknown, name: string): string | Reason {
  const values = valuesOf(form, name)
  const [value, ...others] = values
  if (others.length > 0) return malformed(name, `${values.length} of them`)
  if (value === undefined) return malformed(name, 'none')
  return typeof value === 'string' && value !== '' ? value : malformed(name, 'one that is empty or no text')
}

function valuesOf(form: unknown, name: string): readonly unknown[] {
  if (typeof form === 'string') return new URLSearchParams(form).getAll(name)
  if (Buffer.isBuffer(form)) return new URLSearchParams(form.toString('utf8')).getAll(name)
  if (typeof form !== 'object' || form === null || !Object.hasOwn(form, name)) return []
  const value: unknown = Reflect.get(form, name)
  return Array.isArray(value) ? value : [value]
}

function malformed(name: string, actual: string): Reason {
  return new Reason('logout_request_malformed', { expected: `exactly one ${name}`, actual })
}
