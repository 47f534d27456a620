import { Reason } from '../reason.ts'
import type { JwtClaims } from './claims.ts'
import type { TokenPolicy } from './policy.ts'

/**
 * Whether a token is valid now (RFC 7519 §4.1.4-6). Runs on every request.
 *
 * @param now seconds since the epoch
 */
export function checkTimes(claims: JwtClaims, policy: TokenPolicy, now: number): Reason | undefined {
  const { exp, nbf, iat } = claims
  const { clockTolerance, maxTokenAge, maxTokenLifetime } = policy
  if (exp <= now - clockTolerance)
    return new Reason('expired', { expected: `exp after ${date(now)}`, actual: date(exp) })
  if (nbf !== undefined && nbf > now + clockTolerance) {
    return new Reason('not_yet_valid', { expected: `nbf up to ${date(now)}`, actual: date(nbf) })
  }
  if (iat !== undefined && iat > now + clockTolerance) {
    return new Reason('issued_in_future', { expected: `iat up to ${date(now)}`, actual: date(iat) })
  }
  if (maxTokenAge === undefined && maxTokenLifetime === undefined) return undefined
  if (iat === undefined)
    return new Reason('claim_missing', { expected: 'iat, for maxTokenAge or maxTokenLifetime' })
  if (maxTokenAge !== undefined && now - iat > maxTokenAge + clockTolerance) {
    return new Reason('too_old', {
      expected: `an age of at most ${maxTokenAge} s`,
      actual: `${Math.floor(now - iat)} s`,
    })
  }
  if (maxTokenLifetime !== undefined && exp - iat > maxTokenLifetime) {
    return new Reason('lifetime_too_long', {
      expected: `at most ${maxTokenLifetime} s`,
      actual: `${exp - iat} s`,
    })
  }
  return undefined
}

/** When a token begins and ends, as seen from `now` (seconds since the epoch). */
export function timesInWords({ exp, iat }: JwtClaims, now: number): string {
  const issued = iat === undefined ? '' : `${issuedInWords(iat, now)}, `
  return exp > now
    ? `${issued}expires in ${durationInWords(exp - now)}`
    : `${issued}expired ${durationInWords(now - exp)} ago`
}

function issuedInWords(iat: number, now: number): string {
  return iat > now
    ? `issued ${durationInWords(iat - now)} from now`
    : `issued ${durationInWords(now - iat)} ago`
}

const UNITS = [
  ['day', 86_400],
  ['hour', 3600],
  ['minute', 60],
] as const

/** Seconds as people say them: the largest unit of which there are two, cut off. */
export function durationInWords(seconds: number): string {
  const [unit, length] = UNITS.find(([, size]) => seconds >= 2 * size) ?? (['second', 1] as const)
  const count = Math.floor(seconds / length)
  return `${count} ${unit}${count === 1 ? '' : 's'}`
}

/** Seconds since the epoch as a date for people; the number itself where it is no date. */
function date(seconds: number): string {
  const milliseconds = seconds * 1000
  return Math.abs(milliseconds) <= 8.64e15 ? new Date(milliseconds).toISOString() : `${seconds}`
}
