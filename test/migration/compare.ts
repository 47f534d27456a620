import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'
import { type Contest, contest } from './contest.ts'
import type { Peer } from './peer.ts'
import { REQUEST_NAMES, type RequestName, SOUND_REQUESTS } from './requests.ts'
import { FLAWED } from './rules.ts'

/** Every request that is put to the two APIs of this package. */
export function requestsOf({ notAsked }: Peer): readonly RequestName[] {
  return REQUEST_NAMES.filter((name) => !notAsked?.requests.includes(name))
}

/** The suite of one package: each request gets the same answer as before, or the one that the page lists. */
export function compare(peer: Peer): void {
  describe(`after moving from ${peer.packages.join(' and ')}`, () => {
    let both: Contest
    beforeAll(async () => {
      // What is refused is told on the terminal by some of the examples, and by Koa.
      vi.spyOn(console, 'error').mockReturnValue()
      both = await contest(peer)
    })
    afterAll(async () => {
      await both[Symbol.asyncDispose]()
      vi.restoreAllMocks()
    })

    const { differences } = peer
    it.each(requestsOf(peer))(
      '%s: the answer is as before, or as docs/migration lists it (ours)',
      async (name) => {
        const { before, after } = await both.ask(name)
        const listed = differences.find(({ requests }) => requests.includes(name))
        expect({ before: before.summary, after: after.summary }, `${before.body}\n${after.body}`).toEqual({
          before: listed?.before ?? after.summary,
          after: listed?.after ?? before.summary,
        })
        if (SOUND_REQUESTS.includes(name)) expect(after.status).toBe(200)
        if (FLAWED.includes(name)) expect(after.status).toBe(401)
        if (before.status === 200 && after.status === 200)
          expect(JSON.parse(after.body)).toEqual(JSON.parse(before.body))
      },
    )

    it('lists each difference once, and nothing that is the same or is not asked (ours)', () => {
      const listed = differences.flatMap(({ requests }) => requests)
      expect(new Set(listed).size).toBe(listed.length)
      expect(requestsOf(peer)).toEqual(expect.arrayContaining(listed))
      for (const { before, after } of differences) expect(after).not.toBe(before)
    })
  })
}
