import { expect } from 'vitest'
import type { CaseRequest } from './case.ts'
import type { Answer } from './exchange.ts'

const PARAMETER = /([a-z_]+)="([^"\\]*)"/g
const OURS = ['realm', 'error', 'scope', 'error_description']

/** What holds for every refusal, whatever it is for: WIRE-RULES 7 to 9, 12 and 13. */
export function holdsForEveryRefusal(answer: Answer, request: CaseRequest): void {
  expect(answer.headers['cache-control']).toBe('no-store')
  if (answer.status === 503) {
    expect(answer.headers['www-authenticate']).toBeUndefined()
    expect(Number(answer.headers['retry-after'])).toBeGreaterThan(0)
  } else {
    challengeIsWellFormed(answer)
  }
  nothingSentComesBack(answer, request)
}

function challengeIsWellFormed({ headers, text, status }: Answer): void {
  const challenge = headers['www-authenticate'] ?? ''
  // Bearer first, at least one parameter, printable ASCII without backslash (RFC 6750 §3).
  expect(challenge).toMatch(/^Bearer realm="[^"]+"/)
  expect(challenge).toMatch(/^[\x20-\x5b\x5d-\x7e]+$/)
  const names = [...challenge.matchAll(PARAMETER)].map(([, name]) => name)
  expect(names).toEqual(OURS.filter((name) => names.includes(name)))
  expect(challenge.slice('Bearer '.length).replace(PARAMETER, '')).toMatch(/^(, )*$/)
  const error = /error="([a-z_]+)"/.exec(challenge)?.[1]
  expect(error).toBe({ 400: 'invalid_request', 403: 'insufficient_scope' }[status] ?? error)
  if (text === '') return
  const description = /error_description="([^"]*)"/.exec(challenge)?.[1]
  expect(JSON.parse(text)).toEqual({ error, error_description: description })
}

/** No part of the credentials, of the query or of a claim is in the answer (RFC 6750 §5). */
function nothingSentComesBack(answer: Answer, { headers = [] }: CaseRequest): void {
  const whole = `${answer.rawHeaders.join('\n')}\n${answer.text}`
  expect(whole).not.toContain('leak')
  for (const [name, value] of headers) {
    if (!/authorization|token|cookie/i.test(name)) continue
    for (const part of value.split(/[ .=,;]/)) if (part.length > 12) expect(whole).not.toContain(part)
  }
}
