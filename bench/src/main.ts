import { writeFile } from 'node:fs/promises'
import { parseArgs } from 'node:util'
import { benchJwks } from './jwks/bench.ts'
import { markdown } from './table.ts'

const BENCHES = { jwks: benchJwks } as const

const USAGE = `usage: pnpm bench <name> [--quick] [--json <file>]

  jwks      how key sets bear stampedes, floods, rotations and outages

  --quick   shorter waits, for a look
  --json    writes the figures to a file as well`

const [name, options] = readArguments()
const report = await BENCHES[name](options.quick)
process.stdout.write(`\n${markdown(report)}\n`)
if (options.json !== undefined) await writeFile(options.json, `${JSON.stringify(report, undefined, 2)}\n`)
// Some contenders leave timers and sockets behind.
process.exit(0)

function readArguments(): [keyof typeof BENCHES, { quick: boolean; json: string | undefined }] {
  try {
    const { positionals, values } = parseArgs({
      allowPositionals: true,
      options: { quick: { type: 'boolean' }, json: { type: 'string' } },
    })
    const [bench, ...rest] = positionals
    if (rest.length === 0 && bench !== undefined && Object.hasOwn(BENCHES, bench))
      return [bench as keyof typeof BENCHES, { quick: values.quick ?? false, json: values.json }]
  } catch {
    // An unknown option: told below.
  }
  process.stderr.write(`${USAGE}\n`)
  process.exit(2)
}
