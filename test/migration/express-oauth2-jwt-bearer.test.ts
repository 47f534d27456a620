import { compare } from './compare.ts'
import { peer } from './express-oauth2-jwt-bearer/peer.ts'

compare(peer)
