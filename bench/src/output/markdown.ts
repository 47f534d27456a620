import type { BenchReport, BenchTable } from './report.ts'

/** The report as Markdown, its columns padded so that a terminal shows it too. */
export function markdown({ title, tables, notes }: BenchReport, circumstances: string): string {
  const body = tables.flatMap((table) => [...tableLines(table), ''])
  return [`## ${title}`, '', circumstances, '', ...body, ...notes.map((note) => `- ${note}`)].join('\n')
}

/** One table, under its caption. */
export function tableLines({ caption, columns, rows }: BenchTable): string[] {
  const cells = [['', ...columns], ...rows.map(({ name, values }) => [name, ...values])]
  const widths = (cells[0] ?? []).map((_, column) =>
    Math.max(...cells.map((row) => row[column]?.length ?? 0)),
  )
  const line = (row: readonly string[]) =>
    `| ${row.map((cell, column) => cell.padEnd(widths[column] ?? 0)).join(' | ')} |`
  const rule = `| ${widths.map((width) => '-'.repeat(width)).join(' | ')} |`
  const [head = [], ...body] = cells
  const heading = caption === undefined ? [] : [`### ${caption}`, '']
  return [...heading, line(head), rule, ...body.map(line)]
}
