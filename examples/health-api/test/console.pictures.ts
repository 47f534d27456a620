import { fileURLToPath } from 'node:url'
import type { Page } from 'playwright-core'
import { test } from 'vitest'
import { describeConsole } from './support/console.ts'
import { send, signIn, visit } from './support/visit.ts'

/** The pictures of the docs, taken anew with UPDATE_SCREENSHOTS=1, on the ports of `pnpm start`: they can be read there. */
describeConsole('has its picture taken:', pictures, { port: 3000, issuerPort: 4000 })

function pictures(console: Parameters<typeof visit>[0]): void {
  test.each(['light', 'dark'] as const)('the ID token refused, %s', async (colorScheme) => {
    await using visitor = await visit(console, { colorScheme })
    await refuseIdToken(visitor.page)
    await visitor.page.screenshot({ path: picture(`console-${colorScheme}`) })
  })

  test('why, check by check', async () => {
    await using visitor = await visit(console)
    await refuseIdToken(visitor.page)
    await visitor.page.locator('#answer-region').screenshot({ path: picture('console-why') })
  })

  test('on a phone', async () => {
    await using visitor = await visit(console, { viewport: { width: 360, height: 740 } })
    await refuseIdToken(visitor.page)
    await visitor.page.screenshot({ path: picture('console-360') })
  })
}

async function refuseIdToken(page: Page): Promise<void> {
  await signIn(page)
  await send(page, 'ID token')
  await page.mouse.move(0, 0)
}

function picture(name: string): string {
  return fileURLToPath(new URL(`../../../docs/images/${name}.png`, import.meta.url))
}
