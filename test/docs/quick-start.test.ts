import { spawn, spawnSync } from 'node:child_process'
import { existsSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, describe, expect, it } from 'vitest'
import { blocksOf, PAGES, ROOT } from './pages.ts'

const hasCurl = spawnSync('curl', ['--version']).status === 0
if (!hasCurl) console.warn('skipped: the quick starts, because there is no curl')

const INSTALLED = join(ROOT, 'test/node_modules')
const closers: (() => void)[] = []
afterEach(() => {
  for (const close of closers.splice(0)) close()
})

/** The ports in the pages are taken on some machines: free ones stand in for them. */
const PORTS = [3000, 4000]

async function freePort(): Promise<string> {
  const server = createServer().listen(0, '127.0.0.1')
  await new Promise((listening) => server.once('listening', listening))
  const address = server.address()
  await new Promise((closed) => server.close(closed))
  return typeof address === 'object' ? `${address?.port}` : ''
}

/** What a reader need not wait for types more slowly than it takes: the test waits. What npm would fetch is here already. */
const READER = `
npm() { case $1 in install) ;; *) command npm "$@" > npm.log ;; esac; }
curl() { command curl -sS --retry 40 --retry-delay 1 --retry-connrefused "$@"; echo; }
wait_for() { until [ -s "$1" ]; do sleep 0.1; done; }
`

/** All blocks of a page in order, as one script: files are written, commands are run. */
async function scriptOf(page: string): Promise<string> {
  let script = READER
  for (const { language, title, code } of blocksOf(page)) {
    if (language === 'sh') script += code.replace(/^\. \.\/(\S+)/gm, 'wait_for $1; . ./$1')
    else if (title !== '') script += `cat > ${title} <<'END_OF_FILE'\n${code}END_OF_FILE\n`
  }
  for (const port of PORTS) script = script.replaceAll(`${port}`, await freePort())
  return script
}

function follow(script: string): Promise<{ said: string; heard: string }> {
  const folder = mkdtempSync(join(tmpdir(), 'quick-start-'))
  symlinkSync(INSTALLED, join(folder, 'node_modules'))
  writeFileSync(join(folder, 'script.sh'), script)
  // A group of its own, so that what the reader leaves running ends with the test.
  const child = spawn('sh', ['-e', 'script.sh'], { cwd: folder, detached: true })
  closers.push(() => {
    if (child.pid !== undefined) process.kill(-child.pid)
    rmSync(folder, { recursive: true, force: true })
  })
  let said = ''
  let heard = ''
  child.stdout.on('data', (chunk) => {
    said += chunk
  })
  child.stderr.on('data', (chunk) => {
    heard += chunk
  })
  return new Promise((resolve) => child.once('exit', () => setTimeout(resolve, 100, { said, heard })))
}

describe.each(PAGES.filter((page) => page.startsWith('docs/quick-start/')))('%s', (page) => {
  const shell = blocksOf(page)
    .filter(({ language }) => language === 'sh')
    .map(({ code }) => code)
    .join('')

  it('installs packages that there are (ours)', () => {
    const names = [...shell.matchAll(/^npm install (.*)$/gm)].flatMap(([, list = '']) => list.split(' '))
    expect(names.length).toBeGreaterThan(1)
    for (const name of names.filter((name) => !name.startsWith('-')))
      expect(existsSync(join(INSTALLED, name)), name).toBe(true)
  })

  it.skipIf(!hasCurl)('leads to the answers that it promises (ours)', { timeout: 60_000 }, async () => {
    const promised = [...shell.matchAll(/^curl .*# (\d{3})/gm)].map(([, status]) => status)
    expect(promised).toEqual(expect.arrayContaining(['200', '401', '403']))
    const { said, heard } = await follow(await scriptOf(page))
    const answered = [...said.matchAll(/^HTTP\/1\.1 (\d{3})/gm)].map(([, status]) => status)
    expect(answered, `${said}\n${heard}`).toEqual(promised)
    expect(heard).toContain('refused, id_token')
  })
})
