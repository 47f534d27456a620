import axe from 'axe-core'
import type { Page } from 'playwright-core'
import { expect, test } from 'vitest'
import { describeConsole } from './support/console.ts'
import { send, signIn, textOf, visit } from './support/visit.ts'

describeConsole('is for everybody:', (console) => {
  test.each(['light', 'dark'] as const)('axe finds nothing in %s', async (colorScheme) => {
    await using visitor = await visit(console, { colorScheme })
    const { page } = visitor
    expect(await violations(page)).toEqual([])

    const [login] = await Promise.all([page.waitForEvent('popup'), page.click('#sign-in')])
    await login.getByRole('button', { name: 'Grace, doctor' }).waitFor()
    expect(await violations(login)).toEqual([])
    await login.close()

    await signIn(page)
    await send(page, 'Tampered')
    expect(await violations(page)).toEqual([])
    await page.getByRole('tab', { name: 'Machine to machine' }).click()
    await page.getByRole('button', { name: 'Get a token' }).click()
    await page.getByRole('heading', { name: 'Access token' }).waitFor()
    await send(page, 'Access token')
    expect(await violations(page)).toEqual([])
    await page.getByRole('tab', { name: 'Any token' }).click()
    await page.locator('textarea').fill('not.a.jwt')
    expect(await violations(page)).toEqual([])
  })

  test('the keyboard does all of it', async () => {
    await using visitor = await visit(console)
    const { page } = visitor
    await page.keyboard.press('Tab')
    expect(await focus(page)).toBe('Skip to the console')
    await page.keyboard.press('Enter')
    await page.keyboard.press('Tab')
    expect(await focus(page)).toBe('Sign in')

    const names = {
      ArrowRight: 'Machine to machine',
      End: 'Any token',
      Home: 'Sign in',
      ArrowLeft: 'Any token',
    }
    for (const [key, name] of Object.entries(names)) {
      await page.keyboard.press(key)
      expect(await focus(page)).toBe(name)
      expect(await textOf(page.getByRole('tab', { selected: true }))).toBe(name)
      expect(await page.getByRole('tabpanel', { name }).isVisible()).toBe(true)
      expect(await page.getByRole('tabpanel').count()).toBe(1)
    }

    await page.keyboard.press('Tab')
    await page.keyboard.type('not.a.jwt')
    await page.keyboard.press('Tab')
    await page.keyboard.press('Tab')
    expect(await focus(page)).toContain('This token')
    await page.keyboard.press('Enter')
    await page.getByRole('status').filter({ hasText: '401' }).waitFor()
    expect(await focus(page)).toContain('This token')
  })

  test('nothing goes beyond 360 pixels', async () => {
    await using visitor = await visit(console, { viewport: { width: 360, height: 740 } })
    const { page } = visitor
    expect(await width(page)).toBe(360)
    await signIn(page)
    await send(page, 'ID token')
    expect(await width(page)).toBe(360)
    await page.getByRole('tab', { name: 'Machine to machine' }).click()
    await page.getByRole('button', { name: 'Get a token' }).click()
    await page.getByRole('heading', { name: 'Access token' }).waitFor()
    expect(await width(page)).toBe(360)
    await page.getByRole('tab', { name: 'Any token' }).click()
    await page.locator('textarea').fill('x'.repeat(2000))
    expect(await width(page)).toBe(360)
  })
})

/** What axe complains of, with the elements. */
async function violations(page: Page): Promise<unknown> {
  await page.evaluate(axe.source)
  return page.evaluate(
    'axe.run().then(({ violations }) => violations.map(({ id, nodes }) => [id, ...nodes.map(({ html }) => html)]))',
  )
}

function focus(page: Page): Promise<unknown> {
  return page.evaluate('document.activeElement.innerText')
}

function width(page: Page): Promise<unknown> {
  return page.evaluate('document.documentElement.scrollWidth')
}
