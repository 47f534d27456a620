import { borrowRing } from '../keys/listening-rings.ts'
import type { Mint } from '../tokens/mint.ts'
import { type Behaviours, behaviourBoard } from './behaviour.ts'
import type { Asked, Document } from './document.ts'
import { endpointHandler } from './endpoints.ts'
import { type IntrospectionOptions, introspectionDocument } from './introspection.ts'
import { type Loopback, openLoopback } from './loopback.ts'
import { metadataOf, type Places, placesOf } from './metadata.ts'
import { type Endpoint, type RequestLog, requestRecorder } from './request-log.ts'
import { userinfoDocument } from './userinfo.ts'

export interface ListenOptions {
  /** Default: 0, any free port. */
  readonly port?: number
  /** Default: `127.0.0.1`. */
  readonly host?: string
  /** The path of the issuer identifier, exactly as published: `/tenant`, `/tenant/` or `/`. Default: none. */
  readonly path?: string
}

/** The issuer's HTTP side: real requests, on loopback. */
export interface HttpControl {
  /**
   * Starts to serve metadata and keys, and answers the issuer identifier: `http://127.0.0.1:<port>` and the path.
   * Tokens made from now on name it. Its keys change if another listening issuer of this process has them.
   */
  listen(options?: ListenOptions): Promise<string>
  /** Sets how endpoints answer, also the requests that hang now. Endpoints not named keep their behaviour. */
  behave(behaviours: Behaviours): void
  /** Sets all endpoints back to `ok`, and answers the requests that hang. */
  restore(): void
  /** Resolves once so many requests (default: 1) are in the log of an endpoint; they may wait for their answers. */
  received(endpoint: keyof RequestLog, count?: number): Promise<void>
  resetRequests(): void
  /** Begins an outage: every connection is cut, new ones are refused. */
  goDown(): Promise<void>
  /** Ends the outage, on the same port. */
  comeBack(): Promise<void>
  /** Stops listening at once, whatever still hangs. Never fails on an issuer that does not listen. */
  close(): Promise<void>
}

interface HttpIssuer {
  readonly control: HttpControl
  /** Where its endpoints are, as URLs. */
  places(): Urls
  log(): RequestLog
}

type Urls = { readonly [E in Exclude<Endpoint, 'discovery'>]: string }

interface Site {
  readonly loopback: Loopback
  readonly issuer: string
  readonly urls: Urls
  giveBack(): void
}

type Documents = {
  readonly [E in Endpoint]: (
    address: { readonly origin: string; readonly places: Places },
    asked: Asked,
  ) => Document
}

/** `onListen` hears the issuer identifier before `listen()` resolves. */
export function httpIssuer(
  mint: Mint,
  introspection: IntrospectionOptions,
  onListen: (issuer: string) => void,
): HttpIssuer {
  const { keys } = mint
  const behaviours = behaviourBoard()
  const recorder = requestRecorder()
  let site: Site | undefined

  const documents: Documents = {
    discovery: ({ origin, places }) => ({ members: metadataOf(origin, places, keys.algorithms) }),
    jwks: () => ({ members: keys.jwks() }),
    introspection: (_, asked) => introspectionDocument(mint, asked, introspection),
    userinfo: (_, asked) => userinfoDocument(mint.register, asked),
  }

  const open = (): Site => {
    if (site === undefined)
      throw new TypeError('the issuer does not listen; call await issuer.listen() first')
    return site
  }

  const openSite = async ({ port = 0, host = '127.0.0.1', path = '' }: ListenOptions): Promise<Site> => {
    const places = placesOf(path)
    const loopback = await openLoopback({ host, port }, (origin) =>
      endpointHandler(
        { places, documentAt: (endpoint, asked) => documents[endpoint]({ origin, places }, asked) },
        behaviours,
        recorder,
      ),
    )
    const ring = borrowRing(keys.name)
    await keys.moveTo(ring.name)
    return {
      loopback,
      issuer: loopback.origin + path,
      urls: {
        jwks: loopback.origin + places.jwks,
        introspection: loopback.origin + places.introspection,
        userinfo: loopback.origin + places.userinfo,
      },
      giveBack: ring.giveBack,
    }
  }

  const control: HttpControl = {
    async listen(options = {}) {
      if (site !== undefined) throw new TypeError('the issuer listens already; make a second one')
      site = await openSite(options)
      onListen(site.issuer)
      return site.issuer
    },
    behave: behaviours.set,
    restore: behaviours.restore,
    received: (endpoint, count = 1) => recorder.received(endpoint, count),
    resetRequests: recorder.reset,
    goDown: async () => open().loopback.goDown(),
    comeBack: async () => open().loopback.comeBack(),
    async close() {
      const closing = site
      site = undefined
      closing?.giveBack()
      await closing?.loopback.goDown()
    },
  }
  return { control, places: () => open().urls, log: () => recorder.log }
}
