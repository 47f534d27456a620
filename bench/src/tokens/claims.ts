import { randomUUID } from 'node:crypto'

/** Whose token it is, and for whom. */
export interface Parties {
  readonly issuer: string
  readonly audience: string
}

const LIFETIME = 3600

/** The claims of an access token (RFC 9068 §2.2) as a large tenant writes them: some 900 bytes of JSON, no two alike. */
export function accessTokenClaims({ issuer, audience }: Parties): object {
  const now = Math.floor(Date.now() / 1000)
  const user = randomUUID()
  return {
    iss: issuer,
    sub: `auth0|${user}`,
    aud: [audience, `${issuer}userinfo`],
    client_id: 'bench-client',
    azp: 'bench-client',
    iat: now,
    exp: now + LIFETIME,
    jti: randomUUID(),
    scope: 'openid profile email read:patients write:patients read:records',
    permissions: [
      'read:patients',
      'write:patients',
      'read:records',
      'write:records',
      'read:appointments',
      'write:appointments',
    ],
    'https://example.test/roles': ['physician', 'ward-manager', 'researcher'],
    'https://example.test/organisation': {
      id: 'org_7Gd2sQvK',
      name: 'General Hospital',
      region: 'eu-central-1',
    },
    email: `${user}@hospital.example.test`,
    email_verified: true,
    given_name: 'Margarete',
    family_name: 'Schütte-Lihotzky',
    locale: 'de-AT',
    session: randomUUID(),
  }
}
