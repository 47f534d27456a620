import { collectGarbage } from '../harness/gc.ts'
import { reply, taskOfProcess } from '../harness/isolated.ts'
import type { Parties } from '../tokens/claims.ts'
import { mint } from '../tokens/mint.ts'
import { es256 } from '../tokens/signer.ts'
import { SUBJECTS } from './subjects.ts'

const PARTIES: Parties = { issuer: 'https://issuer.test/', audience: 'https://api.test/' }
const BATCH = 100

// A process that remembers tokens with one subject, and says how many bytes more it holds for each. No token is kept here.
const [name, count] = taskOfProcess<[string, number]>()
const makeSubject = SUBJECTS[name]
if (makeSubject === undefined) throw new Error(`nobody is called ${name}`)
const signer = es256()

// Another one first, so that compiled code and the like are not counted.
await takeAll(makeSubject(signer, PARTIES, BATCH).take, BATCH * 10)
const subject = makeSubject(signer, PARTIES, count)
await takeAll(subject.take, BATCH)
const before = held()
await takeAll(subject.take, count - BATCH)
const bytes = (held() - before) / (count - BATCH)
// It must be there until now.
await subject.take('').catch(() => undefined)
reply(subject.remembers ? bytes : null)

async function takeAll(take: (token: string) => Promise<unknown>, tokens: number): Promise<void> {
  for (let taken = 0; taken < tokens; taken += BATCH) {
    for (const token of await mint(signer, PARTIES, BATCH)) await take(token)
  }
}

function held(): number {
  for (let time = 0; time < 4; time++) collectGarbage()
  const { heapUsed, external } = process.memoryUsage()
  return heapUsed + external
}
