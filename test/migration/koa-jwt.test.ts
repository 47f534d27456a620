import { compare } from './compare.ts'
import { peer } from './koa-jwt/peer.ts'

compare(peer)
