import type { Algorithm } from '../algorithms.ts'
import type { RequestLog } from './request-log.ts'

/** The places of an issuer's documents, from the path of its identifier ('' or '/tenant' or '/tenant/'). */
export interface Places {
  readonly issuerPath: string
  readonly openidConfiguration: string
  readonly authorizationServer: string
  readonly jwks: string
  readonly introspection: string
  readonly userinfo: string
}

/** A terminating slash is dropped before well-known parts are appended (Discovery §4.1) or inserted (RFC 8414 §3.1). */
export function placesOf(issuerPath: string): Places {
  if (issuerPath !== '' && !issuerPath.startsWith('/')) {
    throw new TypeError(`path must begin with a slash: '/${issuerPath}'`)
  }
  const base = issuerPath.replace(/\/$/, '')
  return {
    issuerPath,
    openidConfiguration: `${base}/.well-known/openid-configuration`,
    authorizationServer: `/.well-known/oauth-authorization-server${base}`,
    jwks: `${base}/jwks`,
    introspection: `${base}/introspect`,
    userinfo: `${base}/userinfo`,
  }
}

export function endpointAt(places: Places, url: string): keyof RequestLog {
  const [path] = url.split('?')
  switch (path) {
    case places.jwks:
      return 'jwks'
    case places.introspection:
      return 'introspection'
    case places.userinfo:
      return 'userinfo'
    case places.openidConfiguration:
    case places.authorizationServer:
      return 'discovery'
    default:
      return 'other'
  }
}

/** The metadata document, one for both well-known places (OpenID Connect Discovery §3, RFC 8414 §2). */
export function metadataOf(
  origin: string,
  places: Places,
  algorithms: readonly Algorithm[],
): Record<string, unknown> {
  const base = origin + places.issuerPath.replace(/\/$/, '')
  return {
    issuer: origin + places.issuerPath,
    jwks_uri: origin + places.jwks,
    authorization_endpoint: `${base}/authorize`,
    token_endpoint: `${base}/token`,
    introspection_endpoint: origin + places.introspection,
    userinfo_endpoint: origin + places.userinfo,
    response_types_supported: ['code'],
    grant_types_supported: ['authorization_code', 'client_credentials', 'refresh_token'],
    subject_types_supported: ['public'],
    id_token_signing_alg_values_supported: algorithms,
  }
}
