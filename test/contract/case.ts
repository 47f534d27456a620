import type { ReasonCode } from '@gatewarden/core'
import type { ApiName, World } from './world.ts'

/** A request of a case. Fields are sent as given, in order, twice where they stand twice. */
export interface CaseRequest {
  readonly method?: string
  readonly path?: string
  readonly headers?: readonly (readonly [name: string, value: string])[]
}

/** What the caller must get. What is left out is not looked at, save where a rule holds for every answer. */
export interface Expected {
  readonly status: number
  /** The whole `WWW-Authenticate` field; `null`: there must be none. */
  readonly challenge?: string | null
  /** The `error` of challenge and body; `null`: a bare challenge and no body. */
  readonly error?: string | null
  readonly reason?: ReasonCode
  /** What the operator's hint must say. */
  readonly hint?: RegExp
  /** What the operator's sentence must say. */
  readonly message?: RegExp
  /** Members that the body must have. */
  readonly body?: object
  readonly headers?: Readonly<Record<string, string | undefined>>
}

/** One line of the wire contract. */
export interface Case {
  /** What the caller sees, ending in the section that says so. */
  readonly name: string
  readonly api?: ApiName
  request(world: World): CaseRequest | Promise<CaseRequest>
  readonly expect: Expected
}

/** A GET with a token in the usual place. */
export function withToken(token: string, path = '/api/me'): CaseRequest {
  return { path, headers: [['Authorization', `Bearer ${token}`]] }
}

/** A case in which a token alone decides. */
export function tokenCase(
  name: string,
  token: (world: World) => Promise<string>,
  expect: Expected,
  { api, path }: { api?: ApiName; path?: string } = {},
): Case {
  return { name, ...(api && { api }), request: async (world) => withToken(await token(world), path), expect }
}

export const ADMITTED: Expected = { status: 200 }

/** The answer to a token that is refused for `reason`. */
export function badToken(reason: ReasonCode, more: Partial<Expected> = {}): Expected {
  return { status: 401, error: 'invalid_token', reason, ...more }
}

/** The answer to an admitted caller who may not do this. */
export function forbidden(reason: ReasonCode, more: Partial<Expected> = {}): Expected {
  return { status: 403, error: 'insufficient_scope', reason, ...more }
}
