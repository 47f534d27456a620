import { EXPIRES_AT, type GoldenIssuer, type GoldenToken, ISSUED_AT } from './types.ts'

const TENANT = '3f0c8f6e-91b7-4d5a-8a2e-6b1d7c94e0f2'
const OTHER_TENANT = 'b7a4d2c1-0e5f-4b3a-9c8d-2f6e1a7b5c40'
/** Personal Microsoft accounts; the same for everybody. */
const CONSUMERS = '9188040d-6c67-4c5b-b112-36a304b66dad'
const API = 'c5d1e8a2-7f34-4b9e-a6c0-1d2e3f4a5b6c'
const SPA = '8e2b4c6d-1f3a-4e5b-9d7c-0a1b2c3d4e5f'
const DAEMON = 'd4f6a8b0-2c1e-4d3f-8b5a-7c9e0d1f2a3b'
const OID = '5a7c9e1b-3d5f-4a6c-8e0b-2d4f6a8c0e1b'
const DAEMON_OID = '1b3d5f7a-9c0e-4b2d-a4f6-8c1e3b5d7f90'
const SUBJECT = 'kV3nQ8xLr1TzYw5HcJ0mPe7UfGaSbD2iOk9EvNtXqR4'
const V1 = (tenant: string) => `https://sts.windows.net/${tenant}/`
const V2 = (tenant: string) => `https://login.microsoftonline.com/${tenant}/v2.0`
const TIMES = { iat: ISSUED_AT, nbf: ISSUED_AT, exp: EXPIRES_AT }
const HEADER_V1 = { typ: 'JWT', alg: 'RS256', x5t: 'Lk7RxT2sWb9YdF6hJm3PgA0eN4v' }
const HEADER_V2 = { typ: 'JWT', alg: 'RS256' }
const OPAQUE = { aio: 'AWQAm/8WAAAA3kUoZp9', rh: '1.AXoAbo8MP7eRWk2KLmsdfJTg8qLo0cU0f55LpsAdLj9KW2y.' }

/** Microsoft Graph's tokens are not for anybody else: their header has a `nonce`, and their signature cannot be checked. */
const GRAPH: readonly GoldenToken[] = [
  {
    name: 'Microsoft Graph token',
    header: { ...HEADER_V1, nonce: 'yR2tWq5zXc8vBnM1kLpOiU4hGfDsA7jE' },
    claims: {
      aud: '00000003-0000-0000-c000-000000000000',
      iss: V1(TENANT),
      ...TIMES,
      acct: 0,
      acr: '1',
      amr: ['pwd', 'mfa'],
      app_displayname: 'Harbour Shop',
      appid: SPA,
      appidacr: '0',
      idtyp: 'user',
      ipaddr: '203.0.113.17',
      name: 'Robin Example',
      oid: OID,
      platf: '3',
      puid: '10032001F4C2D9A7',
      scp: 'openid profile User.Read email',
      sub: SUBJECT,
      tid: TENANT,
      unique_name: 'robin@example.com',
      upn: 'robin@example.com',
      uti: 'wE5rTyUi8oPaSdFgHjKl1Z',
      ver: '1.0',
      ...OPAQUE,
    },
  },
  {
    name: 'Microsoft Graph token, by the name of its resource, for an application',
    header: { ...HEADER_V1, nonce: 'aS4dFg7hJkLzX0cVbNmQw3ErTyUi6oP' },
    claims: {
      aud: 'https://graph.microsoft.com',
      iss: V1(TENANT),
      ...TIMES,
      app_displayname: 'Nightly Export',
      appid: DAEMON,
      appidacr: '1',
      idp: V1(TENANT),
      idtyp: 'app',
      oid: DAEMON_OID,
      roles: ['User.Read.All'],
      sub: DAEMON_OID,
      tid: TENANT,
      uti: 'qWeRtY2uIoPaSdFg5HjKlZ',
      ver: '1.0',
      wids: ['0997a1d0-0d1d-4acb-b408-d5ca73121e90'],
      ...OPAQUE,
    },
  },
]

const SOURCES = [
  'github:MicrosoftDocs/entra-docs docs/identity-platform/access-token-claims-reference.md',
  'github:MicrosoftDocs/entra-docs docs/identity-platform/id-token-claims-reference.md',
  'github:MicrosoftDocs/entra-docs docs/identity-platform/access-tokens.md',
  'https://office365itpros.com/2022/02/17/understanding-entra-id-access-token/',
]

const DELEGATED_V1 = {
  iss: V1(TENANT),
  ...TIMES,
  acr: '1',
  amr: ['pwd', 'mfa'],
  appid: SPA,
  appidacr: '0',
  family_name: 'Example',
  given_name: 'Robin',
  ipaddr: '203.0.113.17',
  name: 'Robin Example',
  oid: OID,
  scp: 'Orders.Read Orders.Write',
  sub: SUBJECT,
  tid: TENANT,
  unique_name: 'robin@example.com',
  upn: 'robin@example.com',
  uti: 'hJkL3zXcVbNmQwEr6TyUiO',
  ver: '1.0',
  ...OPAQUE,
}

const APP_V1 = {
  iss: V1(TENANT),
  ...TIMES,
  appid: DAEMON,
  appidacr: '1',
  idp: V1(TENANT),
  oid: DAEMON_OID,
  roles: ['Orders.Read.All'],
  sub: DAEMON_OID,
  tid: TENANT,
  uti: 'cVbNm4QwErTyUiOp7aSdFg',
  ver: '1.0',
  ...OPAQUE,
}

const ID_V1 = {
  iss: V1(TENANT),
  ...TIMES,
  amr: ['pwd'],
  family_name: 'Example',
  given_name: 'Robin',
  ipaddr: '203.0.113.17',
  name: 'Robin Example',
  oid: OID,
  sub: 'pL9oKi8mNj7bHu6vGy5cFt4xDr3zSe2aWq1QwErTyUi',
  tid: TENANT,
  unique_name: 'robin@example.com',
  upn: 'robin@example.com',
  uti: 'rTyUi5oPaSdFgHjK8lZxCv',
  ver: '1.0',
  ...OPAQUE,
}

/** Entra ID, tokens of version 1.0: what an API gets whose manifest says nothing about the version. */
export const ENTRA_V1: GoldenIssuer = {
  name: 'Entra ID v1',
  issuer: V1(TENANT),
  audience: `api://${API}`,
  clientId: SPA,
  accessTokens: [
    {
      name: 'delegated',
      header: HEADER_V1,
      claims: { aud: `api://${API}`, ...DELEGATED_V1 },
      expected: {
        subject: SUBJECT,
        clientId: SPA,
        principal: 'user',
        scopes: ['Orders.Read', 'Orders.Write'],
        roles: [],
      },
    },
    {
      name: 'application',
      header: HEADER_V1,
      claims: { aud: `api://${API}`, ...APP_V1 },
      expected: {
        subject: DAEMON_OID,
        clientId: DAEMON,
        principal: 'client',
        scopes: [],
        roles: ['Orders.Read.All'],
      },
    },
    {
      name: 'application, with the optional claim idtyp',
      header: HEADER_V1,
      claims: { aud: `api://${API}`, ...APP_V1, idtyp: 'app' },
      expected: {
        subject: DAEMON_OID,
        clientId: DAEMON,
        principal: 'client',
        scopes: [],
        roles: ['Orders.Read.All'],
      },
    },
  ],
  idTokens: [
    {
      name: 'ID token of the SPA, with nonce',
      header: HEADER_V1,
      claims: { aud: SPA, ...ID_V1, nonce: '0198f2b4-63a1-7c5d-9e80-4f1a2b3c4d5e' },
    },
    {
      name: 'ID token whose aud is what the API expects, without nonce',
      header: HEADER_V1,
      claims: { aud: `api://${API}`, ...ID_V1 },
    },
    {
      name: 'ID token whose aud is what the API expects, with app roles',
      header: HEADER_V1,
      claims: { aud: `api://${API}`, ...ID_V1, roles: ['Orders.Admin'] },
    },
  ],
  others: GRAPH,
  sources: SOURCES,
}

/** Entra ID v1, where the client asked for the API by its GUID: then `aud` is the GUID. */
export const ENTRA_V1_GUID: GoldenIssuer = {
  name: 'Entra ID v1, aud as GUID',
  issuer: V1(TENANT),
  audience: API,
  clientId: SPA,
  accessTokens: [
    {
      name: 'delegated',
      header: HEADER_V1,
      claims: { aud: API, ...DELEGATED_V1 },
      expected: {
        subject: SUBJECT,
        clientId: SPA,
        principal: 'user',
        scopes: ['Orders.Read', 'Orders.Write'],
      },
    },
    {
      name: 'application',
      header: HEADER_V1,
      claims: { aud: API, ...APP_V1 },
      expected: {
        subject: DAEMON_OID,
        clientId: DAEMON,
        principal: 'client',
        scopes: [],
        roles: ['Orders.Read.All'],
      },
    },
  ],
  idTokens: [
    {
      name: "ID token of the API's own registration, whose GUID is what the API expects",
      header: HEADER_V1,
      claims: { aud: API, ...ID_V1, roles: ['Orders.Admin'] },
    },
    {
      name: 'ID token of the SPA, with nonce',
      header: HEADER_V1,
      claims: { aud: SPA, ...ID_V1, nonce: '0198f2b4-63a1-7c5d-9e80-4f1a2b3c4d5e' },
    },
  ],
  others: GRAPH,
  sources: SOURCES,
}

const delegatedV2 = (tenant: string, azp = SPA) => ({
  aud: API,
  iss: V2(tenant),
  ...TIMES,
  azp,
  azpacr: '0',
  name: 'Robin Example',
  oid: OID,
  preferred_username: 'robin@example.com',
  scp: 'Orders.Read',
  sub: SUBJECT,
  tid: tenant,
  uti: 'bNm6QwErTyUiOpAs9dFgHj',
  ver: '2.0',
  ...OPAQUE,
})

const appV2 = (tenant: string, azp = DAEMON) => ({
  aud: API,
  iss: V2(tenant),
  ...TIMES,
  azp,
  azpacr: '1',
  oid: DAEMON_OID,
  roles: ['Orders.Read.All'],
  sub: DAEMON_OID,
  tid: tenant,
  uti: 'xCvBn7MqWeRtYuIo0PaSdF',
  ver: '2.0',
  ...OPAQUE,
})

const idV2 = (tenant: string, aud: string) => ({
  aud,
  iss: V2(tenant),
  ...TIMES,
  name: 'Robin Example',
  oid: OID,
  preferred_username: 'robin@example.com',
  sid: '00b1c2d3-e4f5-4a6b-8c7d-9e0f1a2b3c4d',
  sub: 'zX8cVbNm1QwErTyUi4oPaSdFgHjKl7ZxCvBnMqWeRtY',
  tid: tenant,
  uti: 'tYuIo2PaSdFgHjKl5ZxCvB',
  ver: '2.0',
  ...OPAQUE,
})

const ID_TOKENS_V2: readonly GoldenToken[] = [
  {
    name: 'ID token of the SPA, with nonce',
    header: HEADER_V2,
    claims: { ...idV2(TENANT, SPA), nonce: '0198f2b4-63a1-7c5d-9e80-4f1a2b3c4d5e' },
  },
  {
    name: "ID token of the API's own registration, whose GUID is what the API expects, without nonce",
    header: HEADER_V2,
    claims: idV2(TENANT, API),
  },
  {
    name: "ID token of the API's own registration, with app roles and groups",
    header: HEADER_V2,
    claims: {
      ...idV2(TENANT, API),
      roles: ['Orders.Read.All', 'Orders.Admin'],
      groups: ['6c8e0a2b-4d5f-4a7c-9e1b-3d5f7a9c1e0b'],
    },
  },
  {
    name: 'ID token of a hybrid flow, whose aud is what the API expects',
    header: HEADER_V2,
    claims: {
      ...idV2(TENANT, API),
      nonce: 'vXzLm4qQ8nT2',
      at_hash: 'kLzXcVbNm3QwErTyUi6oPa',
      c_hash: 'sDfGhJkL9zXcVbNm2QwErT',
    },
  },
]

/** Entra ID, tokens of version 2.0 (`requestedAccessTokenVersion: 2`): `aud` is always the API's GUID. */
export const ENTRA_V2: GoldenIssuer = {
  name: 'Entra ID v2',
  issuer: V2(TENANT),
  audience: API,
  clientId: SPA,
  accessTokens: [
    {
      name: 'delegated',
      header: HEADER_V2,
      claims: delegatedV2(TENANT),
      expected: { subject: SUBJECT, clientId: SPA, principal: 'user', scopes: ['Orders.Read'], roles: [] },
    },
    {
      name: 'delegated, with app roles and idtyp',
      header: HEADER_V2,
      claims: { ...delegatedV2(TENANT), idtyp: 'user', roles: ['Orders.Admin'] },
      expected: {
        subject: SUBJECT,
        clientId: SPA,
        principal: 'user',
        scopes: ['Orders.Read'],
        roles: ['Orders.Admin'],
      },
    },
    {
      name: 'application',
      header: HEADER_V2,
      claims: appV2(TENANT),
      expected: {
        subject: DAEMON_OID,
        clientId: DAEMON,
        principal: 'client',
        scopes: [],
        roles: ['Orders.Read.All'],
      },
    },
    {
      name: 'application, with the optional claim idtyp',
      header: HEADER_V2,
      claims: { ...appV2(TENANT), idtyp: 'app' },
      expected: {
        subject: DAEMON_OID,
        clientId: DAEMON,
        principal: 'client',
        scopes: [],
        roles: ['Orders.Read.All'],
      },
    },
  ],
  idTokens: ID_TOKENS_V2,
  others: GRAPH,
  sources: SOURCES,
}

/** Entra ID v2, where client and API are one app registration: `aud` equals `azp`, as in the documentation's own sample. */
export const ENTRA_V2_ONE_REGISTRATION: GoldenIssuer = {
  name: 'Entra ID v2, client and API in one registration',
  issuer: V2(TENANT),
  audience: API,
  clientId: API,
  needsPreset:
    'an application token has no scp, and its only client is its aud: without azpacr as a mark it looks like an ID token with app roles',
  accessTokens: [
    {
      name: 'delegated',
      header: HEADER_V2,
      claims: delegatedV2(TENANT, API),
      expected: { subject: SUBJECT, clientId: API, principal: 'user', scopes: ['Orders.Read'] },
    },
    {
      name: 'application',
      header: HEADER_V2,
      claims: appV2(TENANT, API),
      expected: {
        subject: DAEMON_OID,
        clientId: API,
        principal: 'client',
        scopes: [],
        roles: ['Orders.Read.All'],
      },
    },
  ],
  idTokens: ID_TOKENS_V2,
  others: GRAPH,
  sources: SOURCES,
}

/** Entra ID v2 for many tenants: the discovery document's issuer is a template, and each token has its own tenant's issuer. */
export const ENTRA_MULTI_TENANT: GoldenIssuer = {
  name: 'Entra ID v2, many tenants',
  issuer: 'https://login.microsoftonline.com/{tenantid}/v2.0',
  audience: API,
  clientId: SPA,
  needsPreset:
    'iss differs by tenant (the issuer is a template with {tenantid}), and keys are bound to issuers',
  accessTokens: [
    {
      name: 'delegated, from the home tenant',
      header: HEADER_V2,
      claims: delegatedV2(TENANT),
      expected: { subject: SUBJECT, clientId: SPA, principal: 'user', scopes: ['Orders.Read'] },
    },
    {
      name: 'delegated, from another tenant',
      header: HEADER_V2,
      claims: delegatedV2(OTHER_TENANT),
      expected: { subject: SUBJECT, clientId: SPA, principal: 'user', scopes: ['Orders.Read'] },
    },
    {
      name: 'application, from another tenant',
      header: HEADER_V2,
      claims: appV2(OTHER_TENANT),
      expected: {
        subject: DAEMON_OID,
        clientId: DAEMON,
        principal: 'client',
        scopes: [],
        roles: ['Orders.Read.All'],
      },
    },
    {
      name: 'delegated, by a personal account',
      header: HEADER_V2,
      claims: { ...delegatedV2(CONSUMERS), oid: '00000000-0000-0000-7c3e-5a91b2d4f608' },
      expected: { subject: SUBJECT, clientId: SPA, principal: 'user', scopes: ['Orders.Read'] },
    },
  ],
  idTokens: [
    ...ID_TOKENS_V2,
    {
      name: 'ID token from another tenant, whose aud is what the API expects',
      header: HEADER_V2,
      claims: idV2(OTHER_TENANT, API),
    },
  ],
  others: [
    ...GRAPH,
    {
      name: 'access token whose tid is not the tenant of its iss',
      header: HEADER_V2,
      claims: { ...delegatedV2(TENANT), tid: OTHER_TENANT },
    },
  ],
  sources: SOURCES,
}
