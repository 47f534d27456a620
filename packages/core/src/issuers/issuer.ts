import { ConfigurationError } from '../errors.ts'
import { Introspector } from '../introspection/introspector.ts'
import { readIntrospection } from '../introspection/options.ts'
import type { KeySource } from '../keys/key-source.ts'
import { SecretKey } from '../keys/secret.ts'
import { isTemplate } from '../keys/template.ts'
import {
  readChoice,
  readTexts,
  rejectUnknown,
  requireFetchable,
  requireFunction,
  requireObject,
} from '../option-checks.ts'
import type { Runtime } from '../runtime.ts'
import { show } from '../text.ts'
import type { TokenKindFunction, TokenPolicy } from '../token/policy.ts'
import type { Fetch } from '../upstream/fetch.ts'
import { httpFetch } from '../upstream/http.ts'
import type { IssuerMatch } from '../upstream/metadata.ts'
import { readAlgorithms } from './algorithms.ts'
import { readClients } from './clients.ts'
import { readKeys } from './issuer-keys.ts'
import { readMapping } from './mapping.ts'
import type { IssuerOptions } from './options.ts'

/** An issuer that the API trusts: what its tokens are held to, and where its keys come from. */
export interface Issuer extends TokenPolicy {
  /** The exact `iss`. */
  readonly issuer: string
  /** `slash-optional`: the published issuer decides whether `iss` ends in a slash. */
  readonly match: IssuerMatch
  readonly keys: KeySource
  /** How it is asked over HTTP. */
  readonly fetch: Fetch
  /** Asks it about tokens, where the API wants that. */
  readonly introspection: Introspector | undefined
  /** The field in which its tokens come, where a preset knows. */
  readonly tokenHeader: string | undefined
}

/** What the resource server says for all its issuers. */
export interface IssuerDefaults
  extends Pick<TokenPolicy, 'clockTolerance' | 'maxTokenAge' | 'maxTokenLifetime' | 'implied'> {
  readonly options: Omit<IssuerOptions, 'issuer'>
  readonly match: IssuerMatch
}

/** What may be said of all issuers at once, or of one. */
export const PER_ISSUER = [
  'jwksUri',
  'keys',
  'fetch',
  'initialKeys',
  'onKeys',
  'algorithms',
  'audience',
  'clients',
  'profile',
  'tokenKind',
  'mapping',
  'introspection',
] as const
const AUDIENCE_FIX =
  "Give this API's identifier, exactly as it stands in the aud of its tokens: 'https://example.com/health-api'"
const ISSUER_FIX = "Give the exact iss of the tokens: 'https://my-domain.example/'"

/** Reads one entry of the option `issuer`. @throws ConfigurationError with the option's path. */
export function readIssuer(
  given: string | IssuerOptions,
  path: string,
  defaults: IssuerDefaults,
  runtime: Runtime,
): Issuer {
  const own = typeof given === 'string' ? { issuer: given } : given
  requireObject(own, path, ISSUER_FIX)
  const inside = typeof given === 'string' ? '' : `${path}.`
  rejectUnknown(own, ['issuer', 'tokenHeader', ...PER_ISSUER], inside)
  const options = { ...defaults.options, ...present(own) }
  const at = (name: keyof IssuerOptions): string => (own[name] === undefined ? name : `${inside}${name}`)

  const issuer = readIdentifier(options, typeof given === 'string' ? path : at('issuer'))
  const byDiscovery = options.keys === undefined && options.jwksUri === undefined
  const match = byDiscovery ? defaults.match : 'exact'
  const keys = readKeys(options, issuer, at, match, runtime)
  const algorithms = readAlgorithms(options.algorithms, keys, at('algorithms'))
  if (keys instanceof SecretKey) keys.requireLengthFor(algorithms, at('keys'))
  const mapping = readMapping(options.mapping, at('mapping'))
  const audience =
    mapping.audienceClaim === null ? [] : readTexts(options.audience, at('audience'), AUDIENCE_FIX)
  const { clockTolerance } = defaults
  const fetch = options.fetch ?? httpFetch
  const asked = { issuer, match, keys, algorithms, audience, fetch, clockTolerance, now: runtime.now }
  return Object.freeze({
    issuer,
    match,
    keys,
    fetch,
    introspection:
      options.introspection &&
      new Introspector(readIntrospection(options.introspection, at('introspection'), asked), runtime),
    algorithms,
    tokenHeader: own.tokenHeader,
    tokenKind: readTokenKind(options.tokenKind, at('tokenKind')),
    mapping,
    audience,
    clients: readClients(options.clients, at('clients')),
    profile: readChoice(options.profile, ['jwt', 'rfc9068'], at('profile')) ?? 'jwt',
    sharedSecret: keys.family === 'secret',
    clockTolerance,
    maxTokenAge: defaults.maxTokenAge,
    maxTokenLifetime: defaults.maxTokenLifetime,
    implied: defaults.implied,
  })
}

/** What is said; a member that is there but `undefined` says nothing, and replaces nothing. */
function present(options: IssuerOptions): IssuerOptions {
  const said = Object.entries(options).filter(([, value]) => value !== undefined)
  return Object.fromEntries(said) as unknown as IssuerOptions
}

function readTokenKind(given: unknown, option: string): Issuer['tokenKind'] {
  if (given === undefined || given === 'detect') return 'detect'
  requireFunction(given, option, "Use 'detect', or (claims, header) => true where the token opens an API")
  return given as TokenKindFunction
}

/** An issuer whose metadata is fetched must be an address; of others, plain http is refused all the same. */
function readIdentifier({ issuer, jwksUri, keys }: IssuerOptions, path: string): string {
  if (typeof issuer !== 'string' || issuer === '')
    throw new ConfigurationError(path, `is ${show(issuer)}, not a text`, ISSUER_FIX)
  const byDiscovery = jwksUri === undefined && keys === undefined
  if (byDiscovery && isTemplate(issuer)) {
    throw new ConfigurationError(
      path,
      `is ${show(issuer)}, of which there is no metadata`,
      'Give `jwksUri` or `keys` beside a template',
    )
  }
  if (byDiscovery || /^http:/i.test(issuer)) requireFetchable(issuer, path)
  if (byDiscovery && /[?#]/.test(issuer)) {
    throw new ConfigurationError(
      path,
      `is ${show(issuer)}, with a query or fragment`,
      'An issuer has none (RFC 8414 §2)',
    )
  }
  return issuer
}
