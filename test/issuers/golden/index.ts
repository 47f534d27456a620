import { AUTH0_DEFAULT, AUTH0_RFC9068 } from './auth0.ts'
import { AUTHENTIK } from './authentik.ts'
import { AZURE_B2C } from './azure-b2c.ts'
import { CLERK_M2M, CLERK_OAUTH, CLERK_SESSION } from './clerk.ts'
import { CLOUDFLARE_ACCESS } from './cloudflare-access.ts'
import { COGNITO, COGNITO_BOUND, COGNITO_NEW_ISSUER } from './cognito.ts'
import { CURITY } from './curity.ts'
import { ENTRA_MULTI_TENANT, ENTRA_V1, ENTRA_V1_GUID, ENTRA_V2, ENTRA_V2_ONE_REGISTRATION } from './entra.ts'
import { FIREBASE } from './firebase.ts'
import { GITHUB_ACTIONS } from './github-actions.ts'
import { GOOGLE, GOOGLE_SIGN_IN } from './google.ts'
import { HYDRA } from './hydra.ts'
import { KEYCLOAK } from './keycloak.ts'
import { KUBERNETES } from './kubernetes.ts'
import { LOGTO, LOGTO_ORGANIZATION } from './logto.ts'
import { OIDC_PROVIDER } from './oidc-provider.ts'
import { OKTA } from './okta.ts'
import { PING_TYPED, PING_UNTYPED } from './ping.ts'
import { SUPABASE } from './supabase.ts'
import type { GoldenIssuer } from './types.ts'
import {
  WORKOS_CONNECT,
  WORKOS_CONNECT_ENVIRONMENT,
  WORKOS_SESSION,
  WORKOS_SESSION_CLIENT_ISSUER,
} from './workos.ts'
import { ZITADEL } from './zitadel.ts'

export { LEGACY, LEGACY_AUDIENCE, LEGACY_ISSUER } from './legacy.ts'
export { type GoldenIssuer, type GoldenToken, ISSUED_AT } from './types.ts'

/** Every issuer of which the shape of tokens is known, one entry for each of its configurations. */
export const GOLDEN: readonly GoldenIssuer[] = [
  AUTH0_DEFAULT,
  AUTH0_RFC9068,
  OKTA,
  ENTRA_V1,
  ENTRA_V1_GUID,
  ENTRA_V2,
  ENTRA_V2_ONE_REGISTRATION,
  ENTRA_MULTI_TENANT,
  AZURE_B2C,
  COGNITO,
  COGNITO_NEW_ISSUER,
  COGNITO_BOUND,
  KEYCLOAK,
  GOOGLE,
  GOOGLE_SIGN_IN,
  FIREBASE,
  PING_UNTYPED,
  PING_TYPED,
  CURITY,
  HYDRA,
  OIDC_PROVIDER,
  LOGTO,
  LOGTO_ORGANIZATION,
  AUTHENTIK,
  ZITADEL,
  CLERK_SESSION,
  CLERK_M2M,
  CLERK_OAUTH,
  WORKOS_SESSION,
  WORKOS_SESSION_CLIENT_ISSUER,
  WORKOS_CONNECT,
  WORKOS_CONNECT_ENVIRONMENT,
  SUPABASE,
  CLOUDFLARE_ACCESS,
  GITHUB_ACTIONS,
  KUBERNETES,
]
