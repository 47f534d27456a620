import { clientSecretBasic, type ResourceServerOptions } from '@gatewarden/core'
import type { Site } from './site.ts'

/** An API that asks about opaque tokens (RFC 7662), everything else as it comes: 60 s, 50 questions at a time, 200 a second. */
export function introspecting({
  issuer,
  audience,
  introspectionEndpoint: endpoint,
}: Pick<Site, 'issuer' | 'audience' | 'introspectionEndpoint'>): ResourceServerOptions {
  const clientAuth = clientSecretBasic('bench-api', 'a secret of this bench only')
  return { issuer, audience, introspection: { endpoint, clientAuth } }
}
