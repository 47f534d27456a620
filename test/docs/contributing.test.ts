import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { ROOT } from '../packaging/packages.ts'

const read = (path: string) => readFileSync(join(ROOT, path), 'utf8')
const { scripts, devDependencies } = JSON.parse(read('package.json'))
const ADR = [...read('docs/adr/README.md').matchAll(/^(\d+)\. \[.+\]\((0*\1-[\w-]+\.md)\)$/gm)]

describe('CONTRIBUTING.md', () => {
  const page = read('CONTRIBUTING.md')
  const found = (pattern: RegExp) => [...page.matchAll(pattern)].map(([, text]) => text ?? '')

  it('names commands that there are (ours)', () => {
    const commands = found(/npx pnpm@12 ([a-z:]+)/g)
    expect(commands.length).toBeGreaterThan(5)
    expect(commands.filter((name) => !(name in scripts) && !(`@${name}s/cli` in devDependencies))).toEqual([])
  })

  it('names files that there are (ours)', () => {
    const inCode = found(/`((?:packages|test|docs|examples|\.ci|\.changeset)\/[\w./-]+)`/g)
    const linked = found(/\]\(([^)#:]+)/g)
    expect([...inCode, ...linked].filter((path) => !existsSync(join(ROOT, path)))).toEqual([])
  })
})

it('docs/adr/README.md lists every decision, in its order and under its own title (ours)', () => {
  expect(ADR.length).toBeGreaterThan(10)
  for (const [line, number, file] of ADR) {
    const title = /^# (.+)$/m.exec(read(join('docs/adr', file ?? '')))?.[1]
    expect(line).toBe(`${title?.replace(/^(\d+)\. (.+)$/, `$1. [$2]`)}(${file})`)
    expect(Number(number)).toBe(ADR.findIndex(([, each]) => each === number) + 1)
  }
})
