import type { ReasonRow } from '../reasons/row.ts'

/** Reason phrases of the statuses that refusals have (RFC 9110 §15). `node:http` has them too, and brings a WebSocket client along. */
export const STATUS_TEXT: { readonly [status in ReasonRow['status']]: string } = {
  400: 'Bad Request',
  401: 'Unauthorized',
  403: 'Forbidden',
  503: 'Service Unavailable',
}
