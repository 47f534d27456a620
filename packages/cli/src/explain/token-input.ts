import type { Terminal } from '../terminal.ts'
import { UsageProblem } from '../usage.ts'

const LONGEST = 100_000

/**
 * The one token that the caller means: the argument, standard input for `-` or where something is piped in, or `GATEWARDEN_TOKEN`.
 *
 * @throws UsageProblem where there is none, or more than one, or something around it; never shows what was given
 */
export async function readToken(args: readonly string[], { env, input }: Terminal): Promise<string> {
  const [argument, ...others] = args
  if (others.length > 0) throw new UsageProblem('two tokens: give one')
  if (argument !== undefined && argument !== '-') return checked(argument)
  const variable = env['GATEWARDEN_TOKEN']
  if (argument === undefined && variable) return checked(variable)
  const text = input === undefined ? '' : await input()
  if (text.trim() === '')
    throw new UsageProblem('no token: give it as an argument, on standard input, or in GATEWARDEN_TOKEN')
  // A line break at the very end is the pipe's, not the token's.
  return checked(text.replace(/\r?\n$/, ''))
}

function checked(token: string): string {
  if (token === '') throw new UsageProblem('the token is empty')
  if (/^bearer\s/i.test(token)) throw new UsageProblem('give the token alone, without `Bearer ` in front')
  if (/\s/.test(token))
    throw new UsageProblem(
      'there are spaces or line breaks in the token: it was cut or wrapped when it was copied',
    )
  if (token.length > LONGEST)
    throw new UsageProblem(`${token.length} characters or more: that is no token (${LONGEST} are looked at)`)
  return token
}
