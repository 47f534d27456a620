/** Something that stops the example from starting and that the user can mend: told in one line, without a stack. */
export class StartError extends Error {}

/** The port in an environment variable, or the fallback where it is unset. 0 stands for any free port. */
export function portFrom(env: NodeJS.ProcessEnv, variable: 'PORT' | 'ISSUER_PORT', fallback: number): number {
  const text = env[variable]
  if (text === undefined || text === '') return fallback
  const port = Number(text)
  if (/^\d{1,5}$/.test(text) && port <= 65_535) return port
  throw new StartError(`${variable}=${text} is no port: set ${variable} to a number from 0 to 65535`)
}

/** Turns the failure to listen on a port into a line that names the variable to set. */
export function portFailure(variable: 'PORT' | 'ISSUER_PORT', port: number, error: unknown): unknown {
  const code = (error as NodeJS.ErrnoException | undefined)?.code
  if (code !== 'EADDRINUSE' && code !== 'EACCES') return error
  const trouble = code === 'EADDRINUSE' ? 'is in use' : 'may not be used'
  return new StartError(
    `Port ${port} ${trouble}: set ${variable} to another port, or to 0 for any free one`,
    { cause: error },
  )
}
