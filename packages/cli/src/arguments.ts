import { parseArgs } from 'node:util'
import { UsageProblem } from './usage.ts'

/** The options of both commands, as given. */
export interface Options {
  readonly issuer: string | undefined
  readonly audience: readonly string[]
  readonly jwks: string | undefined
  readonly secretEnv: string | undefined
  readonly decryptionKeys: readonly string[]
  readonly algorithms: readonly string[]
  readonly profile: string | undefined
  readonly clients: readonly string[]
  readonly scopes: readonly string[]
  readonly clockTolerance: number | undefined
  readonly json: boolean
}

const text = { type: 'string' } as const
const list = { type: 'string', multiple: true, default: [] as string[] } as const

/** Reads what follows the command's name. @throws UsageProblem */
export function readArguments(args: readonly string[]): { options: Options; rest: readonly string[] } {
  const { values, positionals } = parse(args)
  const seconds = values['clock-tolerance']
  if (seconds !== undefined && !/^\d{1,3}$/.test(seconds))
    throw new UsageProblem('--clock-tolerance wants a number of seconds')
  return {
    rest: positionals,
    options: {
      issuer: values.issuer,
      audience: values.audience,
      jwks: values.jwks,
      secretEnv: values['secret-env'],
      decryptionKeys: values['decryption-key'],
      algorithms: values.algorithm,
      profile: values.profile,
      clients: values.client,
      scopes: values.scope,
      clockTolerance: seconds === undefined ? undefined : Number(seconds),
      json: values.json,
    },
  }
}

function parse(args: readonly string[]) {
  try {
    return parseArgs({
      args: [...args],
      allowPositionals: true,
      options: {
        issuer: text,
        audience: list,
        jwks: text,
        'secret-env': text,
        'decryption-key': list,
        algorithm: list,
        profile: text,
        client: list,
        scope: list,
        'clock-tolerance': text,
        json: { type: 'boolean', default: false },
      },
    })
  } catch (error) {
    // The first sentence names the option; what follows is advice for programmers.
    throw new UsageProblem((error as Error).message.split(/\. |\n/)[0] ?? 'the options cannot be read')
  }
}
