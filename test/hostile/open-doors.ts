import { createServer, type Server, type ServerOptions } from 'node:http'
import type { AddressInfo } from 'node:net'
import type { Guard, ResourceServer } from '@gatewarden/core'
import { scopes } from '@gatewarden/scope-guard'
import type { Door, Route } from '../contract/door.ts'
import { DOORS } from '../contract/doors.ts'

/** A door that real requests can be put to. */
export interface OpenDoor {
  readonly name: string
  readonly port: number
  /** Requests that Node's own parser let through. */
  readonly seen: number
  /** Requests that came as far as the application's own code behind `/api/me`. */
  readonly reached: number
}

export interface OpenDoors extends AsyncDisposable {
  readonly all: readonly OpenDoor[]
}

export interface DoorOptions {
  /** Stands on `/api/me`, as application code that sees every admitted caller. */
  readonly guard?: Guard
  /** For Node's own server. */
  readonly http?: ServerOptions
}

/** Opens every door to the same resource server: `/api/me` for every caller, `/api/patients` with the scope `read:patients`. */
export async function openDoors(server: ResourceServer, options: DoorOptions = {}): Promise<OpenDoors> {
  const opened = await Promise.all(DOORS.map((door) => open(door, server, options)))
  return {
    all: opened.map(({ door }) => door),
    async [Symbol.asyncDispose]() {
      await Promise.all(opened.map(({ listening }) => shut(listening)))
    },
  }
}

async function open(door: Door, server: ResourceServer, { guard, http = {} }: DoorOptions) {
  const counts = { seen: 0, reached: 0 }
  const counting: Guard = (auth) => {
    counts.reached++
    return guard?.(auth)
  }
  // The second route's guard also stands on `/unprotected`, which nobody asks for here.
  const routes: Route[] = [
    { path: '/api/me', guard: counting },
    { path: '/api/patients', guard: scopes('read:patients') },
  ]
  const listener = await door.mount(server, routes)
  const listening = createServer(http, (request, response) => {
    counts.seen++
    listener(request, response)
  })
  await new Promise<void>((started) => listening.listen(0, '127.0.0.1', started))
  const { port } = listening.address() as AddressInfo
  const opened: OpenDoor = {
    name: door.name,
    port,
    get seen() {
      return counts.seen
    },
    get reached() {
      return counts.reached
    },
  }
  return { door: opened, listening }
}

async function shut(listening: Server): Promise<void> {
  listening.closeAllConnections()
  await new Promise((done) => listening.close(done))
}
