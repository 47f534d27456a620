import { compare } from './compare.ts'
import { peer } from './fastify-jwt/peer.ts'

compare(peer)
