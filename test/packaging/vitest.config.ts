import { fileURLToPath } from 'node:url'
import { defineConfig } from 'vitest/config'

const root = fileURLToPath(new URL('../../', import.meta.url))
const shared = { root, testTimeout: 120_000 }
const API = 'test/packaging/api.check.ts'

/** Checks of what would be published. They pack, install and serve, so they stay out of `pnpm test`: `pnpm check:packages` runs them. */
export default defineConfig({
  root,
  test: {
    projects: [
      { test: { ...shared, name: 'api', include: [API] } },
      {
        test: {
          ...shared,
          name: 'tarballs',
          include: ['test/packaging/*.check.ts'],
          exclude: [API],
          globalSetup: 'test/packaging/outside.ts',
        },
      },
    ],
  },
})
