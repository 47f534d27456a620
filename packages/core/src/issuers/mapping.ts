import { readTexts, rejectUnknown, requireFunction, requireObject } from '../option-checks.ts'
import { type ClaimMapping, completeMapping, type Mapping } from '../token/mapping.ts'

const MAPPING_FUNCTIONS = ['client', 'scopes', 'permissions', 'roles', 'principal'] as const

/** Reads the option `mapping`. @throws ConfigurationError where it is none */
export function readMapping(given: ClaimMapping | undefined, option: string): Mapping {
  if (given === undefined) return completeMapping()
  requireObject(given, option, "Say where claims are: { roles: (claims) => claims['my-roles'] }")
  rejectUnknown(given, ['audience', 'requires', ...MAPPING_FUNCTIONS], `${option}.`)
  for (const name of MAPPING_FUNCTIONS)
    requireFunction(given[name], `${option}.${name}`, 'Give (claims) => ...')
  const { audience, requires } = given
  if (audience !== undefined && audience !== null)
    readTexts([audience], `${option}.audience`, 'Name a claim, or null')
  if (requires !== undefined) readTexts(requires, `${option}.requires`, "Name claims: ['sub', 'scp']")
  return completeMapping(given)
}
