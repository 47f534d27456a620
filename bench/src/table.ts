/** What a bench found: a row for each figure, a column for each contender. */
export interface BenchReport {
  readonly title: string
  readonly machine: string
  readonly contenders: readonly string[]
  readonly rows: readonly { readonly figure: string; readonly values: readonly string[] }[]
  readonly notes: readonly string[]
}

/** The report as Markdown, its columns padded so that a terminal shows it too. */
export function markdown({ title, machine, contenders, rows, notes }: BenchReport): string {
  const cells = [['', ...contenders], ...rows.map(({ figure, values }) => [figure, ...values])]
  const widths = (cells[0] ?? []).map((_, column) =>
    Math.max(...cells.map((row) => row[column]?.length ?? 0)),
  )
  const line = (row: readonly string[]) =>
    `| ${row.map((cell, column) => cell.padEnd(widths[column] ?? 0)).join(' | ')} |`
  const rule = `| ${widths.map((width) => '-'.repeat(width)).join(' | ')} |`
  const [head = [], ...body] = cells
  return [
    `## ${title}`,
    '',
    machine,
    '',
    line(head),
    rule,
    ...body.map(line),
    '',
    ...notes.map((note) => `- ${note}`),
  ].join('\n')
}
