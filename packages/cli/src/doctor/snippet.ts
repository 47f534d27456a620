import type { ResourceServerOptions } from '@gatewarden/core'
import { secretVariable } from '../api-options.ts'
import type { Options } from '../arguments.ts'

/** The `requireJwt()` that does what was asked for, as source text. */
export function snippet(options: Options, api: ResourceServerOptions, env: NodeJS.ProcessEnv): string[] {
  const { issuer, audience, jwksUri, algorithms, profile, clients, clockTolerance } = api
  const plain = { issuer, audience: single(audience), jwksUri, algorithms, profile, clients, clockTolerance }
  const members = Object.entries(plain)
    .filter(([, value]) => value !== undefined)
    .map(([name, value]) => `  ${name}: ${source(value)},`)
  if (api.keys !== undefined) members.push(`  keys: ${keys(options, env)},`)
  return ['app.use(requireJwt({', ...members, '}))']
}

function keys(options: Options, env: NodeJS.ProcessEnv): string {
  if (options.jwks !== undefined) return `staticJwks(/* ${options.jwks.replaceAll('*/', '* /')} */ jwks)`
  const name = secretVariable(options, env)
  return `secret(process.env${/^[A-Za-z_]\w*$/.test(name) ? `.${name}` : `[${source(name)}]`})`
}

function single(audience: ResourceServerOptions['audience']): unknown {
  return Array.isArray(audience) && audience.length === 1 ? audience[0] : audience
}

/** A value as people write it, with single quotes. */
function source(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(source).join(', ')}]`
  if (typeof value !== 'string') return String(value)
  return `'${JSON.stringify(value).slice(1, -1).replaceAll('\\"', '"').replaceAll("'", "\\'")}'`
}
