import {
  type AuthorizationServer,
  createAuthorizationServer,
  fail,
  mintTokens,
  portFailure,
  portFrom,
  REQUESTS,
  StartError,
  walk,
} from '@gatewarden/example-health-api'
import { FRAMEWORKS, type Framework } from './frameworks.ts'
import { compared, explained, type Walk } from './report.ts'
import { serveApi } from './serve-api.ts'

try {
  process.exitCode = await demo(readArguments(process.argv.slice(2)))
} catch (error) {
  fail(error)
}

/** Sends every promised request to each framework's API; 0 if all verdicts are as promised, and the same everywhere. */
async function demo(frameworks: readonly Framework[]): Promise<number> {
  const authorizationServer = await startAuthorizationServer()
  try {
    const tokens = await mintTokens(authorizationServer)
    const walks: Walk[] = []
    for (const framework of frameworks) {
      const api = await serveApi(framework, authorizationServer.issuer)
      try {
        walks.push({ framework, verdicts: await walk(api.url, REQUESTS, tokens, api.refusals) })
      } finally {
        await api.close()
      }
    }
    const { text, kept } = walks.length === 1 ? explained(walks) : compared(walks)
    console.log(text)
    return kept ? 0 : 1
  } finally {
    await authorizationServer.close()
  }
}

async function startAuthorizationServer(): Promise<AuthorizationServer> {
  const port = portFrom(process.env, 'ISSUER_PORT', 0)
  return createAuthorizationServer({ port }).catch((error) => {
    throw portFailure('ISSUER_PORT', port, error)
  })
}

function readArguments(given: readonly string[]): readonly Framework[] {
  // `pnpm demo -- --all` hands the first dashes over as well.
  const words = given.filter((argument) => argument !== '--')
  const stranger = words.find((argument) => argument !== '--all')
  if (stranger !== undefined) throw new StartError(`${stranger} is unknown: the only argument is --all`)
  return words.length === 0 ? FRAMEWORKS.slice(0, 1) : FRAMEWORKS
}
