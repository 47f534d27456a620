import { defineConfig } from 'vitest/config'

// Tests run from source: never list 'import' here, or CommonJS require() would be handed ESM builds.
const conditions = ['gatewarden-source', 'node']

export default defineConfig({
  resolve: { conditions },
  ssr: { resolve: { conditions } },
  test: {
    include: ['packages/*/test/**/*.test.ts', 'examples/*/test/**/*.test.ts', 'test/**/*.test.ts'],
    globalSetup: 'test/support/absent-parts.ts',
    testTimeout: 20_000,
  },
})
