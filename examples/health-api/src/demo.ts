import type { Reason } from '@gatewarden/express'
import { fail } from './fail.ts'
import { operatorView } from './operator-view.ts'
import { portFrom } from './ports.ts'
import { REQUESTS } from './requests.ts'
import { start } from './start.ts'
import { table } from './table.ts'
import { mintTokens, TOKENS } from './tokens.ts'
import { type Verdict, walk } from './walk.ts'

/** 119 characters with the gaps: fits a terminal of 120. */
const COLUMNS = [
  { title: 'request', width: 18 },
  { title: 'token', width: 20 },
  { title: 'status', width: 6 },
  { title: 'challenge', width: 26 },
  { title: 'why (for the operator only)', width: 41 },
]

try {
  process.exitCode = await demo()
} catch (error) {
  fail(error)
}

/** Walks through the requests against a running pair of servers; 0 if every verdict is the promised one. */
async function demo(): Promise<number> {
  const refusals: Reason[] = []
  const running = await start({
    port: portFrom(process.env, 'PORT', 0),
    issuerPort: portFrom(process.env, 'ISSUER_PORT', 0),
    onRefusal: (reason) => refusals.push(reason),
  })
  try {
    const tokens = await mintTokens(running.authorizationServer)
    const verdicts = await walk(running.url, REQUESTS, tokens, refusals)
    const kept = verdicts.filter((verdict) => verdict.kept).length
    console.log(table(COLUMNS, verdicts.map(cells)))
    console.log(`${kept} of ${verdicts.length} verdicts as promised`)
    return kept === verdicts.length ? 0 : 1
  } finally {
    await running.close()
  }
}

function cells({ request, status, challenge, reason, kept }: Verdict): string[] {
  const { method, path, token, inQuery } = request
  const promised = [request.status, request.error, request.reason].filter(Boolean).join(' ')
  const why = reason ? operatorView(reason) : ''
  return [
    `${method} ${path}${inQuery ? ' ?access_token=' : ''}`,
    token ? TOKENS[token] : 'none',
    `${status}`,
    shorten(challenge),
    kept ? why : `BROKEN, promised was ${promised}. ${why}`,
  ]
}

/** The challenge without what is the same everywhere, or said better by the operator's reason. */
function shorten(challenge: string): string {
  const parameters = [...challenge.matchAll(/\b(?:error|scope)="[^"]*"/g)].map(([parameter]) => parameter)
  return [challenge.split(' ', 1)[0], ...parameters].join(' ')
}
