import { isIP } from 'node:net'
import { connect, type TLSSocket } from 'node:tls'
import { bad, type Finding, good } from './finding.ts'

/** What came of a handshake with an issuer. */
export interface TlsInspection {
  readonly finding: Finding
  /** Whether anything listens there: without that, nothing is known of TLS. */
  readonly reached: boolean
}

const LONGEST = 4000
const DAY = 86_400_000

/** Looks at the certificate of an issuer, as an API would see it. Plain http is for loopback only. */
export function inspectTls(address: string): Promise<TlsInspection> {
  const { protocol, hostname, port } = new URL(address)
  if (protocol === 'http:')
    return Promise.resolve({ finding: good('TLS', 'none: plain http on this machine'), reached: true })
  const host = hostname.replace(/^\[|\]$/g, '')
  const where = `${hostname}:${port || 443}`
  return new Promise((resolve) => {
    let reached = false
    // A name is sent, an address never is (RFC 6066 §3).
    const servername = isIP(host) === 0 ? host : ''
    const socket = connect({ host, port: Number(port || 443), servername, timeout: LONGEST })
    const done = (finding: Finding): void => {
      socket.destroy()
      resolve({ finding, reached })
    }
    socket.once('connect', () => {
      reached = true
    })
    socket.once('secureConnect', () => done(certificateFinding(socket)))
    socket.once('timeout', () => done(bad('TLS', `${where}: no handshake within ${LONGEST / 1000} s`)))
    socket.on('error', (error: TlsError) =>
      done(
        bad(
          'TLS',
          `${where}: ${error.reason || error.message || error.code}`,
          reached ? hint(error, socket) : undefined,
        ),
      ),
    )
  })
}

/** OpenSSL's own errors have a reason, in words. */
type TlsError = NodeJS.ErrnoException & { readonly reason?: string }

function certificateFinding(socket: TLSSocket): Finding {
  const days = Math.floor((Date.parse(socket.getPeerCertificate().valid_to) - Date.now()) / DAY)
  const detail = `${socket.getProtocol()}, the certificate is valid for ${days} more days`
  return days > 7 ? good('TLS', detail) : bad('TLS', detail, 'Renew the certificate of the issuer')
}

const PRIVATE = 'A private certificate authority goes into NODE_EXTRA_CA_CERTS'
const HINTS: { readonly [code: string]: string } = {
  CERT_HAS_EXPIRED: `Renew the certificate of the issuer. ${PRIVATE}`,
  CERT_NOT_YET_VALID: 'Look at the clocks of this machine and of the one that made the certificate',
  ERR_TLS_CERT_ALTNAME_INVALID:
    'The certificate is for other names than the one in the address: correct one of them',
}

function hint({ code = '' }: TlsError, { authorizationError }: TLSSocket): string {
  if (authorizationError) return HINTS[code] ?? PRIVATE
  return 'This is no TLS that Node.js agrees to: look at what listens at this port, and at its versions of TLS'
}
