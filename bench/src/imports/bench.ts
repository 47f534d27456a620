import { execFileSync } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { type Measured, type Rounds, runRounds } from '../harness/rounds.ts'
import { short, spreadText } from '../harness/spread.ts'
import { progress } from '../output/progress.ts'
import type { BenchOptions, BenchReport } from '../output/report.ts'

// Where the packages are found.
const HERE = fileURLToPath(new URL('../..', import.meta.url))

const EMPTY = 'empty process'
const EXPRESS = 'express'
const WITH_OURS = 'express, @gatewarden/express'
const OURS = ['@gatewarden/core', '@gatewarden/express', '@gatewarden/koa', '@gatewarden/fastify']
const PEERS = [
  'oauth4webapi',
  'aws-jwt-verify',
  'fast-jwt',
  'jsonwebtoken',
  'jose',
  'jwks-rsa',
  'express-jwt',
  'express-oauth2-jwt-bearer',
  'koa-jwt',
  '@fastify/jwt',
]

/** What it takes to load the packages: the whole life of a process that does nothing else. */
export async function benchImport({ quick }: BenchOptions): Promise<BenchReport> {
  const rounds = quick ? 2 : 20
  const peers = quick ? PEERS.slice(0, 2) : PEERS
  const field = [
    importing(EMPTY, []),
    importing(EXPRESS, ['express']),
    importing(WITH_OURS, ['express', '@gatewarden/express']),
    ...[...(quick ? [] : OURS), ...peers].map((name) => importing(name, [name])),
  ]
  const measured = await runRounds(field, rounds, (round) => progress(`import: round ${round} of ${rounds}`))
  progress('')
  const beyond = measured.each(
    [EMPTY, EXPRESS, WITH_OURS],
    ([empty = 0, express = 0, both = 0]) => 1 + (both - express) / empty,
  )
  return {
    title: 'Start-up',
    tables: [
      {
        columns: ['ratio to an empty process', 'ms'],
        rows: [
          { name: '@gatewarden/express beyond Express', values: [spreadText(beyond), ''] },
          ...measured.names.map((name) => rowOf(name, measured)),
        ],
      },
    ],
    notes: [
      'The whole life of a process that imports what the row says, as a ratio to one that imports nothing, measured in the same round: median (quartiles).',
      'The first row is 1 and what `@gatewarden/express` adds to a process that has loaded Express, in lives of an empty process.',
    ],
    figures: { 'import.express': beyond.median },
    charts: [
      {
        file: 'import',
        title: 'Start-up',
        unit: 'time of a process that imports it, as a multiple of an empty one: less is better',
        bars: measured.names.map((name) => {
          const { low, median, high } = measured.ratio(name, EMPTY)
          return { name, value: median, low, high, ours: name.includes('@gatewarden') }
        }),
      },
    ],
  }
}

function importing(name: string, packages: readonly string[]): Measured {
  const program = packages.map((one) => `await import('${one}')`).join(';')
  return {
    name,
    measure() {
      const start = performance.now()
      execFileSync(process.execPath, ['--input-type=module', '-e', program], { cwd: HERE, stdio: 'ignore' })
      return performance.now() - start
    },
  }
}

function rowOf(name: string, measured: Rounds) {
  return { name, values: [spreadText(measured.ratio(name, EMPTY)), short(measured.absolute(name).median)] }
}
