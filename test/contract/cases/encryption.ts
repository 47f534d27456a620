import { generateKeyPairSync } from 'node:crypto'
import { ADMITTED, badToken, type Case, type Expected, tokenCase } from '../case.ts'
import { API_KEY, type ApiName, AUDIENCE, type World } from '../world.ts'

type Mint = (world: World) => Promise<string>

const ANOTHER_KEY = generateKeyPairSync('rsa', { modulusLength: 2048 })
const access: Mint = ({ issuer }) => issuer.accessToken({ scope: 'read:patients' })

/** What an API that decrypts answers to a token of the issuer, once it is encrypted. */
const sealed = (
  name: string,
  mint: Mint,
  expect: Expected,
  {
    api = 'decrypting',
    ...options
  }: { api?: ApiName; header?: object; enc?: string; key?: typeof API_KEY } = {},
): Case => tokenCase(name, async (world) => seal(world, await mint(world), options), expect, { api })

function seal({ issuer }: World, content: string, { key = API_KEY, ...options } = {}): Promise<string> {
  return issuer.encrypt(content, { ...options, key: key.publicKey })
}

/** A good encrypted token, one of whose parts is changed. */
const altered = (name: string, index: number): Case =>
  tokenCase(
    `answers 401 to an encrypted token whose ${name} was changed, and does not say so (RFC 7516 §11.5)`,
    async (world) => {
      const parts = (await seal(world, await access(world))).split('.')
      return parts
        .map((part, at) => (at === index ? `${part.startsWith('A') ? 'B' : 'A'}${part.slice(1)}` : part))
        .join('.')
    },
    UNDECRYPTED,
    { api: 'decrypting' },
  )

/** One answer for all that can go wrong with keys and tags. */
const UNDECRYPTED = badToken('decryption_failed', {
  body: { error: 'invalid_token', error_description: 'The token could not be decrypted' },
})

/** Encrypted access tokens: RFC 9068 §4 on nested JWTs. */
export const ENCRYPTION: readonly Case[] = [
  sealed('admits a signed token that is encrypted for this API (RFC 9068 §4)', access, {
    status: 200,
    body: { scopes: ['read:patients'] },
  }),
  sealed('admits it with A128GCM too (RFC 7518 §5.3)', access, ADMITTED, { enc: 'A128GCM' }),
  tokenCase('admits a token beside it that is not encrypted (ours)', access, ADMITTED, { api: 'decrypting' }),
  tokenCase(
    'answers 401 to a token that is not encrypted where that is required (RFC 9068 §4)',
    access,
    badToken('encryption_required'),
    { api: 'encrypted only' },
  ),
  sealed('admits an encrypted token where that is required (RFC 9068 §4)', access, ADMITTED, {
    api: 'encrypted only',
  }),
  sealed(
    'answers 401 to a sealed token where the API has no key for any (RFC 9068 §4)',
    access,
    badToken('encrypted_token', { hint: /`decryption`/ }),
    { api: 'standard' },
  ),
  sealed('answers 401 to a token that is encrypted for another (RFC 7516 §11.5)', access, UNDECRYPTED, {
    key: ANOTHER_KEY,
  }),
  altered('encrypted key', 1),
  altered('initialization vector', 2),
  altered('ciphertext', 3),
  altered('tag', 4),
  tokenCase(
    'answers 401 to a shared content key, `dir` (RFC 7518 §4.5)',
    ({ issuer }) => issuer.encrypted(),
    badToken('encryption_not_allowed', { hint: /RSA-OAEP-256/ }),
    { api: 'decrypting' },
  ),
  sealed('answers 401 to AES-CBC (RFC 7518 §5.2)', access, badToken('encryption_not_allowed'), {
    enc: 'A256CBC-HS512',
  }),
  sealed(
    'answers 401 to an encrypted token that is not said to hold a JWT (RFC 7519 §5.2)',
    access,
    badToken('unsigned_content', { hint: /cty JWT/ }),
    { header: { cty: undefined } },
  ),
  sealed(
    'answers 401 to claims that are encrypted and not signed (RFC 9068 §4)',
    async ({ issuer }) => JSON.stringify({ iss: issuer.issuer, aud: AUDIENCE, exp: 9e9, sub: 'root' }),
    badToken('unsigned_content'),
  ),
  sealed(
    'answers 401 to a token that is encrypted twice (RFC 8725 §3.11)',
    async (world) => seal(world, await access(world)),
    badToken('unsigned_content'),
  ),
  sealed(
    'answers 401 to an encrypted ID token (RFC 8725 §3.12)',
    ({ issuer }) => issuer.idToken({ audience: AUDIENCE }),
    badToken('id_token'),
  ),
  sealed(
    'answers 401 to an encrypted token that has expired (RFC 7519 §4.1.4)',
    ({ issuer }) => issuer.expired(),
    badToken('expired'),
  ),
  sealed(
    'answers 401 to an encrypted forgery (RFC 7515 §5.2)',
    ({ issuer }) => issuer.signedByStranger(),
    badToken('signature_invalid'),
  ),
  sealed(
    'answers 401 to an encrypted token that is not signed (RFC 9068 §4)',
    ({ issuer }) => issuer.unsigned(),
    badToken('algorithm_not_allowed'),
  ),
  sealed(
    'answers 401 to an encrypted token that is bound to a key (RFC 9449 §7.2)',
    ({ issuer }) => issuer.accessToken({ claims: { cnf: { jkt: 'x' } } }),
    badToken('bound_token'),
  ),
  sealed(
    'answers 401 to an encrypted token whose header names another issuer than it does (RFC 7519 §5.3)',
    access,
    badToken('malformed_token'),
    { header: { iss: 'https://other.test/' } },
  ),
]
