import type { BrowserContextOptions, Locator, Page } from 'playwright-core'
import type { Console } from './console.ts'

/** Somebody looks at the console: a fresh browser profile, and all that its console complained of. */
export interface Visit extends AsyncDisposable {
  readonly page: Page
  /** Errors and policy violations, in all windows. That fetch() was answered 4xx is what the page is for, and is left out. */
  readonly complaints: readonly string[]
  /** The addresses that were asked for, in all windows. */
  readonly addresses: readonly string[]
}

/** Opens the console. */
export async function visit(
  { browser, running }: Console,
  options: BrowserContextOptions = {},
): Promise<Visit> {
  const context = await browser.newContext({ viewport: { width: 1280, height: 900 }, ...options })
  const complaints: string[] = []
  const addresses: string[] = []
  context.on('console', (message) => {
    if (message.type() !== 'error' && message.type() !== 'warning') return
    const refused = /^Failed to load resource: .* (400|401|403) /.test(message.text())
    if (!refused || !message.location().url.includes('/api/')) complaints.push(message.text())
  })
  context.on('weberror', (error) => complaints.push(`${error.error()}`))
  context.on('request', (request) => addresses.push(request.url()))

  const page = await context.newPage()
  await page.goto(running.url)
  await started(page)
  return { page, complaints, addresses, [Symbol.asyncDispose]: () => context.close() }
}

/** Resolves once the page takes clicks. */
export async function started(page: Page): Promise<void> {
  await page.locator('main:not([inert])').waitFor()
}

/** Signs in with one click on the authorization server's own page. */
export async function signIn(page: Page, person: 'Grace, doctor' | 'Ada, nurse' = 'Grace, doctor') {
  const [login] = await Promise.all([
    page.waitForEvent('popup'),
    page.getByRole('button', { name: 'Sign in', exact: true }).click(),
  ])
  await login.getByRole('button', { name: person }).click()
  await page.getByRole('heading', { name: 'ID token' }).waitFor()
}

/** Clicks what to send, and gives back the line of the answer. */
export async function send(page: Page, what: string, route?: string): Promise<string> {
  if (route !== undefined) await page.getByRole('radio', { name: route }).check()
  await page.getByRole('button', { name: what }).click()
  await page.locator('.answer[aria-busy=false]').waitFor()
  return textOf(page.getByRole('status'))
}

/** All text in there, without what only sets it out. */
export async function textOf(place: Locator): Promise<string> {
  return (await place.textContent()) ?? ''
}
