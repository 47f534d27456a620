import type { Door } from './door.ts'
import { express4, express5 } from './doors/express.ts'

/** Every framework that must give the same verdicts. A new one joins here. */
export const DOORS: readonly Door[] = [express4, express5]
