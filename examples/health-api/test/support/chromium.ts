import { existsSync } from 'node:fs'

/** Where Chromium is on this machine, or undefined where it is not. */
export function chromiumPath(env: NodeJS.ProcessEnv = process.env): string | undefined {
  const path = env['CHROMIUM_PATH'] || '/usr/bin/chromium'
  return existsSync(path) ? path : undefined
}
