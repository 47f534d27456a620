import { cpus } from 'node:os'

/** On what, and by which command, a bench ran. */
export function circumstances(command: string): string {
  const processors = cpus()
  return `Node ${process.versions.node}, ${processors.length} × ${processors[0]?.model ?? 'unknown'}; \`pnpm bench ${command}\``
}
