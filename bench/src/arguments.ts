import { parseArgs } from 'node:util'
import { BENCHES, type BenchName } from './benches.ts'

/** What was asked for on the command line. */
export interface Arguments {
  readonly benches: readonly BenchName[]
  readonly quick: boolean
  readonly check: boolean
  readonly save: boolean
  readonly json: string | undefined
  readonly node: string | undefined
}

export const USAGE = `usage: pnpm bench <name> [options]

  verify        a token never seen before, beside one crypto.verify
  cache         a token seen before, beside fast-jwt's cache
  http          Express, Koa and Fastify, beside an unprotected route
  introspection opaque tokens: known ones beside an unprotected route, and how often the issuer is asked
  import        what importing the packages adds to a process
  memory        bytes of a remembered token
  scale         10 to 100,000 live tokens, 1 to 500 issuers, a cluster
  jwks          how key sets bear stampedes, floods, rotations and outages
  all           all of them (about twelve minutes; with --quick all but jwks)

  --check         holds the figures to the thresholds; alone, of all benches that have any; ends with 1 where one falls short
  --quick         short: shows that it runs; the figures mean little, and are held to nothing
  --node <major>  runs under another Node, from npm
  --save          writes bar charts to docs/benchmarks
  --json <file>   writes all figures to a file`

/** Reads the command line; `undefined` where it makes no sense. */
export function readArguments(): Arguments | undefined {
  const parsed = parse()
  if (parsed === undefined) return undefined
  const { quick = false, check = false, save = false, json, node } = parsed.values
  const [name = check ? 'checked' : undefined, ...rest] = parsed.positionals
  const benches = benchesOf(name, quick)
  if (benches === undefined || rest.length > 0 || (check && quick)) return undefined
  if (node !== undefined && !/^\d+(\.\d+){0,2}$/.test(node)) return undefined
  return { benches, quick, check, save, json, node }
}

function parse() {
  try {
    return parseArgs({
      allowPositionals: true,
      options: {
        quick: { type: 'boolean' },
        check: { type: 'boolean' },
        save: { type: 'boolean' },
        json: { type: 'string' },
        node: { type: 'string' },
      },
    })
  } catch {
    return undefined
  }
}

function benchesOf(name: string | undefined, quick: boolean): BenchName[] | undefined {
  const names = Object.keys(BENCHES) as BenchName[]
  if (name === 'all' && !quick) return names
  // The key sets take longer than all others together, and no threshold is about them.
  if (name === 'all' || name === 'checked') return names.filter((one) => one !== 'jwks')
  return names.includes(name as BenchName) ? [name as BenchName] : undefined
}
