import type { Readable } from 'node:stream'
import { UsageError } from '../errors.ts'
import { Reason } from '../reason.ts'
import { show } from '../text.ts'
import { MAX_TOKEN_LENGTH } from './credentials.ts'
import { type NodeRequest, nodeRequest } from './node-request.ts'
import { readBody } from './read-body.ts'

/** What is needed of `http.IncomingMessage` to read its body, too. */
export type NodeRequestWithBody = NodeRequest & Readable

const FORM = 'application/x-www-form-urlencoded'

/** Bytes of a body: room for the longest token, and as much again for fields that are of no concern. */
const MAX_BODY = 2 * MAX_TOKEN_LENGTH

/**
 * The form of a back-channel logout request (OpenID Connect Back-Channel Logout §2.5): its text, or what a body parser made of it.
 *
 * @param parsed what a body parser in front left of the body; looked at only where the body was read already
 * @throws UsageError where the body was read, and nothing of it is left
 */
export async function readLogoutForm(
  request: NodeRequestWithBody,
  parsed: unknown,
): Promise<{ readonly form: unknown } | Reason> {
  const types = nodeRequest(request).header('content-type')
  if (types.length !== 1 || mediaTypeOf(types[0]) !== FORM)
    return new Reason('logout_request_malformed', {
      expected: `Content-Type ${FORM}`,
      actual: show(types.join(', ')),
    })
  if (request.readableDidRead) {
    if (parsed !== undefined) return { form: parsed }
    throw new UsageError('the body of a logout request was read before, and no body parser left it behind')
  }
  const body = await readBody(request, MAX_BODY)
  return typeof body === 'string'
    ? { form: body }
    : new Reason('logout_request_malformed', { actual: body.flaw })
}

/** Without parameters, in lower case (RFC 9110 §8.3.1). */
function mediaTypeOf(field = ''): string {
  return (field.split(';', 1)[0] ?? '').trim().toLowerCase()
}
