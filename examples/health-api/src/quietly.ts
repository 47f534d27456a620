/** What oidc-provider says about running where it should not run, which an example that forgets all does. */
const HARMLESS = [
  /^oidc-provider WARNING: Unsupported runtime\./,
  /^oidc-provider WARNING: a quick start development-only in-memory adapter is used/,
]

// It colours its warnings on a terminal.
const COLOURS = new RegExp(`${String.fromCharCode(27)}\\[[\\d;]*m`, 'g')

/** Runs `action` without the two warnings above. Everything else that it prints is printed. */
export async function quietly<Result>(action: () => Result | Promise<Result>): Promise<Result> {
  const warn = console.warn
  console.warn = (...args: unknown[]) => {
    const text = String(args[0]).replace(COLOURS, '')
    if (!HARMLESS.some((pattern) => pattern.test(text))) warn(...args)
  }
  try {
    return await action()
  } finally {
    console.warn = warn
  }
}
