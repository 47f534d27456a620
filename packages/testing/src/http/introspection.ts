import { nowOf } from '../tokens/claims.ts'
import { signedCompact } from '../tokens/compact.ts'
import type { Mint } from '../tokens/mint.ts'
import { clientCredentialsOf } from './client-credentials.ts'
import type { Asked, Document } from './document.ts'

export interface IntrospectionOptions {
  /**
   * The clients that may ask, and their secrets: `client_secret_basic` and `client_secret_post`. Others are answered
   * 401. Default: whoever asks is answered; how it authenticates is in the log.
   */
  readonly clients?: Readonly<Record<string, string>>
  /** The `aud` of signed answers (RFC 9701 §5). Default: the client id of the caller. */
  readonly audience?: string | readonly string[]
}

const SIGNED = 'token-introspection+jwt'

/** Token introspection (RFC 7662 §2), signed where `Accept` asks for it (RFC 9701 §4). */
export function introspectionDocument(mint: Mint, asked: Asked, options: IntrospectionOptions): Document {
  const client = clientCredentialsOf(asked)
  if (options.clients !== undefined && !isKnown(options.clients, client)) {
    return {
      ...failure(401, 'invalid_client'),
      headers: { 'www-authenticate': 'Basic realm="introspection"' },
    }
  }
  const token = formOf(asked)?.get('token')
  if (!token) return failure(400, 'invalid_request')

  const claims = mint.register.activeClaims(token)
  const members = claims === undefined ? { active: false } : { active: true, ...claims }
  if (!asked.headers.accept?.includes(`application/${SIGNED}`)) return { members, private: true }
  const aud = options.audience ?? client?.id
  return {
    members,
    private: true,
    contentType: `application/${SIGNED}`,
    serialise: (introspected) => signed(mint, { aud, token_introspection: introspected }),
  }
}

/** RFC 7662 §2.1: the parameters come as a form. */
function formOf({ headers, body }: Asked): URLSearchParams | undefined {
  const form = /^application\/x-www-form-urlencoded *(?:;|$)/i.test(headers['content-type'] ?? '')
  return form ? new URLSearchParams(body) : undefined
}

function isKnown(
  clients: Readonly<Record<string, string>>,
  client: { readonly id: string; readonly secret: string } | undefined,
): boolean {
  return client !== undefined && Object.hasOwn(clients, client.id) && clients[client.id] === client.secret
}

function failure(status: number, error: string): Document {
  return { status, members: { error }, private: true }
}

/** RFC 9701 §5. */
function signed({ identity, keys }: Mint, claims: Readonly<Record<string, unknown>>): string {
  const alg = keys.defaultAlgorithm
  const header = { alg, typ: SIGNED, kid: keys.kidOf(alg) }
  return signedCompact(
    header,
    { iss: identity.issuer(), iat: nowOf(identity), ...claims },
    alg,
    keys.signingKey(alg),
  )
}
