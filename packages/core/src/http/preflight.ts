import type { RequestView } from './request.ts'

/**
 * Whether a request is a CORS preflight (Fetch, "CORS-preflight request"): browsers send it without credentials.
 * A plain OPTIONS request is not one.
 */
export function isPreflight(request: RequestView): boolean {
  return (
    request.method === 'OPTIONS' &&
    request.header('origin').length === 1 &&
    request.header('access-control-request-method').length === 1
  )
}
