import { fileURLToPath } from 'node:url'
import express, { type Router } from 'express'
import { securityHeaders } from './headers.ts'
import { ownHostOnly } from './own-origin.ts'
import { type ConsoleParts, createConsoleServices } from './services.ts'

/** Markup and style as they are, and what `tsc -b` makes of `browser/`. From `src` and from `dist` alike. */
const PUBLIC = fileURLToPath(new URL('../../public/', import.meta.url))
const SCRIPTS = fileURLToPath(new URL('../../dist/browser/', import.meta.url))

/** The token console: its page at `/`, the page that a login comes back to, and what they need under `/console`. */
export function createConsole(parts: ConsoleParts): Router {
  const router = express.Router()
  const own = [ownHostOnly, securityHeaders(parts.authorizationServer.issuer)]
  const files = { index: false, redirect: false } as const

  router.get('/', own, page('index.html'))
  router.get('/callback', own, page('callback.html'))
  router.use('/console', own, express.static(PUBLIC, files), express.static(SCRIPTS, files))
  router.use('/console', createConsoleServices(parts))
  return router
}

function page(file: string): express.RequestHandler {
  return (_request, response) => response.sendFile(file, { root: PUBLIC, cacheControl: false })
}
