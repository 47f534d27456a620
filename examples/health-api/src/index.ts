export {
  type AuthorizationRequest,
  type AuthorizationRequestOptions,
  beginAuthorization,
  finishAuthorization,
} from './authorization-request.ts'
export { type AuthorizationServer, createAuthorizationServer } from './authorization-server.ts'
export { BILLING_API, HEALTH_API } from './catalogue.ts'
export type { ServiceClient, ServiceClients } from './clients.ts'
export { CookieJar } from './cookie-jar.ts'
export type { Extension, ProviderErrors } from './extension.ts'
export { fail } from './fail.ts'
export { authorizationCode, clientCredentials } from './flows.ts'
export { createHealthApi, type HealthApiOptions } from './health-api.ts'
export { registerApi } from './introspection.ts'
export { close, listen } from './listen.ts'
export { signOut } from './logout.ts'
export { operatorView } from './operator-view.ts'
export { readPatient, Ward } from './patients.ts'
export { portFailure, portFrom, StartError } from './ports.ts'
export { REQUESTS } from './requests.ts'
export { signInThroughForm } from './sign-in.ts'
export { type Column, table } from './table.ts'
export { discover, type TokenResponse } from './token-endpoint.ts'
export { mintTokens, TOKENS, type TokenName } from './tokens.ts'
export { type Verdict, walk } from './walk.ts'
