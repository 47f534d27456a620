import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, describe } from 'vitest'
import { type Running, type StartOptions, start } from '../../src/start.ts'
import { chromiumPath, launch } from './chromium.ts'

/** The example and a browser, running while the tests of one description run. */
export interface Console {
  readonly running: Running
  readonly browser: Browser
}

/** Milliseconds: a browser on a busy machine takes its time. */
const PATIENCE = 60_000

/** Tests of the console in Chromium; skipped where there is none, which `absent-parts.ts` says once. */
export function describeConsole(
  name: string,
  tests: (console: Console) => void,
  { port = 0, issuerPort = 0 }: Partial<Pick<StartOptions, 'port' | 'issuerPort'>> = {},
): void {
  describe.skipIf(chromiumPath() === undefined)(
    `the token console, in Chromium, ${name}`,
    { timeout: PATIENCE },
    () => {
      let running: Running | undefined
      let browser: Browser | undefined
      beforeAll(async () => {
        running = await start({ port, issuerPort, onRefusal: () => {} })
        browser = await launch()
      }, PATIENCE)
      afterAll(async () => {
        await browser?.close()
        await running?.close()
      }, PATIENCE)

      tests({
        get running() {
          return there(running)
        },
        get browser() {
          return there(browser)
        },
      })
    },
  )
}

function there<Part>(part: Part | undefined): Part {
  if (part === undefined) throw new Error('It runs only while tests do')
  return part
}
