import { readFile } from 'node:fs/promises'
import type { DecryptionKey } from '@gatewarden/core'
import { UsageProblem } from './usage.ts'

/** Private keys of the API, out of files of PEM, a JWK or a JWK Set. @throws UsageProblem, which never shows what is in a file */
export async function readDecryptionKeys(files: readonly string[]): Promise<readonly DecryptionKey[]> {
  return (await Promise.all(files.map(readKeys))).flat()
}

async function readKeys(file: string): Promise<readonly DecryptionKey[]> {
  const text = await readFile(file, 'utf8').catch((error: NodeJS.ErrnoException) => {
    throw new UsageProblem(`--decryption-key: ${file} cannot be read (${error.code})`)
  })
  if (!text.trimStart().startsWith('{')) return [text]
  try {
    const json = JSON.parse(text) as DecryptionKey & { keys?: readonly DecryptionKey[] }
    return Array.isArray(json.keys) ? json.keys : [json]
  } catch {
    throw new UsageProblem(`--decryption-key: ${file} is not JSON`)
  }
}
