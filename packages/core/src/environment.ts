import { ConfigurationError } from './errors.ts'
import { secret } from './keys/secret.ts'
import { type ResourceServerOptions, SLASH_OPTIONAL } from './options.ts'
import { show } from './text.ts'
import { isHmac, isSignatureAlgorithm, type SignatureAlgorithm } from './token/algorithms.ts'

const PREFIX = 'GATEWARDEN_'

/**
 * The options from environment variables: `ISSUER_BASE_URL` or `ISSUER`, `AUDIENCE`, `JWKS_URI`, `TOKEN_SIGNING_ALG`, `SECRET`,
 * each also with the prefix `GATEWARDEN_`, which wins. `AUDIENCE` and `TOKEN_SIGNING_ALG` may list several, with commas.
 *
 * `SECRET` counts only with an HS algorithm, and not beside `JWKS_URI`. `ISSUER_BASE_URL` may lack the final slash that the
 * issuer's metadata has, or have one too many.
 *
 * @throws ConfigurationError where a variable is missing or contradicts another. Never shows the secret.
 */
export function optionsFromEnvironment(environment: NodeJS.ProcessEnv = process.env): ResourceServerOptions {
  const read = (name: string): string | undefined =>
    variable(environment, `${PREFIX}${name}`) ?? variable(environment, name)

  const { issuer, isBaseUrl } = readIssuer(environment)
  if (issuer === undefined)
    throw missing('ISSUER_BASE_URL', "the issuer's address, such as https://my-domain.example/")
  const audience = list(read('AUDIENCE'))
  if (audience.length === 0)
    throw missing('AUDIENCE', "this API's identifier, such as https://example.com/health-api")

  const jwksUri = read('JWKS_URI')
  const algorithms = readAlgorithms(list(read('TOKEN_SIGNING_ALG')))
  const keys = readSecret(read('SECRET'), algorithms, jwksUri)
  return {
    issuer,
    audience,
    ...(jwksUri !== undefined && { jwksUri }),
    ...(algorithms !== undefined && { algorithms }),
    ...(keys !== undefined && { keys }),
    ...(isBaseUrl && jwksUri === undefined && keys === undefined && { [SLASH_OPTIONAL]: true }),
  }
}

function variable(environment: NodeJS.ProcessEnv, name: string): string | undefined {
  return environment[name]?.trim() || undefined
}

/** The prefix wins; then `ISSUER`, which is exact, over `ISSUER_BASE_URL`. */
function readIssuer(environment: NodeJS.ProcessEnv): { issuer: string | undefined; isBaseUrl: boolean } {
  for (const prefix of [PREFIX, '']) {
    const exact = variable(environment, `${prefix}ISSUER`)
    const issuer = exact ?? variable(environment, `${prefix}ISSUER_BASE_URL`)
    if (issuer !== undefined) return { issuer, isBaseUrl: exact === undefined }
  }
  return { issuer: undefined, isBaseUrl: false }
}

function list(text: string | undefined): string[] {
  return (text ?? '')
    .split(',')
    .map((item) => item.trim())
    .filter((item) => item !== '')
}

function readAlgorithms(names: readonly string[]): readonly SignatureAlgorithm[] | undefined {
  if (names.length === 0) return undefined
  const stranger = names.find((name) => !isSignatureAlgorithm(name))
  if (stranger === undefined) return names as readonly SignatureAlgorithm[]
  throw new ConfigurationError(
    'TOKEN_SIGNING_ALG',
    `is ${show(stranger)}, which is not supported`,
    'Use RS256, ES256, HS256 ...',
  )
}

function readSecret(
  value: string | undefined,
  algorithms: readonly SignatureAlgorithm[] | undefined,
  jwksUri: string | undefined,
) {
  const hmac = algorithms?.some(isHmac) ?? false
  if (value === undefined) {
    if (hmac) throw missing('SECRET', `the secret for ${algorithms?.join(', ')}`)
    return undefined
  }
  if (jwksUri !== undefined) {
    throw new ConfigurationError(
      'SECRET',
      'stands beside JWKS_URI',
      'A token is verified with public keys or with a secret: unset one',
    )
  }
  return hmac ? secret(value) : undefined
}

function missing(name: string, what: string): ConfigurationError {
  return new ConfigurationError(
    name,
    'is not set',
    `Set the environment variable ${name} (or ${PREFIX}${name}) to ${what}, or pass options`,
  )
}
