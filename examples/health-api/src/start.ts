import { createServer } from 'node:http'
import { createResourceServer } from '@gatewarden/express'
import express from 'express'
import { type AuthorizationServer, createAuthorizationServer } from './authorization-server.ts'
import { HEALTH_API } from './catalogue.ts'
import { createConsole } from './console/console.ts'
import { createHealthApi, type HealthApiOptions } from './health-api.ts'
import { close, listen } from './listen.ts'
import { portFailure } from './ports.ts'

export interface StartOptions {
  readonly port: number
  readonly issuerPort: number
  readonly onRefusal: NonNullable<HealthApiOptions['onRefusal']>
}

export interface Running {
  /** The health API's address. */
  readonly url: string
  readonly authorizationServer: AuthorizationServer
  close(): Promise<void>
}

/** Starts the authorization server and then the health API that trusts it, with the token console in front. */
export async function start({ port, issuerPort, onRefusal }: StartOptions): Promise<Running> {
  const authorizationServer = await createAuthorizationServer({ port: issuerPort }).catch((error) => {
    throw portFailure('ISSUER_PORT', issuerPort, error)
  })
  const { issuer } = authorizationServer
  try {
    const resourceServer = createResourceServer({ issuer, audience: HEALTH_API, onRefusal })
    const app = express().disable('x-powered-by')
    app.use(createConsole({ resourceServer, authorizationServer }))
    app.use(createHealthApi(resourceServer))
    const server = createServer(app)
    const url = await listen(server, port)
    return {
      url,
      authorizationServer,
      close: async () => {
        await Promise.all([close(server), authorizationServer.close()])
      },
    }
  } catch (error) {
    await authorizationServer.close()
    throw portFailure('PORT', port, error)
  }
}
