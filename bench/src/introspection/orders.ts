import type { Site } from '../http/site.ts'

/** What the issuer's process can be told to do. */
export type Order =
  | { readonly do: 'describe' | 'count' | 'go down' | 'come back' }
  | { readonly do: 'mint'; readonly count: number }

/** What it answers. */
export type Reply = Site | readonly string[] | number | true
