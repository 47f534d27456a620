import { compare } from './compare.ts'
import { peer } from './passport-jwt/peer.ts'

compare(peer)
