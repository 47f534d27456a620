import { type Accept, Passes } from './passes.ts'

/** One library with its key in hand, ready to verify. */
export interface VerifyContender {
  readonly name: string
  /** A floor is a step of the work alone: it tells good tokens from broken ones no better than a hash does. */
  readonly role: 'verifier' | 'floor'
  /** Takes tokens, in the form that the library is handed them in. */
  load(tokens: readonly string[]): Pick<Passes<never>, 'admitted' | 'time'>
}

/** A contender from how it takes a token and what it does with it. `accept` is asked where a refusal is no exception. */
export function contender<Input>(
  name: string,
  role: VerifyContender['role'],
  prepare: (token: string) => Input,
  verify: (input: Input) => unknown,
  accept: Accept = accepted,
): VerifyContender {
  return { name, role, load: (tokens) => new Passes(tokens.map(prepare), verify, accept) }
}

const accepted: Accept = () => true
