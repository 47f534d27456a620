import { expect, it } from 'vitest'
import { PEERS } from '../migration/peers.ts'
import { migrationIndex, migrationPage, pageOf } from './migration-page.ts'

for (const peer of PEERS) {
  it(`docs/migration/${peer.folder}.md has the code and the differences of test/migration; \`npx pnpm@12 docs\` writes them anew`, async () => {
    await expect(migrationPage(peer)).toMatchFileSnapshot(pageOf(peer))
  })
}

it('docs/migration/README.md lists the pages; `npx pnpm@12 docs` writes the table anew', async () => {
  await expect(migrationIndex(PEERS)).toMatchFileSnapshot('../../docs/migration/README.md')
})
