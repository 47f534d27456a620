import { createTestIssuer } from '@gatewarden/testing'
import { staticJwks } from '../../src/keys/static.ts'
import type { LogoutOutcome } from '../../src/logout/receiver.ts'
import { createLogoutReceiver } from '../../src/logout/receiver.ts'
import type { LogoutReceiverOptions } from '../../src/logout/receiver-options.ts'
import type { ResourceServerOptions } from '../../src/options.ts'
import { createResourceServer } from '../../src/resource-server.ts'
import { denyList } from '../../src/revocation/deny-list.ts'
import { memoryStore } from '../../src/stores/memory-store.ts'
import type { SharedStore } from '../../src/stores/shared-store.ts'
import { TestClock } from '../clock.ts'
import { AUDIENCE, ISSUER } from '../support.ts'

export const CLIENT = 'portal'
export const EVENT = 'http://schemas.openid.net/event/backchannel-logout'

export const clock = new TestClock(1_800_000_000_000)
export const seconds = () => Math.floor(clock.now() / 1000)
export const issuer = await createTestIssuer({
  algorithms: ['ES256', 'RS256'],
  issuer: ISSUER,
  audience: AUDIENCE,
  clientId: CLIENT,
  clock: clock.now,
})

/** An API with a deny list, and a receiver that feeds it. */
export function world(
  options: Partial<LogoutReceiverOptions> = {},
  api: Partial<ResourceServerOptions> = {},
  store: SharedStore = memoryStore({}, clock.monotonic),
) {
  const list = denyList({ store, now: clock.now })
  const resourceServer = createResourceServer(
    {
      issuer: ISSUER,
      audience: AUDIENCE,
      keys: staticJwks(issuer.jwks()),
      isRevoked: list.isRevoked,
      ...api,
    },
    clock,
  )
  const receiver = createLogoutReceiver(
    { resourceServer, denyList: list, clientIds: CLIENT, ...options },
    clock,
  )
  return { store, list, resourceServer, receiver }
}

export const formOf = (token: string): string => `logout_token=${token}`

/** An outcome in a few words: `logged out`, or status and code. */
export const inWords = (outcome: LogoutOutcome): string =>
  outcome.ok ? 'logged out' : `${outcome.answer.status} ${outcome.reason.code}`

/** What a fresh receiver makes of a token. */
export async function verdictOn(
  token: string,
  options: Partial<LogoutReceiverOptions> = {},
  api: Partial<ResourceServerOptions> = {},
): Promise<string> {
  return inWords(await world(options, api).receiver.receiveForm(formOf(token)))
}
