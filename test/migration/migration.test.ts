import { compare } from './compare.ts'
import { PEERS } from './peers.ts'

// One suite a package, in one process: they share what is imported, and the keys of strangers. One alone: `-t koa-jwt`.
for (const peer of PEERS) compare(peer)
