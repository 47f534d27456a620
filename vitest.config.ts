import { defineConfig } from 'vitest/config'

// Tests run from source: never list 'import' here, or CommonJS require() would be handed ESM builds.
const conditions = ['gatewarden-source', 'node']

/** Pictures are taken where they are asked for: they are no tests. */
const pictures = process.env['UPDATE_SCREENSHOTS'] === '1' ? ['examples/*/test/**/*.pictures.ts'] : []

export default defineConfig({
  resolve: { conditions },
  ssr: { resolve: { conditions } },
  test: {
    include: [
      'packages/*/test/**/*.test.ts',
      'examples/*/test/**/*.test.ts',
      'test/**/*.test.ts',
      ...pictures,
    ],
    globalSetup: 'test/support/absent-parts.ts',
    testTimeout: 20_000,
  },
})
