import { afterAll, beforeAll, expect, test } from 'vitest'
import { BILLING_API, HEALTH_API } from '../src/catalogue.ts'
import { CookieJar } from '../src/cookie-jar.ts'
import {
  type AuthorizationRequest,
  type AuthorizationServer,
  authorizationCode,
  beginAuthorization,
  clientCredentials,
  createAuthorizationServer,
  finishAuthorization,
  signInThroughForm,
} from '../src/index.ts'

let server: AuthorizationServer
beforeAll(async () => {
  server = await createAuthorizationServer()
})
afterAll(() => server.close())

const BOTH = 'read:patients write:patients'

test('gives a doctor a JWT access token for the API and an ID token for the app', async () => {
  const login = { issuer: server.issuer, resource: HEALTH_API, scope: BOTH, username: 'grace' }
  const tokens = await authorizationCode(login)

  expect(header(tokens.access_token)).toMatchObject({ typ: 'at+jwt', alg: 'RS256' })
  expect(payload(tokens.access_token)).toMatchObject({
    iss: server.issuer,
    aud: HEALTH_API,
    sub: 'grace',
    client_id: 'health-app',
    scope: BOTH,
  })
  expect(payload(tokens.id_token)).toMatchObject({ iss: server.issuer, aud: 'health-app', sub: 'grace' })
})

test('gives a nurse only the scopes of her role, whatever the app asks for', async () => {
  const login = { issuer: server.issuer, resource: HEALTH_API, scope: BOTH, username: 'ada' }
  expect(payload((await authorizationCode(login)).access_token)).toMatchObject({ scope: 'read:patients' })
})

test('gives a service a token in its own name', async () => {
  const tokens = await clientCredentials(server.issuer, server.services.adminConsole, HEALTH_API)
  expect(payload(tokens.access_token)).toMatchObject({
    aud: HEALTH_API,
    sub: 'admin-console',
    client_id: 'admin-console',
    scope: 'read:admin',
  })
})

test('issues tokens for another API under the same scope name', async () => {
  const tokens = await clientCredentials(server.issuer, server.services.reporting, BILLING_API)
  expect(payload(tokens.access_token)).toMatchObject({ aud: BILLING_API, scope: 'read:patients' })
})

test('knows no other API (RFC 8707 §2)', async () => {
  const unknown = clientCredentials(server.issuer, server.services.reporting, 'https://example.com/other')
  await expect(unknown).rejects.toThrow(/400.*invalid_target/)
})

test('turns a wrong password away', async () => {
  const { url, redirectUri } = await begin('openid read:patients')
  const credentials = { username: 'ada', password: 'wrong' }
  await expect(signInThroughForm(url, redirectUri, credentials)).rejects.toThrow('ended with 401')
})

test('asks whoever is signed in only for consent', async () => {
  const jar = new CookieJar()
  const first = await begin('openid read:patients')
  await signInThroughForm(first.url, first.redirectUri, { username: 'ada', password: 'night-shift' }, jar)

  const second = await begin('openid read:patients write:patients')
  const nobody = { username: '', password: '' }
  const callback = await signInThroughForm(second.url, second.redirectUri, nobody, jar)
  const tokens = await finishAuthorization(second, callback)
  expect(payload(tokens.access_token)).toMatchObject({ sub: 'ada', scope: 'read:patients' })
})

test('shows the descriptions of the requested scopes, and no others', async () => {
  const { url, headers } = await loginPage('openid read:patients')
  const page = await fetch(url, { headers })
  const html = await page.text()
  expect(page.status).toBe(200)
  expect(html).toContain('See the patients of the ward')
  expect(html).not.toContain('Admit new patients')
})

test('sends who cancels back to the app with access_denied (RFC 6749 §4.1.2.1)', async () => {
  const jar = new CookieJar()
  const { url, headers } = await loginPage('openid read:patients', jar)
  const body = new URLSearchParams({ answer: 'deny' })
  const answer = await fetch(url, { method: 'POST', headers, body, redirect: 'manual' })
  const resume = answer.headers.get('location') ?? ''
  const back = await fetch(resume, { headers: jar.header(), redirect: 'manual' })
  expect(back.headers.get('location')).toContain('error=access_denied')
})

test('answers an unknown interaction with a page that says to start again', async () => {
  const response = await fetch(`${server.issuer}/interaction/nothing`)
  expect(response.status).toBe(400)
  expect(await response.text()).toContain('Start again')
})

function begin(scope: string): Promise<AuthorizationRequest> {
  return beginAuthorization({ issuer: server.issuer, resource: HEALTH_API, scope })
}

async function loginPage(
  scope: string,
  jar = new CookieJar(),
): Promise<{ url: URL; headers: { cookie?: string } }> {
  const { url } = await begin(scope)
  const redirect = await fetch(url, { redirect: 'manual' })
  jar.keep(redirect)
  return { url: new URL(redirect.headers.get('location') ?? '', url), headers: jar.header() }
}

function header(jwt: string): unknown {
  return part(jwt, 0)
}

function payload(jwt: string): unknown {
  return part(jwt, 1)
}

function part(jwt: string, index: number): unknown {
  return JSON.parse(Buffer.from(jwt.split('.')[index] ?? '', 'base64url').toString())
}
