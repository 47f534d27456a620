import { connect, type Socket } from 'node:net'

/** `:status` values that HPACK's static table knows (RFC 7541, Appendix A), by the byte that stands for them. */
const STATUSES: Readonly<Record<number, number>> = { 136: 200, 139: 304, 140: 400, 141: 404, 142: 500 }

/**
 * Sends one HTTP/2 request with exactly these fields, twice where they stand twice, which Node's own client refuses to do, and
 * resolves to the status of the answer.
 */
export async function rawHttp2Request(
  port: number,
  fields: readonly (readonly [string, string])[],
): Promise<number | undefined> {
  const socket = connect(port, '127.0.0.1')
  try {
    socket.write('PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n')
    socket.write(frame(0x4, 0, 0, Buffer.alloc(0)))
    // END_STREAM and END_HEADERS on stream 1 (RFC 9113 §6.2).
    socket.write(frame(0x1, 0x5, 1, Buffer.concat(fields.map(literal))))
    const block = await headersOf(socket)
    return STATUSES[block[0] ?? 0]
  } finally {
    socket.destroy()
  }
}

function frame(type: number, flags: number, stream: number, payload: Buffer): Buffer {
  const head = Buffer.alloc(9)
  head.writeUIntBE(payload.length, 0, 3)
  head[3] = type
  head[4] = flags
  head.writeUInt32BE(stream, 5)
  return Buffer.concat([head, payload])
}

/** A field as a literal without indexing and with its name in full (RFC 7541 §6.2.2). */
function literal([name, value]: readonly [string, string]): Buffer {
  return Buffer.concat([Buffer.from([0]), text(name), text(value)])
}

/** A text without Huffman coding, its length as an integer with a prefix of seven bits (RFC 7541 §5). */
function text(value: string): Buffer {
  const bytes = Buffer.from(value, 'latin1')
  if (bytes.length < 127) return Buffer.concat([Buffer.from([bytes.length]), bytes])
  const length = [127]
  let rest = bytes.length - 127
  for (; rest >= 128; rest >>= 7) length.push((rest & 0x7f) | 0x80)
  return Buffer.concat([Buffer.from([...length, rest]), bytes])
}

/** The header block of the first HEADERS frame on stream 1. */
async function headersOf(socket: Socket): Promise<Buffer> {
  let received = Buffer.alloc(0)
  for await (const chunk of socket) {
    received = Buffer.concat([received, chunk as Buffer])
    while (received.length >= 9 && received.length >= 9 + received.readUIntBE(0, 3)) {
      const length = received.readUIntBE(0, 3)
      const payload = received.subarray(9, 9 + length)
      if (received[3] === 0x1 && received.readUInt32BE(5) === 1) return payload
      received = received.subarray(9 + length)
    }
  }
  throw new Error('the connection ended without an answer')
}
