import { compare } from './compare.ts'
import { peer } from './express-jwt/peer.ts'

compare(peer)
