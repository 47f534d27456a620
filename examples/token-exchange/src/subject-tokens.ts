import { type AuthContext, createResourceServer, type ResourceServer } from '@gatewarden/express'
import type Provider from 'oidc-provider'
import type { IssuedTokens } from './issued-tokens.ts'

/** A user's token that may be exchanged. */
export interface SubjectToken {
  readonly auth: AuthContext & { readonly subject: string }
  /** The user's consent that it came from. */
  readonly grantId: string
}

/** Judges tokens that are to be exchanged: as the API that they were meant for would, and by the grants that they came from. */
export class SubjectTokens {
  readonly #provider: Provider
  readonly #issued: IssuedTokens
  readonly #servers = new Map<string, ResourceServer>()

  constructor(provider: Provider, issued: IssuedTokens) {
    this.#provider = provider
    this.#issued = issued
  }

  /**
   * Undefined for anything but a valid access token of this authorization server, for this audience, of a user whose consent still stands.
   * Tokens that are bound to a key are refused: whoever exchanges one cannot prove to have it.
   */
  async find(token: string, audience: string): Promise<SubjectToken | undefined> {
    const header = (name: string) => (name === 'authorization' ? [`Bearer ${token}`] : [])
    const decision = await this.#serverOf(audience).authenticate({ method: 'POST', query: '', header })
    if (!decision.ok || decision.auth === undefined) return undefined
    const { auth } = decision
    const { subject } = auth
    const grantId = this.#issued.grantOf(auth.claims['jti'])
    if (subject === undefined || grantId === undefined) return undefined
    const grant = await this.#provider.Grant.find(grantId)
    return grant?.accountId === subject ? { auth: { ...auth, subject }, grantId } : undefined
  }

  #serverOf(audience: string): ResourceServer {
    const known = this.#servers.get(audience)
    if (known !== undefined) return known
    const { issuer } = this.#provider
    const server = createResourceServer({ issuer, audience, profile: 'rfc9068' })
    this.#servers.set(audience, server)
    return server
  }
}
