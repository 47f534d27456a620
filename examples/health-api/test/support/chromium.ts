import { existsSync } from 'node:fs'
import type { Browser } from 'playwright-core'

/** Where Chromium is on this machine, or undefined where it is not. */
export function chromiumPath(env: NodeJS.ProcessEnv = process.env): string | undefined {
  const path = env['CHROMIUM_PATH'] || '/usr/bin/chromium'
  return existsSync(path) ? path : undefined
}

/** Chromium without a window. Without its own sandbox, which root may not have. */
export async function launch(): Promise<Browser> {
  const executablePath = chromiumPath()
  if (executablePath === undefined) throw new Error('There is no Chromium: set CHROMIUM_PATH')
  const { chromium } = await import('playwright-core')
  return chromium.launch({ executablePath, args: ['--no-sandbox'] })
}
