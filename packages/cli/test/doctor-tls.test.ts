import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { createServer } from 'node:https'
import { type AddressInfo, createServer as createTcpServer, type Server } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createTestIssuer } from '@gatewarden/testing'
import { afterEach, describe, expect, it } from 'vitest'
import { type Certificate, selfSigned } from './certificate.ts'
import { program } from './program.ts'
import { gatewarden, type Outcome } from './terminal.ts'

const open: (() => unknown)[] = []
afterEach(async () => {
  for (const close of open.splice(0)) await close()
})

async function listen(server: Server): Promise<string> {
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  open.push(() => server.close())
  return `127.0.0.1:${(server.address() as AddressInfo).port}`
}

/** An issuer over TLS, with this certificate. @returns its identifier */
async function issuerWith(certificate: Certificate): Promise<string> {
  const { jwks } = await createTestIssuer({ algorithms: ['ES256'] })
  const server = createServer(certificate, ({ url }, response) => {
    const metadata = { issuer: origin, jwks_uri: `${origin}/jwks` }
    response.setHeader('connection', 'close').end(JSON.stringify(url === '/jwks' ? jwks() : metadata))
  })
  const origin = `https://${await listen(server)}`
  return origin
}

const doctor = (issuer: string) => gatewarden(['doctor', '--issuer', issuer, '--audience', 'x'])

/** Runs the program on a machine that trusts the certificate. */
async function trusting({ cert }: Certificate, issuer: string): Promise<Outcome> {
  const folder = await mkdtemp(join(tmpdir(), 'gatewarden-'))
  open.push(() => rm(folder, { recursive: true }))
  await writeFile(join(folder, 'ca.pem'), cert)
  const env = { NODE_EXTRA_CA_CERTS: join(folder, 'ca.pem') }
  return program(['doctor', '--issuer', issuer, '--audience', 'x'], { env })
}

describe('gatewarden doctor looks at the certificate of an issuer', () => {
  it('and finds one that is self-signed, and exits 1', async () => {
    const { code, out, err } = await doctor(await issuerWith(selfSigned()))
    expect([code, err]).toEqual([1, ''])
    expect(out).toMatch(/✗ TLS {2}127\.0\.0\.1:\d+: self-signed certificate.*\n.*NODE_EXTRA_CA_CERTS/)
  })

  it('and finds one that has expired, and exits 1', async () => {
    const certificate = selfSigned(new Date(Date.now() - 86_400_000))
    const { code, out, err } = await trusting(certificate, await issuerWith(certificate))
    expect([code, err]).toEqual([1, ''])
    expect(out).toMatch(/✗ TLS .*certificate has expired\n.*Renew.*NODE_EXTRA_CA_CERTS/)
  })

  it('and finds one that is for another name, and exits 1', async () => {
    const certificate = selfSigned()
    const issuer = (await issuerWith(certificate)).replace('127.0.0.1', 'localhost')
    const { code, out } = await trusting(certificate, issuer)
    expect([code, out]).toEqual([1, expect.stringMatching(/✗ TLS .*localhost.*\n.*other names/)])
  })

  it('and finds one that ends within the week, and exits 1', async () => {
    const certificate = selfSigned(new Date(Date.now() + 3.5 * 86_400_000))
    const { code, out } = await trusting(certificate, await issuerWith(certificate))
    expect([code, out]).toEqual([1, expect.stringMatching(/✗ TLS .*valid for 3 more days\n.*Renew/)])
  })

  it('and is content with one that NODE_EXTRA_CA_CERTS vouches for, and exits 0', async () => {
    const certificate = selfSigned()
    const { code, out, err } = await trusting(certificate, await issuerWith(certificate))
    expect([code, err]).toEqual([0, ''])
    expect(out).toMatch(/✓ TLS +TLSv1\.3, the certificate is valid for 36\d more days/)
  })

  it('and finds a port that speaks no TLS, and exits 1', async () => {
    const server = createTcpServer((socket) => {
      socket.on('error', () => undefined).end('HTTP/1.1 400 Bad Request\r\n\r\n')
    })
    const { code, out } = await doctor(`https://${await listen(server)}`)
    expect([code, out]).toEqual([1, expect.stringMatching(/✗ TLS .*wrong version number\n.*no TLS/)])
  })
})

it.each<[string, () => Promise<string>, RegExp]>([
  [
    'is down',
    async () => {
      const server = createTcpServer()
      const where = await listen(server)
      server.close()
      return `https://${where}`
    },
    /ECONNREFUSED/,
  ],
  ['has no address', async () => 'https://issuer.invalid/', /ENOTFOUND|EAI_AGAIN/],
])('gatewarden doctor says in one line that an issuer %s, and exits 2', async (_, issuer, line) => {
  const { code, out, err } = await doctor(await issuer())
  expect([code, out, err.split('\n').length]).toEqual([2, '', 1])
  expect(err).toMatch(/^gatewarden: the issuer cannot be asked: /)
  expect(err).toMatch(line)
})
