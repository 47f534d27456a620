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

/** Findings as lines, each hint under its own. */
export function findingLines(findings: readonly Finding[], { paint }: Terminal): string[] {
  const width = Math.max(...findings.map(({ what }) => what.length))
  return findings.flatMap(({ ok, what, detail, hint }) => {
    const text = `${what.padEnd(width)}  ${detail}`
    const line = ok ? `${paint.good('✓')} ${text}` : paint.bad(`✗ ${text}`)
    return hint === undefined ? [line] : [line, `    ${hint}`]
  })
}
