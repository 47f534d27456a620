import { existsSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { PEERS } from '../migration/peers.ts'
import { migrationIndex, migrationPage, pageOf } from './migration-page.ts'

const pages = PEERS.filter((peer) => existsSync(new URL(pageOf(peer), import.meta.url)))

describe.each(pages)('docs/migration/$folder.md', (peer) => {
  it('has the code and the differences of test/migration; `npx pnpm@12 docs` writes them anew', async () => {
    await expect(migrationPage(peer)).toMatchFileSnapshot(pageOf(peer))
  })
})

it('docs/migration/README.md lists the pages; `npx pnpm@12 docs` writes the table anew', async () => {
  await expect(migrationIndex(pages)).toMatchFileSnapshot('../../docs/migration/README.md')
})
