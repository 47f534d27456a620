import { peer as awsJwtVerify } from './aws-jwt-verify/peer.ts'
import { peer as expressJwt } from './express-jwt/peer.ts'
import { peer as expressOauth2JwtBearer } from './express-oauth2-jwt-bearer/peer.ts'
import { peer as fastifyJwt } from './fastify-jwt/peer.ts'
import { peer as koaJwt } from './koa-jwt/peer.ts'
import { peer as oktaJwtVerifier } from './okta-jwt-verifier/peer.ts'
import { peer as passportJwt } from './passport-jwt/peer.ts'
import type { Peer } from './peer.ts'

/**
 * All packages that have a page in docs/migration. One more: a folder here with before.js, after.ts and peer.ts, a page with the places
 * that `migrationPage` fills, then `npx pnpm@12 docs`.
 */
export const PEERS: readonly Peer[] = [
  expressOauth2JwtBearer,
  expressJwt,
  koaJwt,
  fastifyJwt,
  passportJwt,
  oktaJwtVerifier,
  awsJwtVerify,
]
