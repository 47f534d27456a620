import { ConfigurationError } from '../../errors.ts'
import { readTexts, rejectUnknown, requireObject } from '../../option-checks.ts'
import { show } from '../../text.ts'
import type { IssuerOptions } from '../options.ts'

/** What may be said of any preset's issuer beside its own options. */
export type CommonOptions = Pick<
  IssuerOptions,
  | 'audience'
  | 'algorithms'
  | 'clients'
  | 'profile'
  | 'keys'
  | 'fetch'
  | 'initialKeys'
  | 'onKeys'
  | 'introspection'
>

const COMMON = [
  'audience',
  'algorithms',
  'clients',
  'profile',
  'keys',
  'fetch',
  'initialKeys',
  'onKeys',
  'introspection',
] as const

/**
 * Checks a preset's options and answers those that any issuer may have. Where keys are handed over, the preset's address of them is
 * not used.
 *
 * @throws ConfigurationError where they are no object, or one is unknown
 */
export function commonOptions(
  name: string,
  given: object,
  own: readonly string[],
): (jwksUri?: string) => Partial<IssuerOptions> {
  requireObject(given, name, `Give ${name}({ ${own.join(', ')} })`)
  rejectUnknown(given, [...own, ...COMMON], `${name}.`)
  const options = given as CommonOptions
  const common = Object.fromEntries(
    COMMON.filter((option) => options[option] !== undefined).map((option) => [option, options[option]]),
  )
  return (jwksUri) => ({ ...(jwksUri !== undefined && options.keys === undefined && { jwksUri }), ...common })
}

/** @throws ConfigurationError where `given` is no host, such as `tenant.example.com` */
export function requireHost(given: unknown, option: string): string {
  if (typeof given === 'string' && /^[a-z0-9]([a-z0-9.-]*[a-z0-9])?(:\d+)?$/i.test(given))
    return given.toLowerCase()
  throw new ConfigurationError(
    option,
    `is ${show(given)}`,
    'Give the host alone, without https:// and slashes',
  )
}

/** @throws ConfigurationError where `given` is no single part of a path */
export function requireName(given: unknown, option: string): string {
  if (typeof given === 'string' && /^[\w.~-]+$/.test(given)) return given
  throw new ConfigurationError(option, `is ${show(given)}`, 'Give its name or id: letters, digits, - . _ ~')
}

/** @throws ConfigurationError where `given` is no tenant id in lower case, as it stands in tokens */
export function requireGuid(given: unknown, option: string): string {
  if (typeof given === 'string' && /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/.test(given)) return given
  throw new ConfigurationError(
    option,
    `is ${show(given)}`,
    'Give the directory (tenant) id, a GUID in lower case; names such as contoso.com do not stand in tokens',
  )
}

/** @throws ConfigurationError where `given` is no list of texts with at least one */
export function requireList(given: unknown, option: string, why: string): readonly string[] {
  return readTexts(given, option, why)
}
