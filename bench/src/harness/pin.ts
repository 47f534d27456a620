import { spawnSync } from 'node:child_process'
import { cpus } from 'node:os'

/** Where the processes of a bench run. */
export type Place = 'server' | 'load' | 'anywhere'

/**
 * Gives a process a processor of its own, apart from the other place: moved about between them, both are disturbed by each other. Does
 * nothing where there is but one processor, or no `taskset`.
 */
export function pin(pid: number, place: Place): void {
  const last = cpus().length - 1
  if (last < 1) return
  const processors = place === 'anywhere' ? `0-${last}` : place === 'load' ? `${last}` : '0'
  spawnSync('taskset', ['--all-tasks', '--cpu-list', '--pid', processors, `${pid}`], { stdio: 'ignore' })
}
