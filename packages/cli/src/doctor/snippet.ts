import type { ResourceServerOptions } from '@gatewarden/core'
import type { Options } from '../arguments.ts'

/** The `requireJwt()` that does what was asked for, as source text. */
export function snippet({ secretEnv, jwks }: Options, api: ResourceServerOptions): string[] {
  const { issuer, audience, jwksUri, algorithms, profile, clients, clockTolerance } = api
  const plain = { issuer, audience: single(audience), jwksUri, algorithms, profile, clients, clockTolerance }
  const members = Object.entries(plain)
    .filter(([, value]) => value !== undefined)
    .map(([name, value]) => `  ${name}: ${source(value)},`)
  if (secretEnv !== undefined) members.push(`  keys: secret(process.env.${secretEnv}),`)
  else if (api.keys !== undefined)
    members.push(`  keys: staticJwks(${jwks === undefined ? 'jwks' : `/* ${jwks} */ jwks`}),`)
  return ['app.use(requireJwt({', ...members, '}))']
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
