import { collectGarbage } from '../harness/gc.ts'
import { taskOfProcess } from '../harness/isolated.ts'
import { serversOf } from './servers/index.ts'
import type { Framework, Site } from './site.ts'

// A process with one server: says its port to the process that started it, collects its garbage when that asks, and ends with it.
const [framework, name, site] = taskOfProcess<[Framework, string, Site]>()
const start = (await serversOf(framework))[name]
if (start === undefined) throw new Error(`no server ${name}`)
process.on('disconnect', () => process.exit(0))
process.on('message', () => {
  // Not within this turn, in which what Node made for it is still in use.
  setImmediate(() => {
    collectGarbage()
    process.send?.('collected')
  })
})
process.send?.(await start(site))
