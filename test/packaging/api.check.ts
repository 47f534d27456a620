import { join } from 'node:path'
import { expect, it } from 'vitest'
import { apiReport, waysInto } from './api-report.ts'
import { PACKAGES } from './packages.ts'

const ways = PACKAGES.flatMap((each) => waysInto(each).map((way) => [each.manifest.name, way, each] as const))

it.each(ways)('%s declares what its report says (%s)', async (name, way, each) => {
  const report = await apiReport(each, way)
  const changed = `The public API of ${name} has changed. If that is meant, run \`npx pnpm@12 api\` and commit packages/${each.short}/api`
  await expect(report, changed).toMatchFileSnapshot(join(each.folder, 'api', `${way}.api.md`))
})
