import { benchCache } from './cache/bench.ts'
import { benchHttp } from './http/bench.ts'
import { benchImport } from './imports/bench.ts'
import { benchIntrospection } from './introspection/bench.ts'
import { benchJwks } from './jwks/bench.ts'
import { benchMalformed } from './malformed/bench.ts'
import { benchMemory } from './memory/bench.ts'
import type { BenchOptions, BenchReport } from './output/report.ts'
import { benchScale } from './scale/bench.ts'
import { benchVerify } from './verify/bench.ts'

/** The benches by name, in the order in which `all` runs them. */
export const BENCHES = {
  verify: benchVerify,
  cache: benchCache,
  http: benchHttp,
  introspection: benchIntrospection,
  import: benchImport,
  memory: benchMemory,
  malformed: benchMalformed,
  scale: benchScale,
  jwks: benchJwks,
} as const satisfies Readonly<Record<string, (options: BenchOptions) => Promise<BenchReport>>>

export type BenchName = keyof typeof BENCHES
