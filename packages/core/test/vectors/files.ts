import { readFileSync } from 'node:fs'
import { join } from 'node:path'

/** Where the vectors are, which are not part of this project; `undefined` where nobody said. */
export const VECTORS_DIR = process.env['VECTORS_DIR']

export function readVectors<T>(file: string): T {
  return JSON.parse(readFileSync(join(VECTORS_DIR ?? '', file), 'utf8')) as T
}
