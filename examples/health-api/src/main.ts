import { curl } from './curl.ts'
import { fail } from './fail.ts'
import { operatorView } from './operator-view.ts'
import { portFrom } from './ports.ts'
import { REQUESTS } from './requests.ts'
import { type Running, start } from './start.ts'
import { mintTokens, type TokenName } from './tokens.ts'

try {
  const running = await start({
    port: portFrom(process.env, 'PORT', 3000),
    issuerPort: portFrom(process.env, 'ISSUER_PORT', 4000),
    onRefusal: (reason) => console.log(`refused, ${operatorView(reason)}`),
  })
  const tokens = await mintTokens(running.authorizationServer)
  stopOnSignal(running)
  greet(running, tokens)
} catch (error) {
  fail(error)
}

function greet({ url, authorizationServer }: Running, tokens: Readonly<Record<TokenName, string>>): void {
  console.log(`Health API listening on ${url}`)
  console.log(`Authorization server (issuer) listening on ${authorizationServer.issuer}`)
  console.log(`Token console, to see it in a browser: ${url}/`)
  for (const request of REQUESTS) {
    if (!request.curl) continue
    const answer = request.error ? `${request.status} ${request.error}` : `${request.status}`
    console.log(`\n# ${answer} to ${request.method} ${request.path} with ${request.curl}:`)
    console.log(curl(url, request, tokens))
  }
  console.log('\nRefusals are logged below. Ctrl-C stops.')
}

function stopOnSignal(running: Running): void {
  for (const signal of ['SIGINT', 'SIGTERM'] as const) {
    process.once(signal, () => {
      running.close().then(() => process.exit(0), fail)
    })
  }
}
