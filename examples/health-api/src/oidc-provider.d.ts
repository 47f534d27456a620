/** What this example uses of oidc-provider 9, which ships no types of its own. */
declare module 'oidc-provider' {
  import type { JsonWebKey, KeyObject } from 'node:crypto'
  import type { IncomingMessage, ServerResponse } from 'node:http'

  export interface ClientMetadata {
    client_id: string
    client_secret?: string
    client_name?: string
    application_type?: 'native' | 'web'
    token_endpoint_auth_method?: 'client_secret_basic' | 'none'
    grant_types: (
      | 'authorization_code'
      | 'refresh_token'
      | 'client_credentials'
      | 'urn:ietf:params:oauth:grant-type:token-exchange'
    )[]
    response_types: 'code'[]
    redirect_uris: string[]
    backchannel_logout_uri?: string
    backchannel_logout_session_required?: boolean
    introspection_signed_response_alg?: 'RS256'
  }

  export interface ResourceServerInfo {
    audience: string
    /** Space-separated. */
    scope: string
    accessTokenFormat: 'jwt' | 'opaque'
    /** Seconds. */
    accessTokenTTL: number
    jwt: { sign: { alg: 'RS256' }; encrypt?: AccessTokenEncryption }
  }

  export interface AccessTokenEncryption {
    alg: 'RSA-OAEP-256' | 'ECDH-ES'
    enc: 'A256GCM' | 'A128GCM'
    /** The public key of the API. */
    key: KeyObject
    kid?: string
  }

  export interface Account {
    accountId: string
    claims(): Record<string, unknown> & { sub: string }
  }

  interface Context {
    readonly oidc: { readonly route: string }
  }

  interface RegisteredClient {
    readonly clientId: string
    grantTypeAllowed(grantType: string): boolean
  }

  /** Whether a client may ask about a token, or revoke it. */
  type AllowedPolicy = (
    context: Context,
    client: RegisteredClient,
    token: { readonly clientId: string },
  ) => boolean

  export interface Configuration {
    claims: Record<string, string[]>
    clientBasedCORS(context: Context, origin: string, client: RegisteredClient): boolean
    clients: ClientMetadata[]
    cookies: { keys: string[] }
    features: {
      clientCredentials: { enabled: boolean }
      devInteractions: { enabled: boolean }
      resourceIndicators: {
        enabled: boolean
        getResourceServerInfo(
          context: Context,
          resource: string,
          client: RegisteredClient,
        ): ResourceServerInfo
      }
      rpInitiatedLogout: {
        enabled: boolean
        /** Writes the page that asks whether to sign out, with this form in it. */
        logoutSource?(context: { body: string }, form: string): void
      }
      backchannelLogout?: { enabled: boolean }
      introspection?: { enabled: boolean; allowedPolicy: AllowedPolicy }
      jwtIntrospection?: { enabled: boolean }
      revocation?: { enabled: boolean; allowedPolicy: AllowedPolicy }
    }
    /** Claims to put into an access token beside its own. */
    extraTokenClaims?(context: Context, token: AccessToken): Record<string, unknown> | undefined
    /** Sends what the provider sends to clients. */
    fetch?(url: string, options: RequestInit & { dispatcher?: unknown }): Promise<Response>
    findAccount(context: Context, accountId: string): Account | undefined
    issueRefreshToken(context: Context, client: RegisteredClient): boolean
    interactions: { url(context: Context, interaction: { uid: string }): string }
    jwks: { keys: (JsonWebKey & { kid: string; alg: string; use: 'sig' })[] }
    pkce: { required(): boolean }
    renderError(
      context: { type: string; body: string },
      out: { error: string; error_description?: string },
    ): void
    scopes: string[]
    /** Seconds. */
    ttl: Record<string, number>
  }

  /** What the login page is told about the authorization request it stands in. */
  export interface Interaction {
    readonly prompt: { readonly name: string }
    readonly session?: { readonly accountId: string }
    readonly params: {
      readonly client_id: string
      readonly scope?: string
      readonly resource?: string | string[]
    }
  }

  /** A request to the token endpoint, as a grant type sees it. */
  export interface GrantContext extends Context {
    readonly oidc: Context['oidc'] & {
      /** Authenticated, and allowed to use this grant type. */
      readonly client: RegisteredClient
      /** Of those that were registered with the grant type; a list only where one may come more than once. */
      readonly params: Readonly<Record<string, string | string[] | undefined>>
      entity(kind: 'AccessToken', token: AccessToken): void
    }
    body: object
  }

  export interface AccessToken {
    readonly jti: string
    readonly grantId?: string
    /** Seconds for which it is issued. */
    readonly expiration: number
    resourceServer: ResourceServer
    /** Resolves to the token itself, a JWT where the resource server wants one. */
    save(): Promise<string>
  }

  /** An API, by its resource indicator. */
  export interface ResourceServer {
    readonly audience: string
  }

  export interface Grant {
    readonly accountId: string
    addOIDCScope(scope: string): void
    addResourceScope(resource: string, scope: string): void
    rejectResourceScope(resource: string, scope: string): void
    /** Resolves to the identifier under which the grant is kept. */
    save(): Promise<string>
  }

  type InteractionResult =
    | { login?: { accountId: string }; consent: { grantId: string } }
    | { error: string; error_description: string }

  export default class Provider {
    constructor(issuer: string, configuration: Configuration)
    readonly issuer: string
    readonly Grant: {
      new (properties: { accountId: string; clientId: string }): Grant
      /** Undefined for a grant that was revoked or has expired. */
      find(grantId: string): Promise<Grant | undefined>
    }
    readonly AccessToken: new (properties: {
      accountId: string
      client: RegisteredClient
      grantId: string
      gty: string
      scope: string
      /** Seconds. */
      expiresIn: number
    }) => AccessToken
    readonly ResourceServer: new (
      identifier: string,
      info: ResourceServerInfo,
    ) => ResourceServer
    callback(): (request: IncomingMessage, response: ServerResponse) => Promise<void>
    interactionDetails(request: IncomingMessage, response: ServerResponse): Promise<Interaction>
    interactionFinished(
      request: IncomingMessage,
      response: ServerResponse,
      result: InteractionResult,
    ): Promise<void>
    on(event: 'server_error', listener: (context: Context, error: Error) => void): this
    /** A JWT was issued, which the provider keeps no record of. */
    on(event: 'access_token.issued', listener: (token: AccessToken) => void): this
    registerGrantType(
      name: string,
      handler: (context: GrantContext) => Promise<void>,
      parameters: readonly string[],
      /** Those that may come more than once. */
      repeatable: readonly string[],
    ): void
  }

  type DescribedError = new (description: string) => Error

  export const errors: {
    InvalidRequest: DescribedError
    /** @param scope the one that may not be had */
    InvalidScope: new (
      description: string,
      scope: string,
    ) => Error
    InvalidTarget: new (description?: string) => Error
  }
}
