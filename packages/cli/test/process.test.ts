import { execFile } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { createTestIssuer } from '@gatewarden/testing'
import { expect, it } from 'vitest'

const main = fileURLToPath(new URL('../dist/main.js', import.meta.url))

/** Runs the installed program, with text on its standard input. */
function program(
  args: readonly string[],
  input: string,
): Promise<{ code: number; out: string; err: string }> {
  return new Promise((resolve) => {
    const child = execFile(process.execPath, [main, ...args], (error, out, err) =>
      resolve({ code: Number(error?.code ?? 0), out, err }),
    )
    child.stdin?.end(input)
  })
}

it('the program reads its standard input, uses no colour in a pipe, ends by itself, and tells by its exit code', async () => {
  await using issuer = await createTestIssuer({ algorithms: ['ES256'] })
  const api = ['--issuer', await issuer.listen(), '--audience', issuer.audience]
  const admitted = await program(['explain', '-', ...api], await issuer.accessToken())
  expect([admitted.code, admitted.err, admitted.out.startsWith('admitted')]).toEqual([0, '', true])
  expect(admitted.out).not.toContain('\u001b')
  expect((await program(['explain', '-', ...api], await issuer.idToken())).code).toBe(1)
  expect((await program(['explain', ...api], '')).code).toBe(2)
  expect((await program(['doctor', ...api], '')).code).toBe(0)
})
