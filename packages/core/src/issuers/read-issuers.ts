import { ConfigurationError } from '../errors.ts'
import { readCount, readSeconds, START } from '../option-checks.ts'
import { type ResourceServerOptions, SLASH_OPTIONAL } from '../options.ts'
import type { Runtime } from '../runtime.ts'
import { readHierarchy } from '../scope-hierarchy.ts'
import { show } from '../text.ts'
import type { IssuerDirectory } from './directory.ts'
import { type Issuer, type IssuerDefaults, PER_ISSUER, readIssuer } from './issuer.ts'
import type { IssuerOptions } from './options.ts'
import { IssuerRegistry } from './registry.ts'
import { type IssuerFunction, Tenants } from './tenants.ts'

const DEFAULT_TOLERANCE = 5
/** RFC 9068 §4: usually no more than a few minutes. */
const MAX_TOLERANCE = 300
const DEFAULT_MAX_ISSUERS = 500

/** Reads the option `issuer`, and what is said of all issuers. @throws ConfigurationError with the option's path */
export function readIssuers(options: ResourceServerOptions, runtime: Runtime): IssuerDirectory {
  const defaults = readDefaults(options)
  const { issuer } = options
  if (typeof issuer === 'function') return readTenants(issuer, options, defaults, runtime)
  if (options.maxIssuers !== undefined) {
    throw new ConfigurationError(
      'maxIssuers',
      'bounds nothing, since `issuer` is not a function',
      'Leave it out',
    )
  }
  const several = Array.isArray(issuer)
  const given: readonly (string | IssuerOptions)[] = several
    ? issuer.flat()
    : [issuer as string | IssuerOptions]
  if (given.length === 0 || issuer === undefined) throw new ConfigurationError('issuer', 'is missing', START)
  if (given.length > 1) requireUnshared(options)
  return new IssuerRegistry(
    given.map((entry, index) =>
      readIssuer(entry, several ? `issuer[${index}]` : 'issuer', defaults, runtime),
    ),
  )
}

function readDefaults(options: ResourceServerOptions): IssuerDefaults {
  return {
    options: Object.fromEntries(PER_ISSUER.map((name) => [name, options[name]])),
    match: SLASH_OPTIONAL in options ? 'slash-optional' : 'exact',
    clockTolerance: readSeconds(options.clockTolerance, 'clockTolerance', MAX_TOLERANCE) ?? DEFAULT_TOLERANCE,
    maxTokenAge: readSeconds(options.maxTokenAge, 'maxTokenAge'),
    maxTokenLifetime: readSeconds(options.maxTokenLifetime, 'maxTokenLifetime'),
    implied: readHierarchy(options.implies),
  }
}

function readTenants(
  ask: IssuerFunction,
  options: ResourceServerOptions,
  defaults: IssuerDefaults,
  runtime: Runtime,
): IssuerDirectory {
  requireUnshared(options)
  const max = readCount(options.maxIssuers, 'maxIssuers') ?? DEFAULT_MAX_ISSUERS
  const read = (answer: string | IssuerOptions) => {
    requireSameField(answer, options)
    const issuer = readIssuer(answer, 'issuer', defaults, runtime)
    requireJwts(issuer)
    return issuer
  }
  // What is said of all tenants is checked now, not when the first token comes.
  readIssuer(
    { issuer: 'https://tenant.invalid/', audience: options.audience ?? 'https://api.invalid/' },
    'issuer',
    defaults,
    runtime,
  )
  return new Tenants({ ask, max, read, runtime })
}

/** @throws ConfigurationError where a tenant's tokens come in a field that is not looked at: it must be known before the tenant is */
function requireSameField(
  answer: string | IssuerOptions,
  { tokenHeader = 'authorization' }: ResourceServerOptions,
): void {
  if (typeof answer === 'string' || answer.tokenHeader === undefined) return
  if (answer.tokenHeader.toLowerCase() === tokenHeader.toLowerCase()) return
  throw new ConfigurationError(
    'tokenHeader',
    `of a tenant is ${show(answer.tokenHeader)}, and tokens are read from ${show(tokenHeader)}`,
    'Set `tokenHeader` beside the function `issuer`',
  )
}

/** @throws ConfigurationError where a tenant is to be asked about opaque tokens */
function requireJwts({ introspection }: Issuer): void {
  if (introspection === undefined || introspection.when === 'jwt') return
  throw new ConfigurationError(
    'introspection',
    'of a tenant asks about opaque tokens, which name no tenant',
    "Set when: 'jwt', so that it is asked about its own JWTs only",
  )
}

/** @throws ConfigurationError where several issuers would have the same keys */
function requireUnshared(options: ResourceServerOptions): void {
  for (const option of ['keys', 'jwksUri', 'initialKeys', 'introspection'] as const) {
    if (options[option] === undefined) continue
    throw new ConfigurationError(
      option,
      'cannot be shared by several issuers',
      `Write issuer: [{ issuer, ${option} }, ...]`,
    )
  }
}
