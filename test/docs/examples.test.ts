import { readFileSync } from 'node:fs'
import { expect, it } from 'vitest'

const read = (path: string) => readFileSync(new URL(path, import.meta.url), 'utf8')

it('the example in the README of @gatewarden/testing is the test beside this one', () => {
  expect(read('../../packages/testing/README.md')).toContain(read('./testing-readme.test.ts'))
})

it.each(['exchange.ts', 'orders-api.ts', 'billing-api.ts'])(
  'docs/delegation.md shows %s of the token exchange example as it runs',
  (file) => {
    const source = read(`../../examples/token-exchange/src/${file}`)
    expect(read('../../docs/delegation.md')).toContain(`\n\`\`\`ts\n${source}\`\`\`\n`)
  },
)
