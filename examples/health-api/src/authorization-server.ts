import { createServer } from 'node:http'
import express from 'express'
import type { AccessTokenEncryption } from 'oidc-provider'
import { createServiceClients, type ServiceClients } from './clients.ts'
import type { Extension } from './extension.ts'
import { type RegisteredApi, withOpaqueTokens } from './introspection.ts'
import { close, listen } from './listen.ts'
import { createLoginPage } from './login-page.ts'
import { type LogoutNotice, withLogout } from './logout.ts'
import { providerConfiguration } from './provider-configuration.ts'
import { quietly } from './quietly.ts'
import { createSigningKeys } from './signing-keys.ts'

export interface AuthorizationServer {
  /** The exact `iss` of its tokens: `http://127.0.0.1:<port>`. */
  readonly issuer: string
  /** The clients that may use the client credentials grant, with their secrets. */
  readonly services: ServiceClients
  /** Signs an access token with these claims as the server itself would; for tokens that it would not give, as one of yesterday's. */
  sign(claims: object): string
  close(): Promise<void>
}

export interface AuthorizationServerOptions {
  /** On the loopback address; 0, the default: any free one. */
  readonly port?: number
  /** Where it tells of people who sign out. Default: nowhere, and nobody can sign out. */
  readonly logout?: LogoutNotice | undefined
  /** Encrypt the access tokens of all APIs, for whoever has the private key. Default: sign them only. */
  readonly encrypt?: AccessTokenEncryption | undefined
  /** Give out opaque access tokens, say what they are when `api` asks, and revoke them. Default: JWTs. */
  readonly opaque?: RegisteredApi | undefined
  /** What another example adds to it. Default: nothing. */
  readonly extension?: Extension | undefined
}

/** Starts a real authorization server, oidc-provider. */
export async function createAuthorizationServer({
  port = 0,
  logout,
  encrypt,
  opaque,
  extension,
}: AuthorizationServerOptions = {}): Promise<AuthorizationServer> {
  const { default: Provider, errors } = await quietly(() => import('oidc-provider'))
  const services = createServiceClients()
  const keys = createSigningKeys()
  const server = createServer()
  const issuer = await listen(server, port)

  const base = providerConfiguration(services, keys, errors.InvalidTarget, encrypt)
  const telling = logout === undefined ? base : withLogout(base, logout)
  const whole = opaque === undefined ? telling : withOpaqueTokens(telling, opaque)
  const configuration = extension?.configure(whole) ?? whole
  const provider = await quietly(() => new Provider(issuer, configuration))
  extension?.install(provider, errors)
  provider.on('server_error', (_context, error) => console.error(error))

  const app = express().disable('x-powered-by')
  app.use('/interaction', createLoginPage(provider))
  app.use(provider.callback())
  server.on('request', app)
  return { issuer, services, sign: keys.sign, close: () => close(server) }
}
