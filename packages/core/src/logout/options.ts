import { ConfigurationError } from '../errors.ts'
import { readSeconds, readTexts } from '../option-checks.ts'
import { show } from '../text.ts'

/** What a provider's logout tokens may lack, though the specification wants it. */
export type MayLack = 'typ' | 'exp'

/** What logout tokens are held to. */
export interface LogoutTokenOptions {
  /** The client(s) at the issuer whose logouts end tokens here: the `aud` of a logout token names clients, not APIs. */
  readonly clientIds: string | readonly string[]
  /** Seconds since `iat` after which a logout token is refused, at most a day. Default: 300. */
  readonly maxTokenAge?: number | undefined
  /**
   * `typ`: also tokens with the type `JWT` or none, for a provider that does not say `logout+jwt`. `exp`: also tokens without it, for a
   * provider that goes by the specification as it was before 2023. Default: neither.
   */
  readonly mayLack?: readonly MayLack[] | undefined
}

/** `LogoutTokenOptions`, read and checked. */
export interface LogoutPolicy {
  readonly clientIds: readonly string[]
  readonly maxTokenAge: number
  readonly mayLack: readonly MayLack[]
}

const MAX_TOKEN_AGE = 300
const DAY = 86_400
const MARKS: readonly string[] = ['typ', 'exp'] satisfies MayLack[]

/** @throws ConfigurationError where an option is wrong */
export function readLogoutPolicy({ clientIds, maxTokenAge, mayLack }: LogoutTokenOptions): LogoutPolicy {
  return Object.freeze({
    clientIds: readTexts(
      clientIds,
      'clientIds',
      'Name the client(s) at which the address of the receiver is registered (backchannel_logout_uri)',
    ),
    maxTokenAge: readSeconds(maxTokenAge, 'maxTokenAge', DAY) ?? MAX_TOKEN_AGE,
    mayLack: mayLack === undefined || mayLack.length === 0 ? [] : readMarks(mayLack),
  })
}

function readMarks(given: unknown): readonly MayLack[] {
  const fix = "Give ['typ'], ['exp'] or both, or leave it out"
  const names = readTexts(given, 'mayLack', fix)
  const marks = names.filter(isMark)
  if (marks.length === names.length) return marks
  throw new ConfigurationError('mayLack', `is ${show(names)}`, `${fix}: nothing else may be missing`)
}

const isMark = (name: string): name is MayLack => MARKS.includes(name)
