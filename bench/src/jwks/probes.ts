import { setTimeout as wait } from 'node:timers/promises'
import type { Verifier } from './contender.ts'
import type { World } from './world.ts'

/** Lets keys be fetched, and sees that the contender does its work: it admits a good token and refuses a broken one. */
export async function warm(verifier: Verifier, { issuer }: World): Promise<void> {
  if ((await failures([verifier.verify(await issuer.accessToken())])) > 0)
    throw new Error('refuses a good token')
  if ((await failures([verifier.verify(await issuer.tampered())])) === 0)
    throw new Error('admits a broken token')
}

/** How long it takes until a fresh token is admitted. */
export async function untilAdmitted(
  verifier: Verifier,
  { issuer, pace: { patience } }: World,
): Promise<string> {
  const start = performance.now()
  while (performance.now() - start < patience) {
    const verifying = issuer.accessToken().then((token) => verifier.verify(token))
    // A verifier that lets requests wait in a queue does not admit them.
    const admitted = await Promise.race([verifying.then(yes, no), wait(Math.min(1000, patience), false)])
    if (admitted) return ms(performance.now() - start)
    await wait(20)
  }
  return `> ${patience / 1000} s`
}

const yes = () => true
const no = () => false

/** How many do not come to admission. */
export async function failures(verifying: readonly Promise<unknown>[]): Promise<number> {
  const waited = verifying.map((one) =>
    Promise.race([one.then(yes, no), wait(10_000, false, { ref: false })]),
  )
  return (await Promise.all(waited)).filter((admitted) => !admitted).length
}

/** Milliseconds that it takes, whatever comes of it. */
export async function timed(work: () => Promise<unknown>): Promise<number> {
  const start = performance.now()
  await work().catch(() => undefined)
  return performance.now() - start
}

export function ms(milliseconds: number): string {
  return milliseconds < 10 ? `${milliseconds.toFixed(1)} ms` : `${Math.round(milliseconds)} ms`
}
