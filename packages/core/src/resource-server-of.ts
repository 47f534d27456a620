import { optionsFromEnvironment } from './environment.ts'
import { ConfigurationError } from './errors.ts'
import type { ResourceServerOptions } from './options.ts'
import { createResourceServer, type ResourceServer } from './resource-server.ts'

/** The variable to look at where an option that came from the environment is wrong. */
const VARIABLES: ReadonlyMap<string, string> = new Map([
  ['issuer', 'ISSUER_BASE_URL (or ISSUER)'],
  ['audience', 'AUDIENCE'],
  ['realm', 'AUDIENCE'],
  ['jwksUri', 'JWKS_URI'],
  ['algorithms', 'TOKEN_SIGNING_ALG'],
  ['keys', 'SECRET'],
])

/**
 * The resource server that an adapter was asked for: one that exists, one with options, or one from the environment.
 *
 * @throws ConfigurationError where an option or variable is wrong
 */
export function resourceServerOf(options?: ResourceServerOptions | ResourceServer): ResourceServer {
  if (options === undefined) return fromEnvironment()
  return isResourceServer(options) ? options : createResourceServer(options)
}

function fromEnvironment(): ResourceServer {
  try {
    return createResourceServer(optionsFromEnvironment())
  } catch (error) {
    const variable = error instanceof ConfigurationError ? VARIABLES.get(error.option) : undefined
    if (!(error instanceof ConfigurationError) || variable === undefined) throw error
    throw new ConfigurationError(variable, error.problem, error.fix)
  }
}

function isResourceServer(options: ResourceServerOptions | ResourceServer): options is ResourceServer {
  return typeof options === 'object' && options !== null && 'authenticate' in options
}
