import { readArguments, USAGE } from './arguments.ts'
import { rerunUnder } from './rerun.ts'
import { run } from './run.ts'

const asked = readArguments()
if (asked === undefined) {
  process.stderr.write(`${USAGE}\n`)
  process.exit(2)
}
// Some contenders leave timers and sockets behind.
process.exit(asked.node === undefined ? await run(asked) : await rerunUnder(asked.node))
