import { EXPIRES_AT, type GoldenIssuer, ISSUED_AT } from './types.ts'

const ISSUER = 'https://oidc.cluster.harbour-shop.example'
const AUDIENCE = 'orders'
const SUBJECT = 'system:serviceaccount:batch:nightly-export'
// No `typ`.
const HEADER = { alg: 'RS256' }
const TIMES = { iat: ISSUED_AT, nbf: ISSUED_AT, exp: EXPIRES_AT }
const ACCOUNT = { name: 'nightly-export', uid: '0b1d3f5a-7c9e-4b2d-8f4a-6c8e0d1f3a5b' }
const POD = { name: 'nightly-export-29833333-x7q2v', uid: '6e8f0b2d-4a5c-4e7f-9b1d-3a5c7e9f0b2d' }

const BOUND = {
  aud: [AUDIENCE],
  ...TIMES,
  iss: ISSUER,
  sub: SUBJECT,
}

/** Kubernetes: the projected token of a service account is the credential. */
export const KUBERNETES: GoldenIssuer = {
  name: 'Kubernetes, service accounts',
  issuer: ISSUER,
  audience: AUDIENCE,
  clientId: 'batch/nightly-export',
  needsPreset: 'the credential names neither client nor scope: kubernetes.io and the subject are the marks',
  accessTokens: [
    {
      name: 'service account, in a pod',
      header: HEADER,
      claims: {
        ...BOUND,
        jti: '2d4f6b8a-0c1e-4d3f-8b5a-7c9e0d2f4b6a',
        'kubernetes.io': {
          namespace: 'batch',
          node: { name: 'node-7', uid: '9c0e2b4d-6f7a-4c9e-a1b3-5d7f9c0e2b4d' },
          pod: POD,
          serviceaccount: ACCOUNT,
          warnafter: ISSUED_AT + 3607,
        },
      },
      expected: { subject: SUBJECT, principal: 'client', scopes: [] },
    },
    {
      name: 'service account, of an older version: no jti, no node',
      header: HEADER,
      claims: { ...BOUND, 'kubernetes.io': { namespace: 'batch', pod: POD, serviceaccount: ACCOUNT } },
      expected: { subject: SUBJECT, principal: 'client', scopes: [] },
    },
    {
      name: 'service account, by the TokenRequest API, bound to no pod, for two audiences',
      header: HEADER,
      claims: {
        ...BOUND,
        aud: ['invoices', AUDIENCE],
        jti: '8a0c2e4d-6f5b-4a7c-9d1e-3b5f7a9c0e2d',
        'kubernetes.io': { namespace: 'batch', serviceaccount: ACCOUNT },
      },
      expected: { subject: SUBJECT, principal: 'client', scopes: [] },
    },
  ],
  // The cluster signs nothing but service accounts' tokens; the wrong ones among them are in `others`.
  idTokens: [],
  others: [
    {
      name: 'token for the API server of the cluster: the default audience',
      header: HEADER,
      claims: {
        ...BOUND,
        aud: ['https://kubernetes.default.svc.cluster.local'],
        jti: '4b6d8f0a-2c3e-4f5a-9b7c-1d0e2f4a6b8c',
        'kubernetes.io': { namespace: 'batch', pod: POD, serviceaccount: ACCOUNT },
      },
    },
    {
      name: 'service account of another namespace, with the right aud',
      header: HEADER,
      claims: {
        ...BOUND,
        sub: 'system:serviceaccount:sandbox:nightly-export',
        jti: '7e9f1b3d-5a6c-4e8f-8b0d-2a4c6e8f0b1d',
        'kubernetes.io': { namespace: 'sandbox', serviceaccount: ACCOUNT },
      },
    },
    {
      name: 'token of old, out of a secret: no aud, no exp, flat claims',
      header: HEADER,
      claims: {
        iss: 'kubernetes/serviceaccount',
        'kubernetes.io/serviceaccount/namespace': 'batch',
        'kubernetes.io/serviceaccount/secret.name': 'nightly-export-token-x7q2v',
        'kubernetes.io/serviceaccount/service-account.name': 'nightly-export',
        'kubernetes.io/serviceaccount/service-account.uid': ACCOUNT.uid,
        sub: SUBJECT,
      },
    },
  ],
  sources: [
    'github:kubernetes/kubernetes pkg/serviceaccount/claims.go',
    'https://kubernetes.io/docs/reference/access-authn-authz/service-accounts-admin/',
  ],
}
