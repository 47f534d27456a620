import type { RequestHandler } from 'express'

/** What the page may do: run and show its own files, and talk to its own server and to the issuer. */
function contentSecurityPolicy(issuer: string): string {
  return [
    "default-src 'none'",
    "script-src 'self'",
    "style-src 'self'",
    "img-src 'self'",
    `connect-src 'self' ${new URL(issuer).origin}`,
    "base-uri 'none'",
    "form-action 'none'",
    "frame-ancestors 'none'",
    "require-trusted-types-for 'script'",
    "trusted-types 'none'",
  ].join('; ')
}

/** The header fields of everything that the console answers. */
export function securityHeaders(issuer: string): RequestHandler {
  const fields = {
    'content-security-policy': contentSecurityPolicy(issuer),
    'referrer-policy': 'no-referrer',
    'x-content-type-options': 'nosniff',
    'cross-origin-resource-policy': 'same-origin',
    // Tokens go through here: nothing is kept.
    'cache-control': 'no-store',
  }
  return (_request, response, next) => {
    response.set(fields)
    next()
  }
}
