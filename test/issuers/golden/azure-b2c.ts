import { EXPIRES_AT, type GoldenIssuer, ISSUED_AT, SIGNED_IN_AT } from './types.ts'

const TENANT = '7d2f4b6a-8c0e-4a1b-9d3f-5e7c9a1b3d5f'
const ISSUER = `https://harbourshop.b2clogin.com/${TENANT}/v2.0/`
const API = '2a4c6e80-1b3d-4f5a-8c7e-9d0b2f4a6c8e'
const SPA = 'f9e8d7c6-b5a4-4938-a271-605f4e3d2c1b'
const USER = '0c1d2e3f-4a5b-4c6d-9e7f-8a9b0c1d2e3f'
const HEADER = { alg: 'RS256', typ: 'JWT' }
const TIMES = { iat: ISSUED_AT, nbf: ISSUED_AT, exp: EXPIRES_AT }

const ACCESS = {
  iss: ISSUER,
  ...TIMES,
  aud: API,
  oid: USER,
  sub: USER,
  name: 'Robin Example',
  tfp: 'B2C_1_signupsignin',
  scp: 'orders.read',
  azp: SPA,
  ver: '1.0',
}

const ID = {
  iss: ISSUER,
  ...TIMES,
  ver: '1.0',
  sub: USER,
  auth_time: SIGNED_IN_AT,
  name: 'Robin Example',
  emails: ['robin@example.com'],
  tfp: 'B2C_1_signupsignin',
}

/** Azure AD B2C: access tokens carry a person's name, and the `nonce` of the sign-in, beside `scp` and `azp`. */
export const AZURE_B2C: GoldenIssuer = {
  name: 'Azure AD B2C',
  issuer: ISSUER,
  audience: API,
  clientId: SPA,
  accessTokens: [
    {
      name: 'user, with the nonce of the sign-in',
      header: HEADER,
      claims: { ...ACCESS, nonce: 'sWb9YdF6hJm3' },
      expected: { subject: USER, clientId: SPA, principal: 'user', scopes: ['orders.read'] },
    },
    {
      name: 'user, without nonce, two scopes',
      header: HEADER,
      claims: { ...ACCESS, scp: 'orders.read orders.write' },
      expected: { subject: USER, clientId: SPA, principal: 'user', scopes: ['orders.read', 'orders.write'] },
    },
    {
      name: 'user, of a custom policy that puts its name into acr',
      header: HEADER,
      claims: {
        iss: ISSUER,
        ...TIMES,
        aud: API,
        acr: 'b2c_1a_signup_signin',
        sub: USER,
        auth_time: SIGNED_IN_AT,
        email: 'robin@example.com',
        nonce: 'xT2sWb9YdF6h',
        scp: 'orders.read',
        azp: SPA,
        ver: '1.0',
      },
      expected: { subject: USER, clientId: SPA, principal: 'user', scopes: ['orders.read'] },
    },
  ],
  idTokens: [
    {
      name: 'ID token of the SPA, with nonce',
      header: HEADER,
      claims: { ...ID, aud: SPA, nonce: 'xT2sWb9YdF6h', at_hash: 'gH7jKlZxCvBnM0qWeRtYuI' },
    },
    {
      name: "ID token of the API's own registration, whose GUID is what the API expects, without nonce",
      header: HEADER,
      claims: { ...ID, aud: API },
    },
    {
      name: 'ID token of a hybrid flow, whose aud is what the API expects',
      header: HEADER,
      claims: { ...ID, aud: API, c_hash: 'oPaSdFgHjKl4ZxCvBnMqWe' },
    },
  ],
  others: [],
  sources: [
    'https://learn.microsoft.com/en-us/azure/active-directory-b2c/tokens-overview',
    'https://learn.microsoft.com/en-us/azure/active-directory-b2c/access-tokens',
    'github:MicrosoftDocs/azure-docs articles/active-directory-b2c (decoded access token with nonce, scp, azp and tfp; decoded ID token)',
  ],
}
