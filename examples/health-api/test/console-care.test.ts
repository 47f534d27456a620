import type { Page } from 'playwright-core'
import { expect, test } from 'vitest'
import { describeConsole } from './support/console.ts'
import { send, signIn, started, textOf, visit } from './support/visit.ts'

describeConsole('keeps tokens to itself:', (console) => {
  test('no token is in storage, cookies, or an address', async () => {
    await using visitor = await visit(console)
    const { page, addresses } = visitor
    const sent: string[] = []
    page.on('request', (request) => sent.push(new URL(request.url()).origin))
    await signIn(page)
    for (const what of ['Access token', 'Fewer scopes', 'Expired', 'ID token']) await send(page, what)

    const kept = 'JSON.stringify([localStorage, sessionStorage, document.cookie, history.state, window.name])'
    expect(await page.evaluate(kept)).toBe('[{},{},"",null,""]')
    expect(await page.evaluate('indexedDB.databases()')).toEqual([])
    expect(page.url()).toBe(`${console.running.url}/`)
    expect(addresses.filter((address) => address.includes('eyJ'))).toEqual([])
    expect(new Set(sent)).toEqual(new Set([console.running.url, console.running.authorizationServer.issuer]))
    await page.reload()
    await started(page)
    expect(await page.getByRole('article').count()).toBe(0)
  })

  test('the answer to another sign-in is not redeemed (RFC 9700 §4.7)', async () => {
    await using visitor = await visit(console)
    const answer = new URLSearchParams({
      code: 'stolen',
      state: 'other',
      iss: console.running.authorizationServer.issuer,
    })
    const location = `${console.running.url}/callback?${answer}`
    expect(await signInAnswered(visitor.page, location)).toContain('its state differs')
    expect(visitor.addresses.filter((address) => address.endsWith('/token'))).toEqual([])
  })

  test('an ID token of another login is not taken (OpenID Connect Core §3.1.3.7)', async () => {
    await using visitor = await visit(console)
    const { page } = visitor
    await page.context().route('**/token', async (route) => {
      const response = await route.fetch()
      const tokens = await response.json()
      const [header, , signature] = tokens.id_token.split('.')
      const claims = { iss: console.running.authorizationServer.issuer, aud: 'health-app', nonce: 'other' }
      const payload = Buffer.from(JSON.stringify(claims)).toString('base64url')
      await route.fulfill({ response, json: { ...tokens, id_token: `${header}.${payload}.${signature}` } })
    })
    const [login] = await Promise.all([page.waitForEvent('popup'), page.click('#sign-in')])
    await login.getByRole('button', { name: 'Grace, doctor' }).click()
    expect(await alert(page)).toContain('its nonce differs')
    expect(await page.getByRole('article').count()).toBe(0)
  })

  test('a window that is closed ends the sign-in, and another one can begin', async () => {
    await using visitor = await visit(console)
    const { page } = visitor
    const [login] = await Promise.all([page.waitForEvent('popup'), page.click('#sign-in')])
    await login.close()
    expect(await alert(page)).toContain('closed before')
    const [second] = await Promise.all([page.waitForEvent('popup'), page.click('#sign-in')])
    await second.close()
    await signIn(page)
    expect(await textOf(page.locator('#sign-in-error'))).toBe('')
  })

  test('who has the tokens forgotten can send them no more', async () => {
    await using visitor = await visit(console)
    const { page } = visitor
    await signIn(page)
    await page.getByRole('button', { name: 'Forget them' }).click()
    expect(await page.getByRole('article').count()).toBe(0)
    expect(await page.getByRole('button', { name: 'Access token' }).isDisabled()).toBe(true)
    expect(await page.evaluate('document.activeElement.id')).toBe('sign-in')
  })

  test('who cancels reads so, and has no token (RFC 6749 §4.1.2.1)', async () => {
    await using visitor = await visit(console)
    const { page } = visitor
    const [login] = await Promise.all([page.waitForEvent('popup'), page.click('#sign-in')])
    await login.getByRole('button', { name: 'Cancel' }).click()
    expect(await alert(page)).toContain('The user did not allow it')
  })
})

/** Begins to sign in, and lets the authorization endpoint answer with this redirect. */
async function signInAnswered(page: Page, location: string): Promise<string> {
  await page.context().route('**/auth?*', (route) => route.fulfill({ status: 302, headers: { location } }))
  await page.click('#sign-in')
  return alert(page)
}

async function alert(page: Page): Promise<string> {
  const told = page.locator('#sign-in-error:not(:empty)')
  await told.waitFor()
  return textOf(told)
}
