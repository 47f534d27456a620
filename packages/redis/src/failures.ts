import { escapeControls, messageOf, show } from '@gatewarden/core'

/** How an error of Redis begins, and what to look at then. */
const ADVICE: readonly (readonly [beginning: RegExp, advice: string])[] = [
  [/^OOM /, 'It is full: look at its `maxmemory`'],
  [/^READONLY /, 'It is a replica: look at which server the client is connected to'],
  [/^NOREPLICAS /, 'Look at its replicas, and at `min-replicas-to-write`'],
  [/^MISCONF /, 'It cannot save to its disk: look at its log'],
  [/^LOADING /, 'It is starting: look at its log where this goes on'],
  [
    /^(NOAUTH|NOPERM|WRONGPASS) /,
    'Look at the user that the client signs in with: it needs GET, SET and DEL on the keys of this store',
  ],
  [/^(MOVED|ASK|CLUSTERDOWN|CROSSSLOT) /, 'It is a cluster: look at whether the client is one for clusters'],
]
const OTHERWISE = 'Look at whether Redis runs, at its log, and at the network between'

/** A command was not even sent, for it would have waited in the client and been carried out at some later time. */
export function notReady(command: string, obstacle: string): Error {
  return new Error(
    `Redis was not asked to ${command}: the client is not ready, ${escapeControls(obstacle)}. Look at whether it was connected, at whether Redis runs, and at the network between`,
  )
}

/** No answer in time. The command may have been carried out, or may yet be. */
export function tooLate(command: string, milliseconds: number): Error {
  return new Error(
    `Redis did not answer ${command} within ${milliseconds} ms. Look at its load (SLOWLOG GET), at the network between, and at how busy this process is`,
  )
}

/** The client, or Redis itself, failed. */
export function failed(command: string, cause: unknown): Error {
  const text = messageOf(cause)
  const advice = ADVICE.find(([beginning]) => beginning.test(text))?.[1] ?? OTHERWISE
  return new Error(`Redis did not ${command}: ${text.replace(/\.$/, '')}. ${advice}`, {
    cause,
  })
}

/** An answer that Redis does not give to this command: of a client in another mode, or of something in between. */
export function strangeReply(command: string, reply: unknown): Error {
  const kind = reply === null || reply === undefined ? `${reply}` : `a ${typeof reply}`
  return new Error(
    `Redis answered ${command} with ${typeof reply === 'string' ? show(reply) : kind}. Look at the mode of the client: no legacyMode, no transaction, no subscription`,
  )
}
