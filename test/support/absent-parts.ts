import { spawnSync } from 'node:child_process'
import { chromiumPath } from '../../examples/health-api/test/support/chromium.ts'

const REDIS = 'redis-server'

/** Said once before the tests, where parts are absent that some of them need: those are skipped. */
export function setup(): void {
  if (process.env['VECTORS_DIR'] === undefined) {
    process.stdout.write(
      'Skipped: published test vectors, for the variable VECTORS_DIR does not say where they are.\n',
    )
  }
  if (spawnSync('curl', ['--version']).error !== undefined) {
    process.stdout.write('Skipped: commands of the guides that ask with curl, for there is none here.\n')
  }
  if (spawnSync(REDIS, ['--version']).error !== undefined) {
    process.stdout.write('Skipped: what needs a real Redis, for there is no redis-server on this machine.\n')
  }
  if (chromiumPath() === undefined) {
    process.stdout.write(
      'Skipped: the token console in a browser, for there is no Chromium on this machine (CHROMIUM_PATH).\n',
    )
  }
}
