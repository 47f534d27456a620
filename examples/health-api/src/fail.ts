import { StartError } from './ports.ts'

/** Ends the process with exit code 1: what the user can mend in one line, a defect with its stack. */
export function fail(error: unknown): never {
  console.error(error instanceof StartError ? error.message : error)
  process.exit(1)
}
