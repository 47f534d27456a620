import { escapeControls, type Paint } from '@gatewarden/core'
import { UsageProblem } from './usage.ts'

/** What a command needs of its surroundings. */
export interface Terminal {
  readonly env: NodeJS.ProcessEnv
  /** Standard input as a whole; `undefined` where a person sits at it. */
  readonly input: (() => Promise<string>) | undefined
  readonly out: (text: string) => void
  readonly err: (text: string) => void
  readonly paint: Paint
  /** Shows that something takes its time, where a person looks on. */
  waiting<T>(what: string, work: Promise<T>): Promise<T>
}

const SLOW = 500
const FRAMES = ['-', '\\', '|', '/']
const BLANK = '\r\u001b[K'

/** The terminal, or whatever stands in its place, of this process. */
export function processTerminal(): Terminal {
  const { env, stdin, stdout, stderr } = process
  const colour = stdout.isTTY && env['NO_COLOR'] === undefined
  return {
    env,
    input: stdin.isTTY ? undefined : readInput,
    out: (text) => void stdout.write(`${text}\n`),
    err: (text) => void stderr.write(`${text}\n`),
    paint: {
      good: sgr(32, colour),
      bad: sgr(31, colour),
      faint: sgr(2, colour),
    },
    waiting: (what, work) => (stderr.isTTY ? withSpinner(what, work) : work),
  }
}

const sgr = (code: number, on: boolean) => (text: string) => (on ? `\u001b[${code}m${text}\u001b[0m` : text)

/** The most that is read: whatever is longer is no token. */
const MAX_INPUT = 1_000_000

/** @throws UsageProblem */
async function readInput(): Promise<string> {
  let text = ''
  try {
    process.stdin.setEncoding('utf8')
    for await (const piece of process.stdin) {
      text += piece
      if (text.length > MAX_INPUT) break
    }
  } catch (error) {
    throw new UsageProblem(`standard input cannot be read (${(error as NodeJS.ErrnoException).code})`)
  }
  return text
}

async function withSpinner<T>(what: string, work: Promise<T>): Promise<T> {
  let frame = 0
  const draw = () =>
    process.stderr.write(`${BLANK}${FRAMES[frame++ % FRAMES.length]} ${escapeControls(what)}`)
  let drawing: NodeJS.Timeout | undefined
  const slow = setTimeout(() => {
    draw()
    drawing = setInterval(draw, 100)
  }, SLOW)
  try {
    return await work
  } finally {
    clearTimeout(slow)
    clearInterval(drawing)
    if (drawing !== undefined) process.stderr.write(BLANK)
  }
}
