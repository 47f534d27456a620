import { randomUUID } from 'node:crypto'
import { ConfigurationError } from '../errors.ts'
import { rejectUnknown, requireObject } from '../option-checks.ts'
import { formEncode, show } from '../text.ts'
import { type PrivateKeyInput, readSigningKey } from './signing-key.ts'

/** A question to an authorization server, to which the API adds who it is. */
export interface ClientRequest {
  /** Field names in lower case. */
  readonly headers: Record<string, string>
  readonly form: URLSearchParams
  /** The issuer identifier of the authorization server. */
  readonly issuer: string
}

/**
 * How this API says who it is, at its issuer (RFC 7662 §2.1: the endpoint must know who asks). Those below, or one of your own. What
 * `authenticate` throws is an outage (503), not the caller's fault.
 */
export interface ClientAuth {
  /** The id under which the API is registered at the issuer. */
  readonly clientId: string
  /** Adds to the headers or to the form. */
  authenticate(request: ClientRequest): void | Promise<void>
}

/** `client_secret_basic`: id and secret in the Authorization field, form-encoded as RFC 6749 §2.3.1 wants it. */
export function clientSecretBasic(clientId: string, clientSecret: string): ClientAuth {
  requireId('clientSecretBasic', clientId)
  requireSecret('clientSecretBasic', clientSecret)
  const credentials = Buffer.from(`${formEncode(clientId)}:${formEncode(clientSecret)}`).toString('base64')
  return Object.freeze({
    clientId,
    authenticate({ headers }) {
      headers['authorization'] = `Basic ${credentials}`
    },
  } satisfies ClientAuth)
}

/** `client_secret_post`: id and secret in the form, for issuers that know no other way (RFC 6749 §2.3.1). */
export function clientSecretPost(clientId: string, clientSecret: string): ClientAuth {
  requireId('clientSecretPost', clientId)
  requireSecret('clientSecretPost', clientSecret)
  return Object.freeze({
    clientId,
    authenticate({ form }) {
      form.set('client_id', clientId)
      form.set('client_secret', clientSecret)
    },
  } satisfies ClientAuth)
}

/** `tls_client_auth`: the id in the form, and the certificate by a `fetch` of yours that shows it (RFC 8705 §2.1). */
export function tlsClientAuth(clientId: string): ClientAuth {
  requireId('tlsClientAuth', clientId)
  return Object.freeze({
    clientId,
    authenticate({ form }) {
      form.set('client_id', clientId)
    },
  } satisfies ClientAuth)
}

/** What `private_key_jwt` needs. */
export interface PrivateKeyJwtOptions {
  readonly clientId: string
  /** The private key whose public half the issuer knows. */
  readonly key: PrivateKeyInput
  /** The `kid` under which the issuer knows it. Default: that of a JWK. */
  readonly kid?: string | undefined
  /** Default: what the key is for (RS256 for an RSA key, ES256 for one on P-256 …). */
  readonly algorithm?: string | undefined
  /** The `aud` of assertions. Default: the issuer identifier; older servers want the address of their token endpoint. */
  readonly audience?: string | undefined
}

const ASSERTION = 'urn:ietf:params:oauth:client-assertion-type:jwt-bearer'
/** Seconds for which an assertion is valid. */
const LIFETIME = 60

/**
 * `private_key_jwt`: each question carries an assertion of its own, signed with a key that never leaves the API (RFC 7523 §2.2).
 *
 * @throws ConfigurationError where the key is none or does not go with the algorithm, or an option does not exist
 */
export function privateKeyJwt(options: PrivateKeyJwtOptions): ClientAuth {
  requireObject(options, 'clientAuth', 'Give privateKeyJwt({ clientId, key })')
  rejectUnknown(options, ['clientId', 'key', 'kid', 'algorithm', 'audience'], 'clientAuth.')
  const { clientId, audience } = options
  requireId('privateKeyJwt', clientId)
  const { key, algorithm, kid } = readSigningKey(options)
  return Object.freeze({
    clientId,
    async authenticate({ form, issuer }) {
      const { SignJWT } = await import('jose')
      const now = Math.floor(Date.now() / 1000)
      const assertion = await new SignJWT({ jti: randomUUID() })
        .setProtectedHeader({ alg: algorithm, ...(kid !== undefined && { kid }) })
        .setIssuer(clientId)
        .setSubject(clientId)
        .setAudience(audience ?? issuer)
        .setIssuedAt(now)
        .setExpirationTime(now + LIFETIME)
        .sign(key)
      form.set('client_id', clientId)
      form.set('client_assertion_type', ASSERTION)
      form.set('client_assertion', assertion)
    },
  } satisfies ClientAuth)
}

function requireId(name: string, clientId: unknown): void {
  if (typeof clientId === 'string' && clientId !== '') return
  throw new ConfigurationError(
    'clientAuth',
    `has the client id ${show(clientId)}`,
    `Give the id of this API at its issuer: ${name}('my-api', ...)`,
  )
}

/** The secret is not shown. */
function requireSecret(name: string, clientSecret: unknown): void {
  if (typeof clientSecret === 'string' && clientSecret !== '') return
  throw new ConfigurationError(
    'clientAuth',
    `has no client secret: it is ${typeof clientSecret === 'string' ? 'empty' : typeof clientSecret}`,
    `Give the secret of this API at its issuer: ${name}(id, secret)`,
  )
}
