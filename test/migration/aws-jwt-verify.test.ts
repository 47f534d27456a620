import { peer } from './aws-jwt-verify/peer.ts'
import { compare } from './compare.ts'

compare(peer)
