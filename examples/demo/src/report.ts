import { operatorView, TOKENS, table, type Verdict } from '@gatewarden/example-health-api'
import type { Framework } from './frameworks.ts'

/** What one framework's API answered. */
export interface Walk {
  readonly framework: Framework
  readonly verdicts: readonly Verdict[]
}

/** What is printed, and whether every promise was kept. */
export interface Report {
  readonly text: string
  readonly kept: boolean
}

// Both tables are 119 characters wide with their gaps: they fit a terminal of 120.
const EXPLAINED = [
  { title: 'request', width: 18 },
  { title: 'token', width: 20 },
  { title: 'status', width: 6 },
  { title: 'challenge', width: 26 },
  { title: 'why (for the operator only)', width: 41 },
]
const COMPARED = [
  { title: 'request', width: 18 },
  { title: 'token', width: 26 },
  { title: 'Express', width: 7 },
  { title: 'Fastify', width: 7 },
  { title: 'Koa', width: 7 },
  { title: 'challenge', width: 26 },
  { title: 'the same', width: 16 },
]

/** One framework's answers, each with the operator's reason. */
export function explained([walk]: readonly Walk[]): Report {
  const verdicts = walk?.verdicts ?? []
  const rows = verdicts.map((verdict) => {
    const { request, status, challenge, reason, kept } = verdict
    const promised = [request.status, request.error, request.reason].filter(Boolean).join(' ')
    const why = reason ? operatorView(reason) : ''
    return [
      ...asked(verdict),
      `${status}`,
      shorten(challenge),
      kept ? why : `BROKEN, promised was ${promised}. ${why}`,
    ]
  })
  const kept = verdicts.filter((verdict) => verdict.kept).length
  return {
    text: `${table(EXPLAINED, rows)}\n${kept} of ${verdicts.length} verdicts as promised`,
    kept: kept === verdicts.length,
  }
}

/** All frameworks' answers side by side, and whether they are the same to the byte. */
export function compared(walks: readonly Walk[]): Report {
  const [first] = walks
  const rows = (first?.verdicts ?? []).map((verdict, index) => {
    const answers = walks.map(({ verdicts }) => verdicts[index] as Verdict)
    const statuses = answers.map(({ status, kept }) => `${status}${kept ? '' : ' BROKEN'}`)
    return [...asked(verdict), ...statuses, shorten(verdict.challenge), difference(answers)]
  })
  const all = walks.flatMap(({ verdicts }) => verdicts)
  const kept = all.filter((verdict) => verdict.kept).length
  const same = rows.filter((row) => row.at(-1) === 'yes').length
  return {
    text: `${table(COMPARED, rows)}\n${kept} of ${all.length} verdicts as promised, ${same} of ${rows.length} the same behind all frameworks`,
    kept: kept === all.length && same === rows.length,
  }
}

/** Refusals must be the same altogether; what the API itself answers holds identifiers of its own. */
function difference(answers: readonly Verdict[]): string {
  const isSame = (member: (verdict: Verdict) => unknown) => new Set(answers.map(member)).size === 1
  if (!isSame(({ status }) => status)) return 'status differs'
  if (!isSame(({ challenge }) => challenge)) return 'challenge differs'
  return answers[0]?.reason === undefined || isSame(({ body }) => body) ? 'yes' : 'body differs'
}

function asked({ request: { method, path, token, inQuery } }: Verdict): [string, string] {
  return [`${method} ${path}${inQuery ? ' ?access_token=' : ''}`, token ? TOKENS[token] : 'none']
}

/** The challenge without what is the same everywhere, or said better by the operator's reason. */
function shorten(challenge: string): string {
  const parameters = [...challenge.matchAll(/\b(?:error|scope)="[^"]*"/g)].map(([parameter]) => parameter)
  return [challenge.split(' ', 1)[0], ...parameters].join(' ')
}
