import { subscribe, unsubscribe } from 'node:diagnostics_channel'
import { readFile } from 'node:fs/promises'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { ask, MINUTE, Trial } from './trial.ts'

const NAMES = ['fetch', 'refresh', 'rotation', 'stale', 'unknown-kid', 'throttled'].map(
  (name) => `gatewarden:keys:${name}`,
)
let events: [string, Record<string, unknown>][]
const hear = (message: unknown, name: string | symbol) => {
  events.push([String(name), message as Record<string, unknown>])
}
beforeEach(() => {
  events = []
  for (const name of NAMES) subscribe(name, hear)
})
afterEach(() => {
  for (const name of NAMES) unsubscribe(name, hear)
})
/** What was told since the last time. */
const told = () =>
  events.splice(0).map(([name, { duration, ...rest }]) => [name.replace('gatewarden:keys:', ''), rest])

describe('telemetry tells (docs/telemetry.md)', () => {
  it('of fetches, renewals and rotations', async () => {
    await using trial = await Trial.begin()
    const { issuer } = trial.issuer
    const server = trial.api()
    await server.ready()
    expect(told()).toEqual([
      ['refresh', { issuer, keys: 1, changed: true }],
      ['fetch', { issuer, cause: 'schedule', error: undefined }],
    ])
    trial.clock.pass(8 * MINUTE)
    await trial.settled()
    expect(told()).toEqual([
      ['refresh', { issuer, keys: 1, changed: false }],
      ['fetch', { issuer, cause: 'schedule', error: undefined }],
    ])
    const before = trial.issuer.kid()
    await trial.issuer.rotateKeys()
    await ask(server, await trial.token())
    expect(told()).toEqual([
      ['unknown-kid', { issuer, kid: `\`${trial.issuer.kid()}\`` }],
      ['refresh', { issuer, keys: 1, changed: true }],
      ['rotation', { issuer, added: [trial.issuer.kid()], removed: [before] }],
      ['fetch', { issuer, cause: 'unknown-kid', error: undefined }],
    ])
  })

  it('of keys that serve past their time, of failures, and of what was not asked', async () => {
    await using trial = await Trial.begin()
    const { issuer } = trial.issuer
    const server = trial.api()
    await server.ready()
    const token = await trial.token()
    const invented = await trial.token({ kid: 'invented' })
    await ask(server, invented)
    await ask(server, invented)
    expect(told()).toContainEqual(['throttled', { issuer, why: 'unknown-kid' }])

    await trial.issuer.goDown()
    trial.clock.pass(11 * MINUTE)
    await trial.settled()
    told()
    await ask(server, token)
    const error = expect.stringMatching(/deadline|ECONNREFUSED/)
    expect(told()).toContainEqual(['stale', { issuer, age: 11 * MINUTE, error }])
    trial.clock.pass(60 * MINUTE)
    await trial.settled()
    told()
    await ask(server, token)
    await ask(server, token)
    expect(told()).toContainEqual(['throttled', { issuer, why: 'pause' }])
  })

  it('nothing of a token or a signature, and cannot be changed by who listens', async () => {
    await using trial = await Trial.begin()
    const server = trial.api()
    const token = await trial.token({ kid: `line\nbreak ${'x'.repeat(500)}` })
    await ask(server, token)
    for (const part of token.split('.')) expect(JSON.stringify(events)).not.toContain(part)
    expect(JSON.stringify(events)).not.toContain('\\n')
    expect(events.every(([, message]) => Object.isFrozen(message))).toBe(true)
  })

  it('on channels all of which are documented', async () => {
    const page = await readFile(new URL('../../docs/telemetry.md', import.meta.url), 'utf8')
    for (const name of NAMES) expect(page).toContain(`\`${name}\``)
  })
})
