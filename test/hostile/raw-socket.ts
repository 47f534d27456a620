import { connect, type Socket } from 'node:net'
import { setTimeout as wait } from 'node:timers/promises'

/** An answer, read from the bytes as they came. */
export interface RawAnswer {
  readonly status: number
  /** Status line and fields, one a line. */
  readonly head: string
  readonly body: string
}

/** All that came over a connection before it was closed. */
export interface Exchange {
  /** Every byte, one a character. */
  readonly text: string
  readonly answers: readonly RawAnswer[]
}

/** Milliseconds after which a connection that is neither answered nor closed counts as hanging. */
const PATIENCE = 8_000
const SLICE = 16_384

/**
 * Writes bytes to a port, one a character, as they are, and waits until the other side closes the connection: the last request must
 * ask for that. Rejects where it does not. Stops writing when an answer comes, so that a reset cannot swallow it.
 */
export function sendRaw(port: number, bytes: string): Promise<Exchange> {
  return new Promise((resolve, reject) => {
    let text = ''
    const socket = connect({ port, host: '127.0.0.1' }, () => void write(socket, bytes, () => text !== ''))
    const hanging = setTimeout(() => {
      socket.destroy()
      reject(new Error(`neither answered nor closed; so far came ${JSON.stringify(text.slice(0, 500))}`))
    }, PATIENCE)
    socket.setEncoding('latin1')
    socket.on('data', (chunk) => {
      text += chunk
    })
    // A reset is one way to close.
    socket.on('error', () => {})
    socket.on('close', () => {
      clearTimeout(hanging)
      try {
        resolve({ text, answers: answersIn(text) })
      } catch (error) {
        reject(error)
      }
    })
  })
}

async function write(socket: Socket, bytes: string, answered: () => boolean): Promise<void> {
  for (let at = 0; at < bytes.length && !answered() && socket.writable; at += SLICE) {
    socket.write(bytes.slice(at, at + SLICE), 'latin1')
    // Node refuses after 16 KiB: time for its answer to come, before a reset for what is still written overtakes it.
    if (bytes.length > SLICE) await wait(at > 2 * SLICE ? 1 : 25)
  }
}

function answersIn(text: string): RawAnswer[] {
  const answers: RawAnswer[] = []
  let rest = text
  while (rest !== '') {
    const headEnd = rest.indexOf('\r\n\r\n')
    const head = rest.slice(0, headEnd)
    const status = Number(/^HTTP\/1\.1 (\d{3}) /.exec(head)?.[1])
    if (headEnd === -1 || Number.isNaN(status)) throw new Error(`no HTTP answer: ${JSON.stringify(rest)}`)
    const { body, end } = bodyOf(head, rest.slice(headEnd + 4))
    answers.push({ status, head, body })
    rest = rest.slice(headEnd + 4 + end)
  }
  return answers
}

/** The body at the beginning of `rest`, and where it ends. A status alone has none. */
function bodyOf(head: string, rest: string): { body: string; end: number } {
  if (!/^transfer-encoding: chunked$/im.test(head)) {
    const end = Number(/^content-length: (\d+)$/im.exec(head)?.[1] ?? 0)
    return { body: rest.slice(0, end), end }
  }
  let body = ''
  let at = 0
  while (at < rest.length) {
    const lineEnd = rest.indexOf('\r\n', at)
    const size = Number.parseInt(rest.slice(at, lineEnd), 16)
    body += rest.slice(lineEnd + 2, lineEnd + 2 + size)
    at = lineEnd + 2 + size + 2
    if (size === 0) break
  }
  return { body, end: at }
}

/** A GET with these field lines, each ended as given; it ends the connection unless `more` is to come. */
export function get(fields: string, { path = '/api/me', more = false } = {}): string {
  return `GET ${path} HTTP/1.1\r\nHost: api.test\r\n${fields}${more ? '' : 'Connection: close\r\n'}\r\n`
}

/** The field line of a bearer token. */
export function bearerLine(token: string): string {
  return `Authorization: Bearer ${token}\r\n`
}

/** What must be the same behind every door: the answer without the fields that only one framework writes. */
export function verdictOf({ answers }: Exchange) {
  return answers.map(({ status, head, body }) => ({
    status,
    challenge: /^www-authenticate: (.*)$/im.exec(head)?.[1],
    caching: /^cache-control: (.*)$/im.exec(head)?.[1],
    body,
  }))
}

/** The parts of what was sent that must not come back: distinctive ones of twelve characters and more. */
export function partsOf(sent: string): string[] {
  return [...sent.matchAll(/[A-Za-z0-9_-]{12,}/g)].map(([part]) => part)
}

/** The secrets that stand in a text: none, if all is well. */
export function toldOf(secrets: readonly string[], text: string): string[] {
  return secrets.filter((secret) => text.includes(secret))
}
