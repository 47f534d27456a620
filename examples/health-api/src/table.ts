export interface Column {
  readonly title: string
  /** Characters. */
  readonly width: number
}

const GAP = '  '

/** A table for a plain terminal: long cells go on in the next line. */
export function table(columns: readonly Column[], rows: readonly (readonly string[])[]): string {
  const titles = line(
    columns,
    columns.map(({ title }) => title),
  )
  const rule = columns.map(({ width }) => '-'.repeat(width)).join(GAP)
  return [titles, rule, ...rows.map((row) => `${tableRow(columns, row)}\n`)].join('\n')
}

function tableRow(columns: readonly Column[], cells: readonly string[]): string {
  const wrapped = columns.map(({ width }, index) => wrap(cells[index] ?? '', width))
  const height = Math.max(...wrapped.map((lines) => lines.length))
  return Array.from({ length: height }, (_, row) =>
    line(
      columns,
      wrapped.map((lines) => lines[row] ?? ''),
    ),
  ).join('\n')
}

function line(columns: readonly Column[], cells: readonly string[]): string {
  return columns
    .map(({ width }, index) => (cells[index] ?? '').padEnd(width))
    .join(GAP)
    .trimEnd()
}

/** Breaks the text at spaces, and inside a word only where the word is longer than a line. */
export function wrap(text: string, width: number): string[] {
  const lines: string[] = []
  let current = ''
  for (const word of text.split(/\s+/).flatMap((whole) => pieces(whole, width))) {
    if (current && current.length + 1 + word.length > width) {
      lines.push(current)
      current = word
    } else {
      current = current ? `${current} ${word}` : word
    }
  }
  return [...lines, current]
}

function pieces(word: string, width: number): string[] {
  return Array.from({ length: Math.ceil(word.length / width) }, (_, index) =>
    word.slice(index * width, (index + 1) * width),
  )
}
