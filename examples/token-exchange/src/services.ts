import { randomBytes } from 'node:crypto'
import type { ClientMetadata } from 'oidc-provider'
import { GRANT_TYPE } from './names.ts'

/** An API as a client of the authorization server: it may exchange tokens, and sign nobody in. */
export interface Service {
  readonly clientId: string
  /** Made at start: it is never written down. */
  readonly clientSecret: string
}

export function createService(clientId: string): Service {
  return { clientId, clientSecret: randomBytes(32).toString('base64url') }
}

/** What oidc-provider is told about it. */
export function clientMetadata({ clientId, clientSecret }: Service): ClientMetadata {
  return {
    client_id: clientId,
    client_secret: clientSecret,
    grant_types: [GRANT_TYPE],
    response_types: [],
    redirect_uris: [],
  }
}
