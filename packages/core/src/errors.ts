/** A wrong option. Thrown at boot, never while a request is judged. */
export class ConfigurationError extends Error {
  override readonly name = 'ConfigurationError'
  readonly code = 'ERR_GATEWARDEN_CONFIGURATION'
  /** The option at fault, as a path: `issuer[1].jwksUri`. */
  readonly option: string
  readonly problem: string
  readonly fix: string

  /** @param problem what is wrong with it, with the value where that is no secret; @param fix what to write instead. */
  constructor(option: string, problem: string, fix: string) {
    super(`option \`${option}\` ${problem}. ${fix}`)
    this.option = option
    this.problem = problem
    this.fix = fix
  }
}

/** A mistake in the application's own code, such as a guard on a route that nothing protects. Ends in a 500, never in a pass. */
export class UsageError extends Error {
  override readonly name = 'UsageError'
  readonly code = 'ERR_GATEWARDEN_USAGE'
}
