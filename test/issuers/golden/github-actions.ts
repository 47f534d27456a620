import { EXPIRES_AT, type GoldenIssuer, ISSUED_AT } from './types.ts'

const ISSUER = 'https://token.actions.githubusercontent.com'
const AUDIENCE = 'https://api.harbour-shop.example'
const SUBJECT = 'repo:harbour-shop@184720395/orders@912837465:ref:refs/heads/main'
const OLD_SUBJECT = 'repo:harbour-shop/orders:ref:refs/heads/main'
const HEADER = { alg: 'RS256', typ: 'JWT', x5t: 'yUiOpAsDfG5hJkLzXcVbNmQwErT' }
const TIMES = { iat: ISSUED_AT, nbf: ISSUED_AT - 300, exp: EXPIRES_AT }

const CLAIMS = {
  jti: '5d7f9b1a-3c4e-4d6f-8b0a-2c4e6d8f0b1a',
  sub: SUBJECT,
  aud: AUDIENCE,
  ref: 'refs/heads/main',
  sha: '7f9b1d3a5c6e8f0b2d4a6c8e0f1b3d5a7c9e1f3b',
  repository: 'harbour-shop/orders',
  repository_owner: 'harbour-shop',
  repository_owner_id: '184720395',
  run_id: '18273645091',
  run_number: '412',
  run_attempt: '1',
  repository_visibility: 'private',
  repository_id: '912837465',
  actor_id: '56473829',
  actor: 'robin-example',
  workflow: 'Deploy',
  head_ref: '',
  base_ref: '',
  event_name: 'push',
  ref_protected: 'true',
  ref_type: 'branch',
  workflow_ref: 'harbour-shop/orders/.github/workflows/deploy.yml@refs/heads/main',
  workflow_sha: '7f9b1d3a5c6e8f0b2d4a6c8e0f1b3d5a7c9e1f3b',
  job_workflow_ref: 'harbour-shop/orders/.github/workflows/deploy.yml@refs/heads/main',
  job_workflow_sha: '7f9b1d3a5c6e8f0b2d4a6c8e0f1b3d5a7c9e1f3b',
  runner_environment: 'github-hosted',
  iss: ISSUER,
  ...TIMES,
}

/** GitHub Actions: the workflow's OIDC token is the credential; any workflow of anybody can choose its `aud`. */
export const GITHUB_ACTIONS: GoldenIssuer = {
  name: 'GitHub Actions',
  issuer: ISSUER,
  audience: AUDIENCE,
  clientId: 'harbour-shop/orders',
  needsPreset:
    'the credential is an ID token, for which any repository in the world can choose the aud: the repository is the condition',
  accessTokens: [
    {
      name: 'workflow, in a repository created after 15 July 2026',
      header: HEADER,
      claims: CLAIMS,
      expected: { subject: SUBJECT, principal: 'client', scopes: [] },
    },
    {
      name: 'workflow, in an older repository',
      header: HEADER,
      claims: { ...CLAIMS, sub: OLD_SUBJECT },
      expected: { subject: OLD_SUBJECT, principal: 'client', scopes: [] },
    },
    {
      name: 'workflow, in an environment',
      header: HEADER,
      claims: {
        ...CLAIMS,
        sub: 'repo:harbour-shop@184720395/orders@912837465:environment:production',
        environment: 'production',
      },
      expected: {
        subject: 'repo:harbour-shop@184720395/orders@912837465:environment:production',
        principal: 'client',
        scopes: [],
      },
    },
  ],
  // The issuer signs nothing but workflows' tokens; the wrong ones among them are in `others`.
  idTokens: [],
  others: [
    {
      name: "a stranger's repository, with the right aud",
      header: HEADER,
      claims: {
        ...CLAIMS,
        sub: 'repo:somebody@102938475/orders@564738291:ref:refs/heads/main',
        repository: 'somebody/orders',
        repository_owner: 'somebody',
        repository_owner_id: '102938475',
        repository_id: '564738291',
        workflow_ref: 'somebody/orders/.github/workflows/deploy.yml@refs/heads/main',
        job_workflow_ref: 'somebody/orders/.github/workflows/deploy.yml@refs/heads/main',
      },
    },
    {
      name: "the right repository, with the default aud, which is its owner's address",
      header: HEADER,
      claims: { ...CLAIMS, aud: 'https://github.com/harbour-shop' },
    },
  ],
  sources: ['github:github/docs content/actions/reference/security/oidc.md'],
}
