import type { AuthorizationServer } from './authorization-server.ts'
import { BILLING_API, HEALTH_API } from './catalogue.ts'
import { authorizationCode, clientCredentials } from './flows.ts'

/** What the requests carry, and in which words the table says so. */
export const TOKENS = {
  grace: 'access token of Grace, doctor (authorization code)',
  ada: 'access token of Ada, nurse (authorization code)',
  idToken: "ID token of Grace's login",
  reporting: 'access token of reporting-service (client credentials)',
  adminConsole: 'access token of admin-console (client credentials)',
  auditScript: 'access token of audit-script (client credentials)',
  billing: 'access token for the billing API (client credentials)',
  tampered: "Ada's access token with write:patients written into it",
  garbage: 'not.a.jwt',
} as const

export type TokenName = keyof typeof TOKENS

/** Gets every token by a real flow; the forged ones are made from a real one. */
export async function mintTokens({
  issuer,
  services,
}: AuthorizationServer): Promise<Record<TokenName, string>> {
  const login = { issuer, resource: HEALTH_API, scope: 'read:patients write:patients' }
  const grace = await authorizationCode({ ...login, username: 'grace' })
  const ada = await authorizationCode({ ...login, username: 'ada' })
  const reporting = await clientCredentials(issuer, services.reporting, HEALTH_API)
  const adminConsole = await clientCredentials(issuer, services.adminConsole, HEALTH_API)
  const auditScript = await clientCredentials(issuer, services.auditScript, HEALTH_API)
  const billing = await clientCredentials(issuer, services.reporting, BILLING_API)
  return {
    grace: grace.access_token,
    ada: ada.access_token,
    idToken: grace.id_token,
    reporting: reporting.access_token,
    adminConsole: adminConsole.access_token,
    auditScript: auditScript.access_token,
    billing: billing.access_token,
    tampered: withScope(ada.access_token, login.scope),
    garbage: 'not.a.jwt',
  }
}

/** The token with another scope in its payload, under the signature it had. */
function withScope(token: string, scope: string): string {
  const [header, payload = '', signature] = token.split('.')
  const claims: object = JSON.parse(Buffer.from(payload, 'base64url').toString())
  const forged = Buffer.from(JSON.stringify({ ...claims, scope })).toString('base64url')
  return `${header}.${forged}.${signature}`
}
