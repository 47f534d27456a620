import { compare } from './compare.ts'
import { peer } from './okta-jwt-verifier/peer.ts'

compare(peer)
