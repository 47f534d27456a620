import { escapeControls } from '@gatewarden/core'
import type { Terminal } from '../terminal.ts'

/** One thing that was looked at. */
export interface Finding {
  readonly ok: boolean
  readonly what: string
  readonly detail: string
  /** What to do, where something is wrong. */
  readonly hint?: string | undefined
}

export const good = (what: string, detail: string): Finding => ({ ok: true, what, detail })
export const bad = (what: string, detail: string, hint?: string): Finding => ({
  ok: false,
  what,
  detail,
  hint,
})

/** Findings as lines, each hint under its own. Much of it comes from the issuer, so all of it is escaped. */
export function findingLines(findings: readonly Finding[], { paint }: Terminal): string[] {
  const names = findings.map(({ what }) => escapeControls(what))
  const width = names.reduce((widest, name) => Math.max(widest, name.length), 0)
  return findings.flatMap(({ ok, detail, hint }, index) => {
    const text = `${names[index]?.padEnd(width)}  ${escapeControls(detail)}`
    const line = ok ? `${paint.good('✓')} ${text}` : paint.bad(`✗ ${text}`)
    return hint === undefined ? [line] : [line, `    ${escapeControls(hint)}`]
  })
}
