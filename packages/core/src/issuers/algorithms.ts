import { ConfigurationError } from '../errors.ts'
import type { KeySource } from '../keys/key-source.ts'
import { readTexts } from '../option-checks.ts'
import { show } from '../text.ts'
import {
  ASYMMETRIC,
  isHmac,
  isSignatureAlgorithm,
  type SignatureAlgorithm,
  SYMMETRIC,
} from '../token/algorithms.ts'

/** Reads the allow-list of one issuer, of the one family that goes with its keys. @throws ConfigurationError */
export function readAlgorithms(
  given: unknown,
  { family }: KeySource,
  option: string,
): readonly SignatureAlgorithm[] {
  const allowed = family === 'secret' ? SYMMETRIC : ASYMMETRIC
  if (given === undefined) return family === 'secret' ? ['HS256'] : ASYMMETRIC
  const names = readTexts(given, option, `Choose from ${allowed.join(', ')}`)
  for (const name of names) {
    if (!isSignatureAlgorithm(name)) {
      throw new ConfigurationError(
        option,
        `names ${show(name)}, which is not supported`,
        `Choose from ${allowed.join(', ')}`,
      )
    }
  }
  const algorithms = names as readonly SignatureAlgorithm[]
  if (algorithms.some(isHmac) && !algorithms.every(isHmac)) {
    throw new ConfigurationError(
      option,
      `mixes public-key and shared-secret algorithms: ${names.join(', ')}`,
      'Choose one family',
    )
  }
  const stray = algorithms.find((name) => !allowed.includes(name))
  if (stray === undefined) return algorithms
  throw family === 'secret'
    ? new ConfigurationError(
        option,
        `names ${stray} beside a secret`,
        'A secret goes with HS256, HS384 and HS512 only',
      )
    : new ConfigurationError(
        option,
        `names ${stray} without a secret`,
        'Give `keys: secret(value)`, or choose RS256, ES256 ...',
      )
}
