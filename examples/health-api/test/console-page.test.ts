import { expect, test } from 'vitest'
import { mintTokens } from '../src/tokens.ts'
import { describeConsole } from './support/console.ts'
import { send, signIn, textOf, visit } from './support/visit.ts'

describeConsole('tells about tokens:', (console) => {
  test('shows both tokens of a login side by side, for the API and for the app', async () => {
    await using visitor = await visit(console)
    const { page } = visitor
    await signIn(page)
    const access = page.getByRole('article').filter({ hasText: 'For the API' })
    const id = page.getByRole('article').filter({ hasText: 'For the app' })
    expect(await textOf(access)).toMatch(
      /aud\s*https:\/\/example.com\/health-api\s*Audience: made for this API/,
    )
    expect(await textOf(access)).toMatch(/typ\s*at\+jwt/)
    expect(await textOf(id)).toMatch(/aud\s*health-app\s*Audience: made for the app/)
    expect(await textOf(id)).toMatch(/nonce\s*[\w-]{43}/)
    expect(await page.evaluate('document.activeElement.textContent')).toBe('Signed in as grace')
    expect(visitor.complaints).toEqual([])
  })

  test('shows what the API answers to each of them, and why (RFC 6750 §3)', async () => {
    await using visitor = await visit(console)
    const { page } = visitor
    await signIn(page)
    expect(await send(page, 'Access token')).toMatch(/^200 OK.* Admitted/s)
    expect(await textOf(page.locator('#answer'))).toContain('"caller": "grace"')

    expect(await send(page, 'ID token')).toMatch(
      /^401 Unauthorized.* Refused, id_token: this is an ID token/s,
    )
    const answer = await textOf(page.locator('#answer'))
    expect(answer).toMatch(/errorinvalid_token/)
    expect(answer).toMatch(/error_description\s*An ID token was presented where an access token is required/)
    expect((await page.locator('tr.failed').allTextContents()).join()).toContain('meant for this API')

    expect(await send(page, 'Fewer scopes')).toMatch(/^403 Forbidden.* Refused, scope_missing/s)
    expect(await textOf(page.locator('#answer'))).toMatch(/scope\s*read:patients/)
    expect(await send(page, 'Expired')).toMatch(/^401 Unauthorized.* Refused, expired:/s)
    expect(await send(page, 'Tampered')).toMatch(/^401 Unauthorized.* Refused, signature_invalid/s)
    expect(await send(page, 'No token')).toMatch(/^401 Unauthorized.* Refused, no_credentials/s)
    expect(await page.locator('.challenge dt').allTextContents()).toEqual(['scheme', 'realm'])
    expect(await send(page, 'Access token', 'POST /api/patients')).toMatch(/^201 Created/)
    expect(visitor.complaints).toEqual([])
  })

  test('asks for fewer scopes one time after the other: a refresh token is good for one use (RFC 9700 §4.14)', async () => {
    await using visitor = await visit(console)
    await signIn(visitor.page)
    await visitor.page.getByRole('button', { name: 'Fewer scopes' }).dblclick()
    expect(await send(visitor.page, 'Fewer scopes', 'POST /api/patients')).toMatch(/^403 .*scope_missing/s)
    expect(await textOf(visitor.page.locator('#answer'))).toMatch(/scope\s*write:patients/)
  })

  test('gives a nurse a token that may not write', async () => {
    await using visitor = await visit(console)
    await signIn(visitor.page, 'Ada, nurse')
    expect(await send(visitor.page, 'Access token', 'POST /api/patients')).toMatch(/^403 Forbidden/)
  })

  test('takes any token that is pasted', async () => {
    await using visitor = await visit(console)
    const { page } = visitor
    const tokens = await mintTokens(console.running.authorizationServer)
    await page.getByRole('tab', { name: 'Any token' }).click()
    await page.getByLabel('Any token').and(page.locator('textarea')).fill(tokens.ada)
    expect(await send(page, 'This token')).toMatch(/^200 OK/)
    await page.locator('textarea').fill(tokens.garbage)
    expect(await send(page, 'This token')).toMatch(/^401 .*malformed_token/s)
    const claims = { azp: 'portal', permissions: ['read'], at_hash: 'abc', nbf: 1 }
    await page.locator('textarea').fill(`${part({ typ: 'JWT' })}.${part(claims)}.x`)
    const card = await textOf(page.getByRole('article'))
    for (const said of ['No audience', 'Authorized party', 'beside the scope', 'Hash of the access token'])
      expect(card).toContain(said)
    await page.locator('textarea').fill('two words')
    expect(await page.getByRole('button', { name: 'This token' }).isDisabled()).toBe(true)
    expect(visitor.complaints).toEqual([])
  })

  test.each([
    ['may read the patients', 'GET /api/patients', /^200 OK/],
    ['the one client let into', 'GET /api/admin', /^200 OK/],
    ['not on the list', 'GET /api/admin', /^403 .*client_not_allowed/s],
    ['for the billing API', 'GET /api/patients', /^401 .*audience_mismatch/s],
  ])('gets a token for the service: %s (RFC 6749 §4.4)', async (service, route, verdict) => {
    await using visitor = await visit(console)
    const { page } = visitor
    await page.getByRole('tab', { name: 'Machine to machine' }).click()
    await page.getByRole('radio', { name: service }).check()
    await page.getByRole('button', { name: 'Get a token' }).click()
    await page.getByRole('heading', { name: 'Access token' }).waitFor()
    expect(await send(page, 'Access token', route)).toMatch(verdict)
    expect(visitor.complaints).toEqual([])
  })
})

function part(members: object): string {
  return Buffer.from(JSON.stringify(members)).toString('base64url')
}
