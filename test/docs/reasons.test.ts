import { expect, it } from 'vitest'
import { reasonsPage } from './reasons-page.ts'

it('docs/reasons.md tells what the reason table says; `npx pnpm@12 docs` writes it anew', async () => {
  await expect(reasonsPage()).toMatchFileSnapshot('../../docs/reasons.md')
})
