import { readFile } from 'node:fs/promises'
import {
  optionsFromEnvironment,
  type ResourceServerOptions,
  type SignatureAlgorithm,
  secret,
  staticJwks,
} from '@gatewarden/core'
import type { Options } from './arguments.ts'
import { readDecryptionKeys } from './decryption-keys.ts'
import { UsageProblem } from './usage.ts'

/**
 * The API as the caller describes it: by options, or, where neither issuer nor audience is given, by the environment that
 * `requireJwt()` reads. `undefined` where nothing is said of it at all.
 *
 * @throws UsageProblem, ConfigurationError
 */
export async function apiOptions(
  options: Options,
  env: NodeJS.ProcessEnv,
): Promise<ResourceServerOptions | undefined> {
  const { issuer, audience } = options
  if (issuer === undefined && audience.length === 0) return fromEnvironment(options, env)
  if (issuer === undefined) throw new UsageProblem('--issuer is missing beside --audience')
  if (audience.length === 0) throw new UsageProblem('--audience is missing beside --issuer')
  return { issuer, audience, ...(await allKeys(options, env)), ...rules(options) }
}

async function fromEnvironment(
  options: Options,
  env: NodeJS.ProcessEnv,
): Promise<ResourceServerOptions | undefined> {
  const names = ['ISSUER_BASE_URL', 'ISSUER', 'AUDIENCE'].flatMap((name) => [name, `GATEWARDEN_${name}`])
  if (!names.some((name) => env[name])) return undefined
  return { ...optionsFromEnvironment(env), ...(await allKeys(options, env)), ...rules(options) }
}

function rules({ algorithms, profile, clients, clockTolerance }: Options): Partial<ResourceServerOptions> {
  return {
    ...(algorithms.length > 0 && { algorithms: algorithms as readonly SignatureAlgorithm[] }),
    ...(profile !== undefined && { profile: profile as 'rfc9068' }),
    ...(clients.length > 0 && { clients }),
    ...(clockTolerance !== undefined && { clockTolerance }),
  }
}

async function allKeys(options: Options, env: NodeJS.ProcessEnv): Promise<Partial<ResourceServerOptions>> {
  const decryption = await readDecryptionKeys(options.decryptionKeys)
  return { ...(await keys(options, env)), ...(decryption.length > 0 && { decryption: { keys: decryption } }) }
}

async function keys(
  { jwks, secretEnv }: Options,
  env: NodeJS.ProcessEnv,
): Promise<Partial<ResourceServerOptions>> {
  if (jwks !== undefined && secretEnv !== undefined)
    throw new UsageProblem('--jwks and --secret-env exclude each other')
  if (secretEnv !== undefined) {
    const value = env[secretEnv]
    if (!value) throw new UsageProblem(`the environment variable ${secretEnv} is not set`)
    return { keys: secret(value) }
  }
  if (jwks === undefined) return {}
  return /^https?:/i.test(jwks) ? { jwksUri: jwks } : { keys: staticJwks(await readJwks(jwks)) }
}

/** The environment variable that a shared secret was taken from: the one that was named, or that of the environment's options. */
export function secretVariable({ secretEnv }: Options, env: NodeJS.ProcessEnv): string {
  return secretEnv ?? (env['GATEWARDEN_SECRET']?.trim() ? 'GATEWARDEN_SECRET' : 'SECRET')
}

async function readJwks(file: string): Promise<{ keys: readonly unknown[] }> {
  const text = await readFile(file, 'utf8').catch((error: NodeJS.ErrnoException) => {
    throw new UsageProblem(`--jwks: ${file} cannot be read (${error.code})`)
  })
  try {
    return JSON.parse(text) as { keys: readonly unknown[] }
  } catch {
    throw new UsageProblem(`--jwks: ${file} is not JSON`)
  }
}
