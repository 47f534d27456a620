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
export { authorizationCode, clientCredentials } from './flows.ts'
export { createHealthApi, type HealthApiOptions } from './health-api.ts'
export { signInThroughForm } from './sign-in.ts'
export type { TokenResponse } from './token-endpoint.ts'
