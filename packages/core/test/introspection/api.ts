import { createTestIssuer, type TestIssuer } from '@gatewarden/testing'
import { afterEach, beforeEach } from 'vitest'
import { clientSecretBasic } from '../../src/introspection/client-auth.ts'
import type { IntrospectionOptions } from '../../src/introspection/options.ts'
import type { ResourceServerOptions } from '../../src/options.ts'
import { createResourceServer, type ResourceServer } from '../../src/resource-server.ts'
import { TestClock } from '../clock.ts'
import { AUDIENCE } from '../support.ts'

export const CLIENT_AUTH = clientSecretBasic('my-api', 's3cret')

/** An issuer that is asked, and APIs that ask it, for each test of a file. */
export function introspecting() {
  const world = { clock: new TestClock() } as { issuer: TestIssuer; clock: TestClock }
  beforeEach(async () => {
    const clock = new TestClock()
    world.clock = clock
    world.issuer = await createTestIssuer({
      algorithms: ['ES256'],
      audience: AUDIENCE,
      clock: () => world.clock.now(),
    })
    await world.issuer.listen()
  })
  afterEach(() => world.issuer.close())

  return {
    get issuer() {
      return world.issuer
    },
    get clock() {
      return world.clock
    },
    api(
      introspection: Partial<IntrospectionOptions> = {},
      options: Partial<ResourceServerOptions> = {},
    ): ResourceServer {
      return createResourceServer(
        {
          issuer: world.issuer.issuer,
          audience: AUDIENCE,
          introspection: { clientAuth: CLIENT_AUTH, ...introspection },
          ...options,
        },
        world.clock,
      )
    },
  }
}
