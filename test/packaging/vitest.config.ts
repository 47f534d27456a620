import { fileURLToPath } from 'node:url'
import { defineConfig } from 'vitest/config'

const root = fileURLToPath(new URL('../../', import.meta.url))
const shared = { root, testTimeout: 120_000 }
const ALONE = ['api', 'release']

/** Checks of what would be published. They pack, install and serve, so they stay out of `pnpm test`: `pnpm check:packages` runs them. */
export default defineConfig({
  root,
  test: {
    projects: [
      ...ALONE.map((name) => ({ test: { ...shared, name, include: [`test/packaging/${name}.check.ts`] } })),
      {
        test: {
          ...shared,
          name: 'tarballs',
          include: ['test/packaging/*.check.ts'],
          exclude: ALONE.map((name) => `test/packaging/${name}.check.ts`),
          globalSetup: 'test/packaging/outside.ts',
        },
      },
    ],
  },
})
