import { connect } from 'node:tls'
import { durationInWords, type Fetch } from '@gatewarden/core/diagnostics'
import { bad, type Finding, good } from './finding.ts'

/** A fetch that notes how far the issuer's clock is from this machine's. */
export interface WatchedFetch {
  readonly fetch: Fetch
  /** Milliseconds by which the issuer's clock is ahead; `undefined` where it sends no `Date`. */
  skew(): number | undefined
  /** Whether any answer came at all. */
  answered(): boolean
}

export function watchedFetch(now: () => number = Date.now): WatchedFetch {
  let skew: number | undefined
  let answered = false
  return {
    async fetch(url, init) {
      const start = now()
      const response = await fetch(url, init)
      answered = true
      const date = Date.parse(response.headers.get('date') ?? '')
      // Date has whole seconds, cut off: on average the answer was made half a second later, half-way through the exchange.
      if (!Number.isNaN(date)) skew = date + 500 - (start + now()) / 2
      return response
    },
    skew: () => skew,
    answered: () => answered,
  }
}

/** Seconds that an API forgives by default. */
const TOLERANCE = 5

export function clockFinding(skew: number | undefined): Finding {
  if (skew === undefined) return good('clocks', 'the issuer sends no Date to compare with')
  const seconds = Math.round(Math.abs(skew) / 1000)
  if (seconds <= 1) return good('clocks', 'agree to the second')
  const detail = `the issuer's clock is ${durationInWords(seconds)} ${skew > 0 ? 'ahead' : 'behind'}`
  return seconds <= TOLERANCE
    ? good('clocks', `${detail}, which is forgiven`)
    : bad(
        'clocks',
        detail,
        'Tokens seem expired, or issued in the future: set the clock of this machine (NTP)',
      )
}

/** Looks at the certificate of an issuer, as an API would see it. Plain http is for loopback only. */
export function inspectTls(address: string): Promise<Finding> {
  const { protocol, hostname, port } = new URL(address)
  if (protocol === 'http:') return Promise.resolve(good('TLS', 'none: plain http on this machine'))
  const host = hostname.replace(/^\[|\]$/g, '')
  return new Promise((resolve) => {
    const socket = connect({ host, port: Number(port || 443), servername: host, timeout: 4000 }, () => {
      const days = Math.floor((Date.parse(socket.getPeerCertificate().valid_to) - Date.now()) / 86_400_000)
      const detail = `${socket.getProtocol()}, the certificate is valid for ${days} more days`
      resolve(days > 7 ? good('TLS', detail) : bad('TLS', detail, 'Renew the certificate of the issuer'))
      socket.destroy()
    })
    const fail = (why: string) => {
      socket.destroy()
      resolve(bad('TLS', why, 'A private certificate authority goes into NODE_EXTRA_CA_CERTS'))
    }
    socket.once('error', (error: NodeJS.ErrnoException) => fail(error.message || `${error.code}`))
    socket.once('timeout', () => fail('no handshake within 4 s'))
  })
}
