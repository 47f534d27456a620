/** What an application writes with, whatever its framework. Adapters hand all of it on. */
export { ConfigurationError, UsageError } from './errors.ts'
export type { Explanation } from './explain.ts'
export type { Guard } from './guard.ts'
export {
  clientSecretBasic,
  clientSecretPost,
  privateKeyJwt,
  tlsClientAuth,
} from './introspection/client-auth.ts'
export * as presets from './issuers/presets/index.ts'
export type { IssuerState } from './issuers/state.ts'
export { fromJwksClient } from './keys/jwks-rsa.ts'
export { noKeys } from './keys/none.ts'
export { secret } from './keys/secret.ts'
export { staticJwks } from './keys/static.ts'
export type { LogoutToken } from './logout/logout-token.ts'
export type { LogoutReceiverOptions } from './logout/receiver-options.ts'
export type { ResourceServerOptions } from './options.ts'
export type { Reason } from './reason.ts'
export { RefusalError } from './refusal-error.ts'
export { createResourceServer, type ResourceServer } from './resource-server.ts'
export { type DenyList, denyList } from './revocation/deny-list.ts'
export { memoryStore } from './stores/memory-store.ts'
export type { SharedStore } from './stores/shared-store.ts'
export type { IntrospectionEvents, KeyEvents } from './telemetry.ts'
export type { AuthContext } from './token/context.ts'
export type { Userinfo } from './userinfo/answer.ts'
export { UserinfoError } from './userinfo/userinfo-error.ts'
