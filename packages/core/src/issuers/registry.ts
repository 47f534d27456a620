import { ConfigurationError } from '../errors.ts'
import { isTemplate, tenantOf } from '../keys/template.ts'
import { Reason } from '../reason.ts'
import { differBySlash, show } from '../text.ts'
import type { IssuerDirectory } from './directory.ts'
import type { Issuer } from './issuer.ts'

/** The issuers that an API trusts, found by the exact `iss` (RFC 9068 §4). */
export class IssuerRegistry implements IssuerDirectory {
  readonly all: readonly Issuer[]
  readonly opaque: Issuer | undefined
  readonly #byIdentifier = new Map<string, Issuer>()
  readonly #templates: readonly Issuer[]

  /** @throws ConfigurationError where two have one identifier. */
  constructor(issuers: readonly Issuer[]) {
    this.all = issuers
    this.opaque = askedAboutOpaque(issuers)
    this.#templates = issuers.filter(({ issuer }) => isTemplate(issuer))
    const taken = new Set<string>()
    for (const issuer of issuers) {
      for (const identifier of identifiers(issuer)) {
        if (taken.has(identifier))
          throw new ConfigurationError('issuer', `names ${show(identifier)} twice`, 'Name each issuer once')
        taken.add(identifier)
        if (!isTemplate(identifier)) this.#byIdentifier.set(identifier, issuer)
      }
    }
  }

  /** The issuer of a token whose signature is still to be verified. */
  find(iss: unknown): Issuer | Reason {
    if (typeof iss !== 'string') return this.#unknown(iss)
    const exact = this.#byIdentifier.get(iss)
    if (exact !== undefined) return exact
    // A template is no issuer: a token that carries it verbatim is foreign.
    return this.#templates.find(({ issuer }) => tenantOf(iss, issuer) !== undefined) ?? this.#unknown(iss)
  }

  /** These issuers are known for good. */
  proved(): void {}

  #unknown(iss: unknown): Reason {
    const expected = this.all.map(({ issuer }) => issuer)
    const slash = typeof iss === 'string' && expected.some((issuer) => differBySlash(issuer, iss))
    return new Reason('issuer_unknown', {
      expected: show(expected),
      actual: show(iss),
      hint: slash
        ? 'iss differs from the option `issuer` by a trailing slash only: copy it from the token'
        : undefined,
    })
  }
}

/**
 * Answers need not be what RFC 9068 says of JWTs, nor are they taken for them by a function that is told of JWTs.
 *
 * @throws ConfigurationError where there are two
 */
function askedAboutOpaque(issuers: readonly Issuer[]): Issuer | undefined {
  const [first, second] = issuers.filter(({ introspection }) => (introspection?.when ?? 'jwt') !== 'jwt')
  if (first === undefined) return undefined
  if (second === undefined) return Object.freeze({ ...first, profile: 'jwt', tokenKind: 'detect' })
  throw new ConfigurationError(
    'introspection',
    `of ${show(first.issuer)} and of ${show(second.issuer)} both ask about opaque tokens, which do not say whose they are: one would be shown to a stranger`,
    "Leave it to one of them, and set when: 'jwt' for the other",
  )
}

/** With `slash-optional` both forms lead here, and the issuer's metadata decides which one counts. */
function identifiers({ issuer, match }: Issuer): readonly string[] {
  if (match === 'exact') return [issuer]
  return issuer.endsWith('/') ? [issuer, issuer.slice(0, -1)] : [issuer, `${issuer}/`]
}
