import type { Configuration, errors, default as Provider } from 'oidc-provider'

/** What another example makes of the authorization server. */
export interface Extension {
  configure(configuration: Configuration): Configuration
  /** Adds what is no matter of configuration, a grant type for instance, before the first request. */
  install(provider: Provider, errors: ProviderErrors): void
}

/** What a grant type throws: the token endpoint answers with it (RFC 6749 §5.2). */
export type ProviderErrors = typeof errors
