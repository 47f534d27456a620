import { ConfigurationError } from './errors.ts'
import { isQuotable, isScopeToken } from './http/challenge.ts'
import type { RequestView } from './http/request.ts'
import type { IssuerDirectory } from './issuers/directory.ts'
import { type IssuerDefaults, PER_ISSUER, readIssuer } from './issuers/issuer.ts'
import type { IssuerOptions } from './issuers/options.ts'
import { IssuerRegistry } from './issuers/registry.ts'
import { type IssuerFunction, Tenants } from './issuers/tenants.ts'
import {
  readChoice,
  readCount,
  readSeconds,
  rejectUnknown,
  requireFunction,
  requireObject,
} from './option-checks.ts'
import type { Reason } from './reason.ts'
import type { ScopeName } from './register.ts'
import type { Runtime } from './runtime.ts'
import { readHierarchy, type ScopeHierarchy } from './scope-hierarchy.ts'
import { show } from './text.ts'

/** How an API wants to be protected. Strict is the default; every loosening is an option with a name. */
export interface ResourceServerOptions extends Omit<IssuerOptions, 'issuer'> {
  /**
   * Whose tokens are accepted: the exact `iss`, or an issuer with options of its own, or several; or a function that knows the
   * tenants, and says of an `iss` which issuer it is.
   */
  readonly issuer: string | IssuerOptions | readonly (string | IssuerOptions)[] | IssuerFunction
  /** Most tenants that are kept with their keys, where `issuer` is a function. Default: 500. */
  readonly maxIssuers?: number | undefined
  /** This API's identifier(s), one of which a token's `aud` must name, byte for byte. May be left to the issuers. */
  readonly audience?: string | readonly string[] | undefined
  /** The API's scopes with a description each; they make hints readable. */
  readonly scopes?: { readonly [name in ScopeName]?: string } | undefined
  /** Seconds by which clocks may differ, at most 300 (RFC 9068 §4). Default: 5. */
  readonly clockTolerance?: number | undefined
  /** Seconds since `iat` after which a token is refused. Default: no limit. */
  readonly maxTokenAge?: number | undefined
  /** Seconds from `iat` to `exp` beyond which a token is refused. Default: no limit. */
  readonly maxTokenLifetime?: number | undefined
  /** The realm of challenges (RFC 9110 §11.5). Default: the first audience. */
  readonly realm?: string | undefined
  /** The field that holds the token. Default: `authorization`. In any other, the token may stand without `Bearer`. */
  readonly tokenHeader?: string | undefined
  /** Let requests without credentials through, without `auth`. Bad credentials are refused as ever. Default: false. */
  readonly optional?: boolean | undefined
  /** Scopes that a scope includes, at any depth: `{ admin: ['read:patients'] }`, or a function of the scope. Default: none. */
  readonly implies?: ScopeHierarchy | undefined
  /** `throw` hands refusals to the application's own error handler, as a `RefusalError`. Default: `write`. */
  readonly refusals?: 'write' | 'throw' | undefined
  /** Let CORS preflights through without a token, and let scripts read the challenge. Default: false. */
  readonly cors?: boolean | undefined
  /** Is told of every refusal, to log or count it. Cannot change the verdict; what it throws is swallowed. */
  readonly onRefusal?: ((reason: Reason, request: RequestView) => unknown) | undefined
}

/** The options, read once, checked and frozen. */
export interface Settings {
  readonly issuers: IssuerDirectory
  readonly scopes: { readonly [name: string]: string | undefined }
  readonly realm: string
  readonly tokenHeader: string
  readonly cors: boolean
  readonly optional: boolean
  readonly refusals: 'write' | 'throw'
  readonly onRefusal: ResourceServerOptions['onRefusal']
}

const SERVER = [
  'issuer',
  'maxIssuers',
  'scopes',
  'clockTolerance',
  'maxTokenAge',
  'maxTokenLifetime',
  'realm',
  'tokenHeader',
  'cors',
  'optional',
  'implies',
  'refusals',
  'onRefusal',
] as const
const START =
  "Begin with { issuer: 'https://my-domain.example/', audience: 'https://example.com/health-api' }"
const DEFAULT_TOLERANCE = 5
const DEFAULT_MAX_ISSUERS = 500
/** RFC 9068 §4: usually no more than a few minutes. */
const MAX_TOLERANCE = 300

/** Options as `optionsFromEnvironment` makes them: the issuer's final slash may be as its metadata has it. */
export const SLASH_OPTIONAL: unique symbol = Symbol('gatewarden.slash-optional')

/** Reads and checks all options. @throws ConfigurationError with the option, what was given (never a secret) and the fix. */
export function readOptions(options: ResourceServerOptions, runtime: Runtime): Settings {
  requireObject(options, 'options', START)
  rejectUnknown(options, [...SERVER, ...PER_ISSUER], '')
  requireFunction(options.onRefusal, 'onRefusal', 'Give (reason, request) => { ... }')
  const defaults = readDefaults(options)
  const issuers = readIssuers(options, defaults, runtime)
  return Object.freeze({
    issuers,
    scopes: readCatalogue(options.scopes),
    realm: readRealm(options, issuers),
    tokenHeader: readFieldName(options.tokenHeader),
    cors: readChoice(options.cors, [true, false], 'cors') ?? false,
    optional: readChoice(options.optional, [true, false], 'optional') ?? false,
    refusals: readChoice(options.refusals, ['write', 'throw'], 'refusals') ?? 'write',
    onRefusal: options.onRefusal,
  })
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

function readIssuers(
  options: ResourceServerOptions,
  defaults: IssuerDefaults,
  runtime: Runtime,
): IssuerDirectory {
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
  const given: readonly (string | IssuerOptions)[] = several ? issuer : [issuer as string | IssuerOptions]
  if (given.length === 0 || issuer === undefined) throw new ConfigurationError('issuer', 'is missing', START)
  if (given.length > 1) requireUnshared(options)
  return new IssuerRegistry(
    given.map((entry, index) =>
      readIssuer(entry, several ? `issuer[${index}]` : 'issuer', defaults, runtime),
    ),
  )
}

function readTenants(
  ask: IssuerFunction,
  options: ResourceServerOptions,
  defaults: IssuerDefaults,
  runtime: Runtime,
): IssuerDirectory {
  requireUnshared(options)
  const max = readCount(options.maxIssuers, 'maxIssuers') ?? DEFAULT_MAX_ISSUERS
  const read = (answer: string | IssuerOptions) => readIssuer(answer, 'issuer', defaults, runtime)
  // What is said of all tenants is checked now, not when the first token comes.
  readIssuer(
    { issuer: 'https://tenant.invalid/', audience: options.audience ?? 'https://api.invalid/' },
    'issuer',
    defaults,
    runtime,
  )
  return new Tenants({ ask, max, read, runtime })
}

/** @throws ConfigurationError where several issuers would have the same keys */
function requireUnshared(options: ResourceServerOptions): void {
  for (const option of ['keys', 'jwksUri', 'initialKeys'] as const) {
    if (options[option] === undefined) continue
    throw new ConfigurationError(
      option,
      'cannot be shared by several issuers',
      `Write issuer: [{ issuer, ${option} }, ...]`,
    )
  }
}

function readCatalogue(given: unknown): Settings['scopes'] {
  if (given === undefined) return {}
  requireObject(given, 'scopes', "Give names with descriptions: { 'read:patients': 'See patient records' }")
  for (const [name, description] of Object.entries(given as object)) {
    if (!isScopeToken(name))
      throw new ConfigurationError(
        'scopes',
        `names ${show(name)}`,
        'A scope has no space, quote or backslash',
      )
    if (typeof description !== 'string')
      throw new ConfigurationError(`scopes.${name}`, 'has no description', 'Say in words what it allows')
  }
  return Object.freeze({ ...(given as Settings['scopes']) })
}

function readRealm(options: ResourceServerOptions, { all }: IssuerDirectory): string {
  const realm = options.realm ?? [options.audience].flat()[0] ?? all.flatMap(({ audience }) => audience)[0]
  if (typeof realm === 'string' && realm !== '' && isQuotable(realm)) return realm
  throw new ConfigurationError(
    'realm',
    `is ${show(realm)}`,
    'Set `realm` to printable ASCII without quotes and backslashes (RFC 6750 §3)',
  )
}

function readFieldName(given: unknown): string {
  if (given === undefined) return 'authorization'
  if (typeof given === 'string' && /^[A-Za-z0-9-]+$/.test(given)) return given.toLowerCase()
  throw new ConfigurationError(
    'tokenHeader',
    `is ${show(given)}`,
    "Give the name of a field: 'cf-access-jwt-assertion'",
  )
}
