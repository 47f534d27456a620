import { ConfigurationError } from '../errors.ts'
import { readTexts, rejectUnknown, requireObject } from '../option-checks.ts'
import type { TokenPolicy } from '../token/policy.ts'
import type { ClientList } from './options.ts'

const FIX =
  "Give client ids, ['billing', 'portal'], or their scopes, { billing: { scopes: ['read:invoices'] } }"

/** Reads the option `clients`. @throws ConfigurationError where it is empty or something else. */
export function readClients(given: ClientList | undefined, option: string): TokenPolicy['clients'] {
  if (given === undefined) return undefined
  if (Array.isArray(given)) return new Map(readTexts(given, option, FIX).map((client) => [client, undefined]))
  requireObject(given, option, FIX)
  const clients = Object.entries(given)
  if (clients.length === 0)
    throw new ConfigurationError(option, 'names no client, which would refuse everyone', FIX)
  return new Map(clients.map(([client, caps]) => [client, readCaps(caps, `${option}.${client}`)]))
}

function readCaps(
  caps: { readonly scopes?: readonly string[] },
  option: string,
): ReadonlySet<string> | undefined {
  requireObject(caps, option, FIX)
  rejectUnknown(caps, ['scopes'], `${option}.`)
  if (caps.scopes === undefined) return undefined
  return new Set(caps.scopes.length === 0 ? [] : readTexts(caps.scopes, `${option}.scopes`, FIX))
}
