import { reply, taskOfProcess } from '../harness/isolated.ts'
import { progress } from '../output/progress.ts'
import { mint } from '../tokens/mint.ts'
import { fieldOf, newSigner, PARTIES } from './fields.ts'
import { type RaceTask, race } from './race.ts'

// A process for one race: replies with what was measured.
const task = taskOfProcess<RaceTask>()
const signer = newSigner(task.algorithm)
const tokens = await mint(signer, PARTIES, task.tokens)
const rounds = await race(fieldOf(task.kind, signer), tokens, task, (round) =>
  progress(`${task.kind} ${task.algorithm} tokens: round ${round} of ${task.rounds}`),
)
progress('')
reply(rounds.samples)
