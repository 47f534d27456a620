import { readFileSync } from 'node:fs'
import * as core from '@gatewarden/core'
import { describe, expect, it } from 'vitest'
import { ROOT, readPage } from './pages.ts'

const { createResourceServer, createLogoutReceiver, presets } = core
const STRANGER = 'noSuchOption'
const base = { issuer: 'https://issuer.test/', audience: 'https://api.test/' }

/** The options that the engine knows: it lists them to whoever names one that it does not. */
function knownOptions(make: (stranger: never) => unknown): readonly string[] {
  try {
    make({ [STRANGER]: 1 } as never)
  } catch (error) {
    if (error instanceof core.ConfigurationError)
      return error.fix
        .replace(/^The options are /, '')
        .split(', ')
        .sort()
    throw error
  }
  throw new TypeError(`${STRANGER} was accepted`)
}

/** The text of a chapter, up to the next heading of its level or above. */
function chapter(page: string, heading: string): string {
  const level = /^#+/.exec(heading)?.[0].length ?? 0
  const [, after = ''] = readPage(page).split(`\n${heading}\n`)
  return after.split(new RegExp(`^#{1,${level}} `, 'm'))[0] ?? ''
}

/** What stands in code in the first column of a chapter's tables. */
function listed(page: string, heading: string): readonly string[] {
  const cells = [...chapter(page, heading).matchAll(/^\| ([^|]*) \|/gm)].map(([, cell = '']) => cell)
  return cells
    .flatMap((cell) => [...cell.matchAll(/`([^`]+)`/g)])
    .map(([, name = '']) => name)
    .sort()
}

describe('docs/options.md', () => {
  it('lists every option of a resource server, and no other (ours)', () => {
    const known = knownOptions((stranger) => createResourceServer({ ...base, ...(stranger as object) }))
    expect(listed('docs/options.md', '## A resource server')).toEqual(known)
  })

  it('lists every option of one issuer, and no other (ours)', () => {
    const [own = '', mapping] = chapter('docs/options.md', '## One issuer').split('### mapping')
    expect(mapping).toBeDefined()
    const names = [...own.matchAll(/^\| (`[^|]*`) \|/gm)].flatMap(([, cell = '']) => cell.match(/\w+/g) ?? [])
    const make = (stranger: object) =>
      createResourceServer({ audience: base.audience, issuer: { issuer: base.issuer, ...stranger } })
    expect(names.sort()).toEqual(knownOptions(make))
  })

  it('lists every option of a mapping, and no other (ours)', () => {
    const make = (mapping: object) => createResourceServer({ ...base, mapping })
    expect(listed('docs/options.md', '### mapping')).toEqual(knownOptions(make))
  })

  it('lists every environment variable, and no other (ours)', () => {
    const source = readFileSync(`${ROOT}packages/core/src/environment.ts`, 'utf8')
    const read = source.matchAll(/read\('([A-Z_]+)'\)|\$\{prefix\}([A-Z_]+)/g)
    const names = [...read].map(([, plain, prefixed]) => plain ?? prefixed)
    expect(listed('docs/options.md', '## Environment variables')).toEqual(names.sort())
  })
})

describe('other pages', () => {
  it('docs/introspection.md lists every option, and no other (ours)', () => {
    const make = (introspection: never) => createResourceServer({ ...base, introspection })
    expect(listed('docs/introspection.md', '## Options')).toEqual(knownOptions(make))
  })

  it('docs/revocation.md lists every option of a receiver of logouts, and no other (ours)', () => {
    const known = knownOptions((stranger) => createLogoutReceiver(stranger))
    const [, table = ''] = /(\| option \| default[\s\S]*?)\n\n/.exec(readPage('docs/revocation.md')) ?? []
    const names = [...table.matchAll(/^\| `(\w+)`/gm)].map(([, name]) => name)
    expect(names.sort()).toEqual(known)
  })

  it('docs/encrypted-tokens.md lists every option, and no other (ours)', () => {
    const known = knownOptions((decryption) => createResourceServer({ ...base, decryption }))
    const names = [...readPage('docs/encrypted-tokens.md').matchAll(/^\| `decryption\.(\w+)`/gm)]
    expect(names.map(([, name]) => name).sort()).toEqual(known)
  })
})

describe.each(Object.entries(presets))('the preset %s in docs/issuers.md', (name, preset) => {
  const text = chapter('docs/issuers.md', `### ${name}`)

  it('has a section with every option of its own (ours)', () => {
    const common = listed('docs/issuers.md', '## What every preset takes')
    const known = knownOptions(preset as (stranger: never) => unknown)
    const own = known.filter((option) => !common.includes(option))
    expect(common.length).toBeGreaterThan(0)
    expect(own.length).toBeGreaterThan(0)
    for (const option of own) expect(text).toContain(`${option}`)
  })

  it('has an example that it takes, and says what to set there (ours)', () => {
    expect(text).toContain(`presets.${name}({`)
    const [, options = ''] = /requireJwt\((\{[\s\S]*?\n {2}\})\),\n\)/.exec(text) ?? []
    const given: core.ResourceServerOptions = new Function('presets', `return ${options}`)(presets)
    // Nobody is asked for keys.
    const fetch = () => new Promise<never>(() => {})
    expect(createResourceServer({ ...given, fetch }).state().length).toBeGreaterThan(0)
    expect(text).toMatch(/^1\. /m)
  })
})
