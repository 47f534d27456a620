import type { Readable } from 'node:stream'

/** Why there is no body. */
export interface BodyFlaw {
  readonly flaw: string
}

/**
 * Reads a body of at most `limit` bytes as UTF-8. What comes beyond them is let go by unseen. Never rejects: a caller who hangs up is
 * no mistake of the program. Not checked: how long it takes; Node's own `requestTimeout` does that.
 */
export function readBody(stream: Readable, limit: number): Promise<string | BodyFlaw> {
  if (stream.destroyed) return Promise.resolve(BROKEN_OFF)
  return new Promise((resolve) => {
    const chunks: Buffer[] = []
    let length = 0
    const take = (chunk: Buffer | string): void => {
      const bytes = typeof chunk === 'string' ? Buffer.from(chunk) : chunk
      length += bytes.length
      if (length <= limit) return void chunks.push(bytes)
      // The stream goes on, with nobody to hear it: to destroy it would take the answer along.
      stream.off('data', take)
      resolve({ flaw: `a body over ${limit} bytes` })
    }
    stream.on('data', take)
    stream.once('end', () => resolve(Buffer.concat(chunks).toString('utf8')))
    stream.once('error', () => resolve(BROKEN_OFF))
    stream.once('close', () => resolve(BROKEN_OFF))
  })
}

const BROKEN_OFF: BodyFlaw = Object.freeze({ flaw: 'a body that broke off' })
