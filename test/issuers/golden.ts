import type { AuthContext, IssuerEntry, KeySource } from '@gatewarden/core'
import { presets } from '@gatewarden/core'

/** Seconds since the epoch at which all tokens here were issued. */
export const ISSUED_AT = 1_790_000_000
const TIMES = { iat: ISSUED_AT, exp: ISSUED_AT + 3600 }

type Json = Readonly<Record<string, unknown>>

/** A token as an issuer shapes it: claims, and what its header has beside `alg` and `kid`. */
export interface Golden {
  readonly name: string
  readonly header?: Json
  readonly claims: Json
  /** What the context must say, where the token is admitted by the preset. */
  readonly auth?: Partial<
    Pick<AuthContext, 'subject' | 'clientId' | 'principal' | 'scopes' | 'roles' | 'permissions'>
  >
}

/** One row of the table of issuers. Every shape was read from the issuer's documentation or source; every value is made up. */
export interface GoldenIssuer {
  readonly name: string
  readonly preset?: (keys: KeySource) => IssuerEntry
  /** The API's identifier where no preset is used. */
  readonly audience: string
  /** Why the rules alone do not do. */
  readonly needsPreset?: string
  readonly access: readonly Golden[]
  readonly id: readonly Golden[]
}

const API = 'https://example.com/health-api'
const JWT = { typ: 'JWT' }
const AT = { typ: 'at+jwt' }
const TENANT = '11111111-2222-3333-4444-555555555555'
const API_GUID = '0a0a0a0a-1b1b-2c2c-3d3d-4e4e4e4e4e4e'
const CLIENT_GUID = '9f9f9f9f-8e8e-7d7d-6c6c-5b5b5b5b5b5b'
const USER_GUID = 'aaaaaaaa-bbbb-cccc-dddd-eeeeeeeeeeee'
const PERSON = { name: 'Ada Example', email: 'ada@example.com', picture: 'https://example.com/ada.png' }
const LOGIN = { nonce: 'n-0S6_WzA2Mj', auth_time: ISSUED_AT - 5 }

const AUTH0 = { ...TIMES, iss: 'https://tenant.eu.auth0.com/', sub: 'auth0|64f0c1' }
const auth0Id = { ...AUTH0, aud: 'spaClient1', ...PERSON, nickname: 'ada', sid: 's1', ...LOGIN }
const OKTA = { ...TIMES, ver: 1, iss: 'https://org.okta.com/oauth2/default' }
const ENTRA2 = {
  ...TIMES,
  nbf: ISSUED_AT,
  ver: '2.0',
  iss: `https://login.microsoftonline.com/${TENANT}/v2.0`,
  tid: TENANT,
  uti: 'u1',
}
const ENTRA1 = {
  ...TIMES,
  nbf: ISSUED_AT,
  ver: '1.0',
  iss: `https://sts.windows.net/${TENANT}/`,
  tid: TENANT,
  uti: 'u1',
}
const B2C = {
  ...TIMES,
  nbf: ISSUED_AT,
  ver: '1.0',
  iss: `https://tenant.b2clogin.com/${TENANT}/v2.0/`,
  sub: USER_GUID,
  tfp: 'B2C_1_signin',
  emails: ['ada@example.com'],
}
const COGNITO = { ...TIMES, sub: USER_GUID, jti: 'j1', auth_time: ISSUED_AT, origin_jti: 'o1' }
const POOL = 'https://cognito-idp.eu-central-1.amazonaws.com/eu-central-1_AbCdEfGhI'
const NEW_POOL = 'https://issuer-cognito-idp.eu-central-1.amazonaws.com/eu-central-1_AbCdEfGhI'
const KEYCLOAK = {
  ...TIMES,
  iss: 'https://sso.example.com/realms/shop',
  jti: 'onrtac:1',
  sub: USER_GUID,
  azp: 'shop-web',
  acr: '1',
}
const keycloakUser = {
  ...KEYCLOAK,
  sid: 's1',
  preferred_username: 'ada',
  email: 'ada@example.com',
  scope: 'openid profile read:patients',
}
const keycloakRoles = {
  realm_access: { roles: ['staff'] },
  resource_access: { 'health-api': { roles: ['nurse'] }, account: { roles: ['view-profile'] } },
}
const AUTHENTIK = {
  ...TIMES,
  iss: 'https://sso.example.com/application/o/health/',
  sub: 'a1b2',
  aud: 'authentikClient',
  acr: 'goauthentik.io/providers/oauth2/default',
  ...PERSON,
  groups: ['staff'],
  ...LOGIN,
}
const ZITADEL = {
  ...TIMES,
  iss: 'https://instance.zitadel.cloud',
  sub: '2801',
  aud: ['3301@shop', '3302@shop', '2999'],
}
const FIREBASE = {
  ...TIMES,
  iss: 'https://securetoken.google.com/shop-4711',
  sub: 'uid1',
  user_id: 'uid1',
  auth_time: ISSUED_AT - 60,
}
const firebaseUser = {
  ...FIREBASE,
  aud: 'shop-4711',
  email: 'ada@example.com',
  firebase: { identities: { email: ['ada@example.com'] }, sign_in_provider: 'password' },
}
const SUPABASE = { ...TIMES, iss: 'https://proj.supabase.co/auth/v1', sub: USER_GUID, aud: 'authenticated' }
const supabaseUser = {
  ...SUPABASE,
  role: 'authenticated',
  aal: 'aal1',
  session_id: USER_GUID,
  email: 'ada@example.com',
  amr: [{ method: 'password', timestamp: ISSUED_AT }],
  is_anonymous: false,
}
const ACCESS = { ...TIMES, nbf: ISSUED_AT, iss: 'https://team.cloudflareaccess.com', aud: ['32eafc7626e737'] }
const GITHUB = {
  ...TIMES,
  nbf: ISSUED_AT,
  iss: 'https://token.actions.githubusercontent.com',
  aud: API,
  jti: 'j1',
}
const githubRun = {
  ...GITHUB,
  sub: 'repo:octo-org/octo-repo:ref:refs/heads/main',
  repository: 'octo-org/octo-repo',
  repository_owner: 'octo-org',
  ref: 'refs/heads/main',
  workflow: 'ci',
  job_workflow_ref: 'octo-org/octo-repo/.github/workflows/ci.yml@refs/heads/main',
}
const K8S = {
  ...TIMES,
  nbf: ISSUED_AT,
  iss: 'https://kubernetes.default.svc.cluster.local',
  aud: [API],
  jti: 'j1',
}
const GOOGLE = { ...TIMES, iss: 'https://accounts.google.com', sub: '1122', aud: API, azp: '1122' }
const OP = { ...TIMES, iss: 'https://op.example.com', sub: 'user-1' }

export const GOLDEN: readonly GoldenIssuer[] = [
  {
    name: 'Auth0',
    audience: API,
    preset: (keys) => presets.auth0({ domain: 'tenant.eu.auth0.com', keys }),
    access: [
      {
        name: 'of a user',
        header: JWT,
        claims: {
          ...AUTH0,
          aud: [API, 'https://tenant.eu.auth0.com/userinfo'],
          azp: 'spaClient1',
          scope: 'openid read:patients',
          permissions: ['read:patients'],
        },
        auth: {
          principal: 'user',
          clientId: 'spaClient1',
          scopes: ['openid', 'read:patients'],
          permissions: ['read:patients'],
        },
      },
      {
        name: 'without a scope',
        header: JWT,
        claims: { ...AUTH0, aud: API, azp: 'spaClient1' },
        auth: { principal: 'user', scopes: [] },
      },
      {
        name: 'of a machine',
        header: JWT,
        claims: { ...AUTH0, sub: 'm2m1@clients', aud: API, azp: 'm2m1', gty: 'client-credentials' },
        auth: { principal: 'client', clientId: 'm2m1' },
      },
      {
        name: 'in the RFC 9068 profile',
        header: AT,
        claims: { ...AUTH0, aud: API, client_id: 'spaClient1', jti: 'j1', scope: 'read:patients' },
        auth: { principal: 'user', clientId: 'spaClient1' },
      },
    ],
    id: [
      { name: 'of a login', header: JWT, claims: auth0Id },
      { name: 'without nonce', header: JWT, claims: { ...AUTH0, aud: 'spaClient1', ...PERSON, sid: 's1' } },
      { name: 'with this API for its audience', header: JWT, claims: { ...auth0Id, aud: API } },
      { name: 'with this API for its audience, and bare', header: JWT, claims: { ...AUTH0, aud: API } },
    ],
  },
  {
    name: 'Okta',
    audience: 'api://health',
    preset: (keys) => presets.okta({ domain: 'org.okta.com', audience: 'api://health', keys }),
    access: [
      {
        name: 'of a user',
        claims: {
          ...OKTA,
          jti: 'AT.1',
          aud: 'api://health',
          sub: 'ada@example.com',
          cid: '0oa1',
          uid: '00u1',
          scp: ['openid', 'read:patients'],
          auth_time: ISSUED_AT,
        },
        auth: { principal: 'user', clientId: '0oa1', scopes: ['openid', 'read:patients'] },
      },
      {
        name: 'of a machine',
        claims: {
          ...OKTA,
          jti: 'AT.2',
          aud: 'api://health',
          sub: '0oa2',
          cid: '0oa2',
          scp: ['read:patients'],
        },
        auth: { principal: 'client', clientId: '0oa2' },
      },
    ],
    id: [
      {
        name: 'of a login',
        claims: {
          ...OKTA,
          jti: 'ID.1',
          aud: '0oa1',
          sub: '00u1',
          amr: ['pwd'],
          idp: '0oidp',
          at_hash: 'h',
          ...PERSON,
          ...LOGIN,
        },
      },
      {
        name: 'with this API for its audience',
        claims: { ...OKTA, jti: 'ID.1', aud: 'api://health', sub: '00u1', amr: ['pwd'] },
      },
    ],
  },
  {
    name: 'Entra, version 2.0',
    audience: API_GUID,
    preset: (keys) => presets.entra({ tenant: TENANT, audience: API_GUID, keys }),
    access: [
      {
        name: 'of a user',
        header: { ...JWT, x5t: 't' },
        claims: {
          ...ENTRA2,
          aud: API_GUID,
          azp: CLIENT_GUID,
          azpacr: '0',
          scp: 'Patients.Read',
          oid: USER_GUID,
          sub: 'pairwise',
          name: 'Ada',
          preferred_username: 'ada@example.com',
        },
        auth: { principal: 'user', clientId: CLIENT_GUID, scopes: ['Patients.Read'] },
      },
      {
        name: 'of an application',
        header: JWT,
        claims: {
          ...ENTRA2,
          aud: API_GUID,
          azp: CLIENT_GUID,
          azpacr: '1',
          roles: ['Patients.Read.All'],
          oid: USER_GUID,
          sub: USER_GUID,
        },
        auth: { principal: 'client', roles: ['Patients.Read.All'], scopes: [] },
      },
      {
        name: 'whose client is the API itself',
        header: JWT,
        claims: {
          ...ENTRA2,
          aud: API_GUID,
          azp: API_GUID,
          azpacr: '0',
          scp: 'Patients.Read',
          oid: USER_GUID,
          sub: 'p',
        },
      },
    ],
    id: [
      {
        name: 'of a login',
        header: JWT,
        claims: { ...ENTRA2, aud: CLIENT_GUID, ...LOGIN, ...PERSON, oid: USER_GUID, sub: 'p' },
      },
      {
        name: 'with this API for its audience',
        header: JWT,
        claims: {
          ...ENTRA2,
          aud: API_GUID,
          name: 'Ada',
          roles: ['Patients.Read.All'],
          oid: USER_GUID,
          sub: 'p',
        },
      },
    ],
  },
  {
    name: 'Entra, version 1.0',
    audience: 'api://health',
    preset: (keys) => presets.entra({ tenants: [TENANT], audience: ['api://health', API_GUID], keys }),
    access: [
      {
        name: 'of a user',
        header: { ...JWT, x5t: 't' },
        claims: {
          ...ENTRA1,
          aud: 'api://health',
          appid: CLIENT_GUID,
          appidacr: '0',
          scp: 'Patients.Read',
          amr: ['pwd'],
          acr: '1',
          oid: USER_GUID,
          sub: 'p',
          unique_name: 'ada@example.com',
        },
        auth: { principal: 'user', clientId: CLIENT_GUID, scopes: ['Patients.Read'] },
      },
      {
        name: 'of an application',
        header: JWT,
        claims: {
          ...ENTRA1,
          aud: 'api://health',
          appid: CLIENT_GUID,
          appidacr: '2',
          roles: ['Patients.Read.All'],
          idtyp: 'app',
          oid: USER_GUID,
          sub: USER_GUID,
        },
        auth: { principal: 'client', clientId: CLIENT_GUID, roles: ['Patients.Read.All'] },
      },
    ],
    id: [
      {
        name: 'of a login',
        header: JWT,
        claims: { ...ENTRA1, aud: CLIENT_GUID, amr: ['pwd'], ...LOGIN, ...PERSON, oid: USER_GUID, sub: 'p' },
      },
      {
        name: 'with this API for its audience',
        header: JWT,
        claims: { ...ENTRA1, aud: 'api://health', amr: ['pwd'], name: 'Ada', oid: USER_GUID, sub: 'p' },
      },
    ],
  },
  {
    name: 'Azure AD B2C',
    audience: API_GUID,
    access: [
      {
        name: 'of a user',
        header: JWT,
        claims: { ...B2C, aud: API_GUID, azp: CLIENT_GUID, scp: 'read write' },
      },
      {
        name: 'with nonce',
        header: JWT,
        claims: { ...B2C, aud: API_GUID, azp: CLIENT_GUID, scp: 'read', ...LOGIN, name: 'Ada' },
      },
    ],
    id: [
      { name: 'of a login', header: JWT, claims: { ...B2C, aud: CLIENT_GUID, ...LOGIN, name: 'Ada' } },
      {
        name: 'with this API for its audience',
        header: JWT,
        claims: { ...B2C, aud: API_GUID, auth_time: ISSUED_AT, name: 'Ada' },
      },
    ],
  },
  ...[POOL, NEW_POOL].map(
    (iss): GoldenIssuer => ({
      name: `Cognito, ${iss === POOL ? 'as ever' : 'the newer issuer'}`,
      audience: 'appClient1',
      needsPreset: 'access tokens have no aud: the client stands in for it',
      preset: (keys) =>
        presets.cognito({
          region: 'eu-central-1',
          userPoolId: 'eu-central-1_AbCdEfGhI',
          clientIds: ['appClient1', 'm2m1'],
          keys,
        }),
      access: [
        {
          name: 'of a user',
          claims: {
            ...COGNITO,
            iss,
            token_use: 'access',
            client_id: 'appClient1',
            scope: 'openid health/read',
            username: 'ada',
            'cognito:groups': ['staff'],
            version: 2,
          },
          auth: {
            principal: 'user',
            clientId: 'appClient1',
            roles: ['staff'],
            scopes: ['openid', 'health/read'],
          },
        },
        {
          name: 'of a machine',
          claims: {
            ...TIMES,
            iss,
            sub: 'm2m1',
            token_use: 'access',
            client_id: 'm2m1',
            scope: 'health/read',
            version: 2,
          },
          auth: { principal: 'client', clientId: 'm2m1' },
        },
      ],
      id: [
        {
          name: 'of a login',
          claims: {
            ...COGNITO,
            iss,
            aud: 'appClient1',
            token_use: 'id',
            'cognito:username': 'ada',
            email: 'ada@example.com',
          },
        },
      ],
    }),
  ),
  {
    name: 'Keycloak',
    audience: 'health-api',
    preset: (keys) =>
      presets.keycloak({
        url: 'https://sso.example.com/',
        realm: 'shop',
        client: 'health-api',
        audience: 'health-api',
        keys,
      }),
    access: [
      {
        name: 'of a user',
        header: JWT,
        claims: { ...keycloakUser, ...keycloakRoles, typ: 'Bearer', aud: ['health-api', 'account'] },
        auth: {
          principal: 'user',
          clientId: 'shop-web',
          roles: ['staff', 'nurse'],
          scopes: ['openid', 'profile', 'read:patients'],
        },
      },
      {
        name: 'of an older version, with nonce',
        header: JWT,
        claims: { ...keycloakUser, typ: 'Bearer', aud: 'health-api', nonce: 'n', session_state: 's1' },
        auth: { principal: 'user' },
      },
      { name: 'typed at+jwt', header: AT, claims: { ...keycloakUser, typ: 'Bearer', aud: 'health-api' } },
      {
        name: 'of a service account',
        header: JWT,
        claims: {
          ...KEYCLOAK,
          typ: 'Bearer',
          aud: 'health-api',
          azp: 'batch',
          client_id: 'batch',
          preferred_username: 'service-account-batch',
          clientHost: '10.0.0.1',
          clientAddress: '10.0.0.1',
          scope: 'email',
        },
        auth: { principal: 'client', clientId: 'batch' },
      },
    ],
    id: [
      {
        name: 'of a login',
        header: JWT,
        claims: { ...keycloakUser, typ: 'ID', aud: 'shop-web', at_hash: 'h', nonce: 'n' },
      },
      {
        name: 'with this API for its audience',
        header: JWT,
        claims: { ...keycloakUser, typ: 'ID', aud: 'health-api' },
      },
      {
        name: 'that is a refresh token',
        header: JWT,
        claims: { ...KEYCLOAK, typ: 'Refresh', aud: 'health-api', scope: 'openid' },
      },
      {
        name: 'that is an offline token',
        header: JWT,
        claims: { ...KEYCLOAK, typ: 'Offline', aud: 'health-api', scope: 'openid' },
      },
    ],
  },
  {
    name: 'Google, service to service',
    audience: API,
    needsPreset: 'the credential is an ID token',
    preset: (keys) =>
      presets.google({ audience: API, serviceAccounts: ['batch@proj.iam.gserviceaccount.com'], keys }),
    access: [
      {
        name: 'of a service account',
        header: JWT,
        claims: { ...GOOGLE, email: 'batch@proj.iam.gserviceaccount.com', email_verified: true },
        auth: { principal: 'client', clientId: 'batch@proj.iam.gserviceaccount.com', scopes: [] },
      },
    ],
    id: [
      {
        name: 'of a person',
        header: JWT,
        claims: { ...GOOGLE, aud: 'web.apps.googleusercontent.com', ...PERSON, email_verified: true },
      },
      {
        name: 'of a person, with this API for its audience',
        header: JWT,
        claims: { ...GOOGLE, ...PERSON, email_verified: true },
      },
      {
        name: "of a stranger's service account",
        header: JWT,
        claims: { ...GOOGLE, email: 'evil@evil.iam.gserviceaccount.com', email_verified: true },
      },
      {
        name: 'with an unverified address',
        header: JWT,
        claims: { ...GOOGLE, email: 'batch@proj.iam.gserviceaccount.com', email_verified: false },
      },
    ],
  },
  {
    name: 'Firebase',
    audience: 'shop-4711',
    needsPreset: 'the credential is an ID token',
    preset: (keys) => presets.firebase({ projectId: 'shop-4711', keys }),
    access: [
      { name: 'of a user', header: JWT, claims: firebaseUser, auth: { principal: 'user', subject: 'uid1' } },
    ],
    id: [
      { name: 'of another project', header: JWT, claims: { ...firebaseUser, aud: 'other-0815' } },
      {
        name: 'of an anonymous user',
        header: JWT,
        claims: { ...firebaseUser, firebase: { identities: {}, sign_in_provider: 'anonymous' } },
      },
      {
        name: 'without a sign-in',
        header: JWT,
        claims: { ...FIREBASE, aud: 'shop-4711', email: 'ada@example.com' },
      },
    ],
  },
  ...[AT, JWT].map(
    (header): GoldenIssuer => ({
      name: `PingOne, typ ${header.typ}`,
      audience: API,
      preset: (keys) => presets.ping({ environmentId: TENANT, region: 'eu', keys }),
      access: [
        {
          name: 'of a machine',
          header,
          claims: {
            ...TIMES,
            iss: `https://auth.pingone.eu/${TENANT}/as`,
            sub: 'worker1',
            aud: [API],
            client_id: 'worker1',
            scope: 'read:patients',
            jti: 'j1',
            env: TENANT,
            org: TENANT,
          },
          auth: { principal: 'client', clientId: 'worker1', scopes: ['read:patients'] },
        },
      ],
      id: [
        {
          name: 'of a login',
          header: JWT,
          claims: {
            ...TIMES,
            iss: `https://auth.pingone.eu/${TENANT}/as`,
            sub: 'u1',
            aud: 'web1',
            ...PERSON,
            ...LOGIN,
            sid: 's1',
            env: TENANT,
          },
        },
      ],
    }),
  ),
  {
    name: 'Curity',
    audience: API,
    access: [
      {
        name: 'of a user',
        header: JWT,
        claims: {
          ...OP,
          aud: API,
          client_id: 'web1',
          scope: 'read:patients',
          purpose: 'access_token',
          delegationId: 'd1',
          jti: 'j1',
        },
      },
    ],
    id: [
      {
        name: 'of a login',
        header: JWT,
        claims: { ...OP, aud: 'web1', azp: 'web1', purpose: 'id', nonce: 'n', s_hash: 'h', acr: 'urn:acr' },
      },
    ],
  },
  {
    name: 'ORY Hydra',
    audience: API,
    access: [
      {
        name: 'of a user',
        header: JWT,
        claims: { ...OP, aud: [API], client_id: 'web1', scp: ['read:patients'], ext: {}, jti: 'j1' },
      },
    ],
    id: [
      {
        name: 'of a login',
        header: JWT,
        claims: {
          ...OP,
          aud: ['web1'],
          at_hash: 'h',
          rat: ISSUED_AT,
          sid: 's1',
          jti: 'j2',
          auth_time: ISSUED_AT,
        },
      },
    ],
  },
  {
    name: 'node-oidc-provider',
    audience: API,
    access: [
      {
        name: 'of a user',
        header: AT,
        claims: { ...OP, aud: API, client_id: 'web1', scope: 'read:patients', jti: 'j1' },
      },
    ],
    id: [
      { name: 'of a login', claims: { ...OP, aud: 'web1', nonce: 'n', at_hash: 'h' } },
      { name: 'with this API for its audience', claims: { ...OP, aud: API } },
    ],
  },
  {
    name: 'Logto',
    audience: 'urn:logto:organization:org1',
    access: [
      {
        name: 'of an organization',
        header: AT,
        claims: {
          ...OP,
          aud: 'urn:logto:organization:org1',
          client_id: 'web1',
          scope: 'read:patients',
          jti: 'j1',
        },
      },
    ],
    id: [{ name: 'of a login', claims: { ...OP, aud: 'web1', at_hash: 'h', ...PERSON } }],
  },
  {
    name: 'authentik',
    audience: 'authentikClient',
    needsPreset: 'its access token is its ID token with azp and uid, nonce included',
    preset: (keys) =>
      presets.authentik({
        domain: 'sso.example.com',
        application: 'health',
        audience: 'authentikClient',
        keys,
      }),
    access: [
      {
        name: 'of a user',
        header: JWT,
        claims: { ...AUTHENTIK, azp: 'authentikClient', uid: 'x9' },
        auth: { principal: 'user', clientId: 'authentikClient', roles: ['staff'] },
      },
    ],
    id: [{ name: 'of a login', header: JWT, claims: AUTHENTIK }],
  },
  {
    name: 'Zitadel',
    audience: '2999',
    needsPreset: 'its access tokens have no scope, and aud lists the client',
    preset: (keys) => presets.zitadel({ domain: 'instance.zitadel.cloud', audience: '2999', keys }),
    access: [
      {
        name: 'of a user',
        header: JWT,
        claims: {
          ...ZITADEL,
          jti: 'V2_1',
          client_id: '3301@shop',
          'urn:zitadel:iam:org:project:roles': { nurse: { org1: 'shop.example.com' } },
        },
        auth: { clientId: '3301@shop', roles: ['nurse'] },
      },
    ],
    id: [
      {
        name: 'of a login',
        header: JWT,
        claims: {
          ...ZITADEL,
          azp: '3301@shop',
          client_id: '3301@shop',
          acr: '1',
          amr: ['pwd'],
          at_hash: 'h',
          auth_time: ISSUED_AT,
        },
      },
    ],
  },
  {
    name: 'Clerk, session tokens',
    audience: 'https://app.example.com',
    needsPreset: 'they have no aud: azp, an origin, stands in for it',
    preset: (keys) =>
      presets.clerk({
        frontendApi: 'clerk.example.com',
        authorizedParties: ['https://app.example.com'],
        keys,
      }),
    access: [
      {
        name: 'of a user',
        header: { ...JWT, cat: 'cl_B7d4PD111AAA' },
        claims: {
          ...TIMES,
          nbf: ISSUED_AT - 10,
          iss: 'https://clerk.example.com',
          sub: 'user_1',
          azp: 'https://app.example.com',
          sid: 'sess_1',
          org_role: 'org:nurse',
          org_permissions: ['org:patients:read'],
        },
        auth: {
          principal: 'user',
          clientId: undefined,
          roles: ['org:nurse'],
          permissions: ['org:patients:read'],
        },
      },
    ],
    id: [
      {
        name: 'of another origin',
        header: { ...JWT, cat: 'cl_B7d4PD111AAA' },
        claims: {
          ...TIMES,
          iss: 'https://clerk.example.com',
          sub: 'user_1',
          azp: 'https://evil.example.com',
          sid: 'sess_1',
        },
      },
      {
        name: 'between machines',
        header: { ...JWT, cat: 'cl_B7d4PD333AAA' },
        claims: { ...TIMES, iss: 'https://clerk.example.com', sub: 'mch_1', azp: 'https://app.example.com' },
      },
      {
        name: 'of a login by OpenID Connect',
        header: JWT,
        claims: {
          ...TIMES,
          iss: 'https://clerk.example.com',
          sub: 'user_1',
          aud: 'oauthClient1',
          azp: 'https://app.example.com',
          sid: 's1',
          ...LOGIN,
        },
      },
    ],
  },
  {
    name: 'WorkOS, session tokens',
    audience: 'client_01ABC',
    needsPreset: 'they have no aud: the key set is for one client alone',
    preset: (keys) => presets.workos({ clientId: 'client_01ABC', keys }),
    access: [
      {
        name: 'of a user',
        header: JWT,
        claims: {
          ...TIMES,
          iss: 'https://api.workos.com/user_management/client_01ABC',
          sub: 'user_01',
          sid: 'session_01',
          jti: 'j1',
          org_id: 'org_01',
          role: 'nurse',
          permissions: ['patients:read'],
        },
        auth: { principal: 'user', roles: ['nurse'], permissions: ['patients:read'] },
      },
      {
        name: 'by the plain issuer',
        header: JWT,
        claims: { ...TIMES, iss: 'https://api.workos.com', sub: 'user_01', sid: 'session_01', jti: 'j1' },
      },
    ],
    id: [
      {
        name: 'of a login',
        header: JWT,
        claims: {
          ...TIMES,
          iss: 'https://api.workos.com/user_management/client_01ABC',
          sub: 'user_01',
          aud: 'client_01ABC',
          sid: 's',
          ...PERSON,
          ...LOGIN,
        },
      },
    ],
  },
  {
    name: 'WorkOS Connect',
    audience: API,
    access: [
      {
        name: 'of a user',
        header: AT,
        claims: {
          ...OP,
          iss: 'https://team.authkit.app',
          aud: API,
          client_id: 'client_02',
          scope: 'read:patients',
          sid: 's1',
          jti: 'j1',
        },
      },
      {
        name: 'of a machine',
        header: JWT,
        claims: {
          ...OP,
          iss: 'https://team.authkit.app',
          aud: API,
          sub: 'client_03',
          client_id: 'client_03',
          org_id: 'org_01',
          jti: 'j1',
        },
        auth: { principal: 'client' },
      },
    ],
    id: [
      {
        name: 'of a login',
        header: JWT,
        claims: { ...OP, iss: 'https://team.authkit.app', aud: 'client_02', ...PERSON, ...LOGIN },
      },
    ],
  },
  {
    name: 'Supabase',
    audience: 'authenticated',
    needsPreset: 'its session tokens describe a login and name no client',
    preset: (keys) => presets.supabase({ domain: 'proj.supabase.co', keys }),
    access: [
      {
        name: 'of a user',
        header: JWT,
        claims: supabaseUser,
        auth: { principal: 'user', roles: ['authenticated'] },
      },
    ],
    id: [
      {
        name: 'that is the service key',
        header: JWT,
        claims: { ...SUPABASE, role: 'service_role', ref: 'proj' },
      },
      { name: 'of an anonymous user', header: JWT, claims: { ...supabaseUser, is_anonymous: true } },
    ],
  },
  {
    name: 'Cloudflare Access',
    audience: '32eafc7626e737',
    needsPreset: 'its application tokens describe a login and name no client',
    preset: (keys) =>
      presets.cloudflareAccess({ team: 'team.cloudflareaccess.com', audience: '32eafc7626e737', keys }),
    access: [
      {
        name: 'of a user',
        header: JWT,
        claims: {
          ...ACCESS,
          type: 'app',
          sub: USER_GUID,
          email: 'ada@example.com',
          identity_nonce: 'i1',
          country: 'DE',
        },
        auth: { principal: 'user', clientId: undefined },
      },
      {
        name: 'of a service',
        header: JWT,
        claims: { ...ACCESS, type: 'app', sub: '', common_name: 'svc.access' },
        auth: { principal: 'client', clientId: 'svc.access' },
      },
    ],
    id: [
      {
        name: 'of the team, for no application',
        header: JWT,
        claims: { ...ACCESS, type: 'org', sub: USER_GUID, email: 'ada@example.com' },
      },
      {
        name: 'of a login by OpenID Connect',
        header: JWT,
        claims: { ...ACCESS, sub: USER_GUID, email: 'ada@example.com', nonce: 'n' },
      },
    ],
  },
  {
    name: 'GitHub Actions',
    audience: API,
    needsPreset: 'the credential is an ID token',
    preset: (keys) => presets.githubActions({ audience: API, repositories: ['octo-org/octo-repo'], keys }),
    access: [
      {
        name: 'of a workflow',
        header: JWT,
        claims: githubRun,
        auth: { principal: 'client', clientId: 'octo-org/octo-repo' },
      },
    ],
    id: [
      {
        name: "of a stranger's repository",
        header: JWT,
        claims: { ...githubRun, repository: 'evil/octo-repo' },
      },
      { name: 'without a repository', header: JWT, claims: GITHUB },
    ],
  },
  {
    name: 'Kubernetes',
    audience: API,
    needsPreset: 'its service account tokens name neither client nor scope',
    preset: (keys) =>
      presets.kubernetes({
        issuer: 'https://kubernetes.default.svc.cluster.local',
        audience: API,
        serviceAccounts: ['shop/checkout'],
        keys,
      }),
    access: [
      {
        name: 'of a pod',
        claims: {
          ...K8S,
          sub: 'system:serviceaccount:shop:checkout',
          'kubernetes.io': {
            namespace: 'shop',
            serviceaccount: { name: 'checkout', uid: 'u1' },
            pod: { name: 'p', uid: 'u2' },
          },
        },
        auth: { principal: 'client', clientId: 'shop/checkout' },
      },
    ],
    id: [
      {
        name: 'of another account',
        claims: {
          ...K8S,
          sub: 'system:serviceaccount:default:default',
          'kubernetes.io': { namespace: 'default', serviceaccount: { name: 'default', uid: 'u1' } },
        },
      },
      {
        name: 'whose subject and claims disagree',
        claims: {
          ...K8S,
          sub: 'system:serviceaccount:evil:evil',
          'kubernetes.io': { namespace: 'shop', serviceaccount: { name: 'checkout', uid: 'u1' } },
        },
      },
    ],
  },
]
