import { createServer } from 'node:http'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { close, listen } from '../src/listen.ts'
import { portFrom } from '../src/ports.ts'
import { start } from '../src/start.ts'

const occupant = createServer()
let occupied: number
beforeAll(async () => {
  occupied = Number(new URL(await listen(occupant, 0)).port)
})
afterAll(() => close(occupant))

test('takes the port from the environment, or the default', () => {
  expect(portFrom({ PORT: '8080' }, 'PORT', 3000)).toBe(8080)
  expect(portFrom({ PORT: '0' }, 'PORT', 3000)).toBe(0)
  expect(portFrom({ PORT: '' }, 'PORT', 3000)).toBe(3000)
  expect(portFrom({}, 'ISSUER_PORT', 4000)).toBe(4000)
})

test.each(['abc', '65536', '-1', '3e3', ' 3000', '1.5'])('names the variable when PORT is %j', (text) => {
  expect(() => portFrom({ PORT: text }, 'PORT', 3000)).toThrow(
    `PORT=${text} is no port: set PORT to a number from 0 to 65535`,
  )
})

test('names the variable to set when a port is in use', async () => {
  const onRefusal = (): void => {}
  await expect(start({ port: occupied, issuerPort: 0, onRefusal })).rejects.toThrow(
    `Port ${occupied} is in use: set PORT to another port, or to 0 for any free one`,
  )
  await expect(start({ port: 0, issuerPort: occupied, onRefusal })).rejects.toThrow('set ISSUER_PORT')
})
