import { show } from '@gatewarden/core'

/** What a value is, in a few words and without what is in it: an address of Redis may hold a password. */
export function kindOf(value: unknown): string {
  if (value === undefined || value === null) return 'nothing'
  if (typeof value === 'string') return 'a text'
  if (typeof value !== 'object') return `a ${typeof value}`
  if (value instanceof Promise) return 'a promise (await it)'
  const name: unknown = value.constructor?.name
  if (typeof name === 'string' && name !== 'Object') return `a value of the class ${show(name)}`
  return `an object with the members ${show(Object.keys(value))}`
}
