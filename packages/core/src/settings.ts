import { type Decryption, readDecryption } from './encryption/decryption.ts'
import { ConfigurationError } from './errors.ts'
import { isQuotable, isScopeToken } from './http/challenge.ts'
import type { IssuerDirectory } from './issuers/directory.ts'
import { PER_ISSUER } from './issuers/issuer.ts'
import { readIssuers } from './issuers/read-issuers.ts'
import {
  readChoice,
  readCount,
  rejectUnknown,
  requireFunction,
  requireObject,
  START,
} from './option-checks.ts'
import type { ResourceServerOptions } from './options.ts'
import type { Runtime } from './runtime.ts'
import { show } from './text.ts'

/** The options, read once, checked and frozen. */
export interface Settings {
  readonly issuers: IssuerDirectory
  readonly scopes: { readonly [name: string]: string | undefined }
  readonly realm: string
  readonly tokenHeader: string
  /** Most tokens that are remembered. */
  readonly cache: number
  readonly cors: boolean
  readonly isRevoked: ResourceServerOptions['isRevoked']
  readonly decryption: Decryption | undefined
  readonly optional: boolean
  readonly refusals: 'write' | 'throw'
  readonly onRefusal: ResourceServerOptions['onRefusal']
}

const DEFAULT_CACHE = 5000

const SERVER = [
  'issuer',
  'maxIssuers',
  'cache',
  'scopes',
  'clockTolerance',
  'maxTokenAge',
  'maxTokenLifetime',
  'realm',
  'tokenHeader',
  'cors',
  'optional',
  'implies',
  'isRevoked',
  'decryption',
  'refusals',
  'onRefusal',
] as const

/** Reads and checks all options. @throws ConfigurationError with the option, what was given (never a secret) and the fix. */
export function readOptions(options: ResourceServerOptions, runtime: Runtime): Settings {
  requireObject(options, 'options', START)
  rejectUnknown(options, [...SERVER, ...PER_ISSUER], '')
  requireFunction(options.onRefusal, 'onRefusal', 'Give (reason, request) => { ... }')
  requireFunction(options.isRevoked, 'isRevoked', 'Give denyList({ store }).isRevoked, or (auth) => boolean')
  const issuers = readIssuers(options, runtime)
  return Object.freeze({
    issuers,
    scopes: readCatalogue(options.scopes),
    realm: readRealm(options, issuers),
    tokenHeader: readFieldName(options.tokenHeader, issuers),
    cache: readCache(options.cache),
    cors: readChoice(options.cors, [true, false], 'cors') ?? false,
    optional: readChoice(options.optional, [true, false], 'optional') ?? false,
    refusals: readChoice(options.refusals, ['write', 'throw'], 'refusals') ?? 'write',
    onRefusal: options.onRefusal,
    isRevoked: options.isRevoked,
    decryption: readDecryption(options.decryption),
  })
}

function readCache(given: unknown): number {
  if (given === false) return 0
  if (given === undefined) return DEFAULT_CACHE
  requireObject(given, 'cache', 'Give { max: 5000 }, or false for none')
  const { max } = given as { max?: unknown }
  rejectUnknown(given as object, ['max'], 'cache.')
  return readCount(max, 'cache.max') ?? DEFAULT_CACHE
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

function readFieldName(option: string | undefined, { all }: IssuerDirectory): string {
  const [ofIssuers, ...others] = new Set(all.map(({ tokenHeader }) => tokenHeader))
  if (option === undefined && others.length > 0) {
    throw new ConfigurationError(
      'tokenHeader',
      'is one field for some issuers and another for others',
      'Make a resource server for each, or set `tokenHeader`',
    )
  }
  const given = option ?? ofIssuers ?? 'authorization'
  if (typeof given === 'string' && /^[A-Za-z0-9-]+$/.test(given)) return given.toLowerCase()
  throw new ConfigurationError(
    'tokenHeader',
    `is ${show(given)}`,
    "Give the name of a field: 'cf-access-jwt-assertion'",
  )
}
