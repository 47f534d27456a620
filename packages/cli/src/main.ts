#!/usr/bin/env node
import { guardProcess } from './guard-process.ts'
import { run } from './run.ts'
import { processTerminal } from './terminal.ts'

const guarded = guardProcess()
guarded.end(await run(process.argv.slice(2), processTerminal()))
