import { createServer } from 'node:http'
import express from 'express'
import { createServiceClients, type ServiceClients } from './clients.ts'
import { close, listen } from './listen.ts'
import { createLoginPage } from './login-page.ts'
import { providerConfiguration } from './provider-configuration.ts'
import { quietly } from './quietly.ts'

export interface AuthorizationServer {
  /** The exact `iss` of its tokens: `http://127.0.0.1:<port>`. */
  readonly issuer: string
  /** The clients that may use the client credentials grant, with their secrets. */
  readonly services: ServiceClients
  close(): Promise<void>
}

/** Starts a real authorization server, oidc-provider, on a port of the loopback address (0: any free one). */
export async function createAuthorizationServer({ port = 0 } = {}): Promise<AuthorizationServer> {
  const { default: Provider, errors } = await quietly(() => import('oidc-provider'))
  const services = createServiceClients()
  const server = createServer()
  const issuer = await listen(server, port)

  const configuration = providerConfiguration(services, errors.InvalidTarget)
  const provider = await quietly(() => new Provider(issuer, configuration))
  provider.on('server_error', (_context, error) => console.error(error))

  const app = express().disable('x-powered-by')
  app.use('/interaction', createLoginPage(provider))
  app.use(provider.callback())
  server.on('request', app)
  return { issuer, services, close: () => close(server) }
}
