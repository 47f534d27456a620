import type { TestIssuer } from '@gatewarden/testing'

/** How long things last, in milliseconds. */
export interface Pace {
  /** After this a wait is given up. */
  readonly patience: number
  /** A flood runs this long before anything else happens. */
  readonly rise: number
  /** A flood that is measured lasts this long. */
  readonly flood: number
  /** What is still pending after a flood has this long to come back. */
  readonly settle: number
  /** An answer of the issuer that is slow takes this long. */
  readonly slowAnswer: number
  /** An outage lasts this long. */
  readonly outage: number
}

export const FULL: Pace = {
  patience: 12_000,
  rise: 500,
  flood: 5000,
  settle: 1000,
  slowAnswer: 2000,
  outage: 1000,
}

export const QUICK: Pace = {
  patience: 500,
  rise: 200,
  flood: 300,
  settle: 100,
  slowAnswer: 400,
  outage: 150,
}

/** The surroundings of one question. */
export interface World {
  readonly issuer: TestIssuer
  readonly pace: Pace
}
