/** A table of findings: a row for each thing asked or measured. */
export interface BenchTable {
  readonly caption?: string
  /** Heads of the columns after the first, which names the rows. */
  readonly columns: readonly string[]
  readonly rows: readonly { readonly name: string; readonly values: readonly string[] }[]
}

/** One bar: where it ends, and between which quartiles that is. */
export interface Bar {
  readonly name: string
  readonly value: number
  readonly low: number
  readonly high: number
  /** Ours is drawn in another colour. */
  readonly ours: boolean
}

/** A bar chart, written as SVG with `--save`. */
export interface BarChart {
  /** Name of the file, without what comes before and after. */
  readonly file: string
  readonly title: string
  /** What a bar's length stands for. */
  readonly unit: string
  readonly bars: readonly Bar[]
}

/** What a bench found. */
export interface BenchReport {
  readonly title: string
  readonly tables: readonly BenchTable[]
  readonly notes: readonly string[]
  /** The numbers that `--check` looks at, under the names that the table of thresholds uses. */
  readonly figures: Readonly<Record<string, number>>
  readonly charts: readonly BarChart[]
}

/** How a bench is to be run. */
export interface BenchOptions {
  /** Fewer and shorter rounds: to see that it runs, not what it says. */
  readonly quick: boolean
}
