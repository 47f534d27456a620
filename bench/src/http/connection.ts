import { connect, type Socket } from 'node:net'

/**
 * One kept connection that asks and waits for the answer, and does as little else as can be: the less the load takes, the more of
 * what is measured is the server. Answers must carry Content-Length.
 */
export class Connection {
  readonly #socket: Socket
  #answer = ''
  #settle: { resolve(status: number): void; reject(error: Error): void } | undefined

  private constructor(socket: Socket) {
    this.#socket = socket
    socket.setNoDelay(true)
    socket.setEncoding('latin1')
    socket.on('data', (text) => this.#take(String(text)))
    const fail = () => this.#settle?.reject(new Error('the server closed the connection'))
    socket.on('close', fail)
    socket.on('error', fail)
  }

  static open(port: number): Promise<Connection> {
    return new Promise((resolve, reject) => {
      const socket = connect(port, '127.0.0.1', () => resolve(new Connection(socket)))
      socket.once('error', reject)
    })
  }

  /** Sends a whole request; resolves to the status of the answer, once all of it is here. */
  ask(request: Buffer): Promise<number> {
    return new Promise((resolve, reject) => {
      this.#settle = { resolve, reject }
      // A server closes what it has not heard from for a while (Node: 5 s): a bench must not wait for that answer.
      if (this.#socket.destroyed || this.#socket.readableEnded)
        reject(new Error('the connection was closed before'))
      else this.#socket.write(request)
    })
  }

  close(): void {
    this.#settle = undefined
    this.#socket.destroy()
  }

  #take(text: string): void {
    this.#answer += text
    const end = this.#answer.indexOf('\r\n\r\n')
    if (end === -1) return
    const length = /\r\ncontent-length: *(\d+)/i.exec(this.#answer)?.[1]
    if (length === undefined) {
      this.#settle?.reject(new Error('an answer without Content-Length'))
      return
    }
    if (this.#answer.length < end + 4 + Number(length)) return
    // HTTP/1.1 200
    const status = Number(this.#answer.slice(9, 12))
    this.#answer = ''
    this.#settle?.resolve(status)
  }
}

/** The bytes of a request, with a token or without. */
export function requestBytes(token?: string): Buffer {
  const authorization = token === undefined ? '' : `Authorization: Bearer ${token}\r\n`
  return Buffer.from(`GET / HTTP/1.1\r\nHost: 127.0.0.1\r\nAccept: */*\r\n${authorization}\r\n`)
}
