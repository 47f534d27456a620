import type { TestIssuer } from '@gatewarden/testing'

type TokenOptions = NonNullable<Parameters<TestIssuer['accessToken']>[0]>

/** How an issuer's access tokens look, where they are not as RFC 9068 has them. */
export interface Dialect {
  /** The `iss`, where it is not the address at which the test issuer listens. */
  readonly issuer?: string
  readonly header?: Readonly<Record<string, unknown>>
  readonly claims?: Readonly<Record<string, unknown>>
  readonly omit?: readonly string[]
  /** The claim that names the client. Default: `client_id`. */
  readonly client?: string
  /** What this issuer adds to ID tokens. */
  readonly idClaims?: Readonly<Record<string, unknown>>
  /** The claims that grant scopes. Default: one text, `scope`. */
  readonly scopes?: (scopes: readonly string[]) => Readonly<Record<string, unknown>>
}

/** The tokens of the test issuer, in the dialect of the issuer that the package before was made for. */
export interface Tokens {
  readonly issuer: TestIssuer
  /** The `iss` of sound tokens. */
  readonly iss: string
  readonly clientClaim: string
  /** Claims of a sound ID token, beside those of the test issuer's. */
  readonly idClaims: Readonly<Record<string, unknown>>
  /** What is given goes before the dialect. */
  dress(options?: TokenOptions, scopes?: readonly string[]): TokenOptions
  access(options?: TokenOptions, scopes?: readonly string[]): Promise<string>
}

export function tokensOf(issuer: TestIssuer, dialect: Dialect): Tokens {
  const inScope = dialect.scopes ?? ((scopes) => ({ scope: scopes.join(' ') }))
  const iss = dialect.issuer ?? issuer.issuer
  const dress = (
    { header, claims, omit = [], ...options }: TokenOptions = {},
    scopes: readonly string[] = ['openid', 'read:patients'],
  ): TokenOptions => {
    const all = { iss, ...dialect.claims, ...inScope(scopes), ...claims }
    return {
      ...options,
      header: { ...dialect.header, ...header },
      claims: all,
      omit: [...(dialect.omit ?? []).filter((name) => claims?.[name] === undefined), ...omit],
    }
  }
  return {
    issuer,
    iss,
    clientClaim: dialect.client ?? 'client_id',
    idClaims: { iss, ...dialect.idClaims },
    dress,
    access: (options, scopes) => issuer.accessToken(dress(options, scopes)),
  }
}
