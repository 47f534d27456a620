import type { JsonWebKeyInput } from 'node:crypto'

/**
 * A JSON Web Key (RFC 7517) as Node takes it. Named by way of its use, because the types of Node 20 and those of later Nodes keep it in
 * different places, and an API may compile with either.
 */
export type JsonWebKey = JsonWebKeyInput['key']
