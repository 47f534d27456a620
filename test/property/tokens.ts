import fc from 'fast-check'
import { type Api, AUDIENCE, type Judges, NOW, PUBLIC_KEY_ALGORITHMS } from './judges.ts'

type SigningAlgorithm = (typeof PUBLIC_KEY_ALGORITHMS)[number] | 'HS256'

/** One member of a JSON object as it will be written: `text` is raw, so that it can be what JSON.stringify never makes. */
interface Member {
  readonly name: string
  readonly text: string
}

/** A change to a list of members. A second `add` of one name makes a duplicate. */
type Edit =
  | { readonly set: string; readonly text: string }
  | { readonly add: string; readonly text: string }
  | { readonly drop: string }

/** A change to the bytes of a part, or to the finished token. */
type Wreck =
  | 'none'
  | 'byte order mark in the payload'
  | 'byte order mark in the header'
  | 'invalid UTF-8 in the payload'
  | 'invalid UTF-8 in the header'
  | 'white space around the payload'
  | 'payload is an array'
  | 'payload is no JSON'
  | 'payload is nested deeply'
  | 'signature cut off by one character'
  | 'signature cut off by one byte'
  | 'signature empty'
  | 'signature with a byte more'
  | 'signature with a flipped bit'
  | 'signature with loose bits'
  | 'signature padded'
  | 'signature with a space inside'
  | 'signature with a line feed behind'
  | 'signature in the base64 alphabet'
  | 'payload padded'
  | 'payload with loose bits'
  | 'header with loose bits'
  | 'payload swapped for another after signing'
  | 'header and payload swapped'
  | 'a fourth part'
  | 'a fifth part'
  | 'two parts'
  | 'signature made up'

/** How one token differs from a sound one. Small and printable, so that a counterexample reads like a sentence. */
export interface Recipe {
  readonly api: Api
  readonly algorithm: SigningAlgorithm
  readonly header: readonly Edit[]
  readonly claims: readonly Edit[]
  readonly wreck: Wreck
  /** Where a flipped bit goes. */
  readonly at: number
}

const json = (value: unknown): string => JSON.stringify(value)

const WRECKS: readonly Wreck[] = [
  'byte order mark in the payload',
  'byte order mark in the header',
  'invalid UTF-8 in the payload',
  'invalid UTF-8 in the header',
  'white space around the payload',
  'payload is an array',
  'payload is no JSON',
  'payload is nested deeply',
  'signature cut off by one character',
  'signature cut off by one byte',
  'signature empty',
  'signature with a byte more',
  'signature with a flipped bit',
  'signature with loose bits',
  'signature padded',
  'signature with a space inside',
  'signature with a line feed behind',
  'signature in the base64 alphabet',
  'payload padded',
  'payload with loose bits',
  'header with loose bits',
  'payload swapped for another after signing',
  'header and payload swapped',
  'a fourth part',
  'a fifth part',
  'two parts',
  'signature made up',
]

/** Values of every JSON type, for members whose type matters. */
const oddText = fc.constantFrom(
  'null',
  'true',
  'false',
  '0',
  '-1',
  '5',
  '""',
  '"x"',
  '[]',
  '["x"]',
  '[5]',
  '{}',
  '{"a":1}',
)
const numberText = fc.oneof(
  fc.constantFrom('1e400', '-1e400', '-0', '1e308', '-1e308', '9007199254740993', '1.5e9', '0.1', '18e8'),
  fc.double({ noNaN: true, noDefaultInfinity: true }).map((value) => json(value)),
)
/** Seconds around now, fractions and both sides of the tolerance included. */
const timeText = fc.oneof(
  fc.integer({ min: -8, max: 8 }).map((offset) => `${NOW + offset}`),
  fc.integer({ min: -80, max: 80 }).map((tenths) => `${NOW + tenths / 10}`),
  fc.integer({ min: -100_000, max: 100_000 }).map((offset) => `${NOW + offset}`),
)
const anyTime = fc.oneof(
  { weight: 4, arbitrary: timeText },
  { weight: 1, arbitrary: numberText },
  { weight: 1, arbitrary: oddText },
  { weight: 1, arbitrary: timeText.map((text) => `"${text}"`) },
)

const ISSUER_TEXTS = [
  'https://issuer.test/',
  'https://issuer.test',
  'https://evil.test/',
  'HTTPS://issuer.test/',
]
const AUDIENCES = [AUDIENCE, 'https://api.test', 'https://API.test/', 'test-client', 'urn:other', '']

const issText = fc.oneof(
  fc.constantFrom(...ISSUER_TEXTS).map(json),
  fc.subarray(ISSUER_TEXTS, { minLength: 1 }).map(json),
  oddText,
)
const audText = fc.oneof(
  fc.constantFrom(...AUDIENCES).map(json),
  fc.shuffledSubarray(AUDIENCES).map(json),
  fc.shuffledSubarray([AUDIENCE, 5, null, ['x']]).map(json),
  oddText,
)
const scopeText = fc.oneof(
  fc.constantFrom('read:a', 'read:a write:a', ' read:a  ', '', 'ünï "quoted"').map(json),
  fc.constantFrom(['read:a'], ['read:a', 5], []).map(json),
  oddText,
)
const clientText = fc.oneof(fc.constantFrom('test-client', 'another', AUDIENCE).map(json), oddText)
const text = fc.oneof(
  fc.string({ unit: 'grapheme', maxLength: 12 }).map(json),
  fc.constant('"\\ud800"'),
  oddText,
)

/** Edits that leave a token valid for both. */
const benignClaim: fc.Arbitrary<Edit> = fc.oneof(
  fc.record({ set: fc.constantFrom('scope', 'scp'), text: fc.constantFrom('"read:a"', '["read:a"]') }),
  fc.record({ set: fc.constant('sub'), text: fc.string({ unit: 'grapheme', maxLength: 12 }).map(json) }),
  fc.record({ set: fc.constant('azp'), text: fc.constant('"test-client"') }),
  fc.record({
    set: fc.constantFrom('roles', 'permissions', '__proto__', 'constructor', 'extra'),
    text: fc.json({ maxDepth: 2 }),
  }),
  fc.record({
    set: fc.constant('aud'),
    text: fc.constantFrom(json(AUDIENCE), json(['urn:other', AUDIENCE])),
  }),
  fc.record({
    set: fc.constantFrom('nbf', 'iat'),
    text: fc.integer({ min: 0, max: 9000 }).map((ago) => `${NOW - ago}`),
  }),
  fc.record({
    set: fc.constant('exp'),
    text: fc.integer({ min: 1, max: 9000 }).map((ahead) => `${NOW + ahead}`),
  }),
)

const harshClaim: fc.Arbitrary<Edit> = fc.oneof(
  { weight: 4, arbitrary: fc.record({ set: fc.constantFrom('exp', 'nbf', 'iat'), text: anyTime }) },
  { weight: 2, arbitrary: fc.record({ set: fc.constant('iss'), text: issText }) },
  { weight: 2, arbitrary: fc.record({ set: fc.constant('aud'), text: audText }) },
  { weight: 1, arbitrary: fc.record({ set: fc.constantFrom('scope', 'scp'), text: scopeText }) },
  {
    weight: 1,
    arbitrary: fc.record({ set: fc.constantFrom('client_id', 'azp', 'cid', 'appid'), text: clientText }),
  },
  {
    weight: 1,
    arbitrary: fc.record({
      set: fc.constantFrom('sub', 'jti', 'sid', 'email', 'name', 'gty', 'roles'),
      text,
    }),
  },
  {
    weight: 1,
    arbitrary: fc.record({
      set: fc.constantFrom(
        'cnf',
        'nonce',
        'at_hash',
        'events',
        'toe',
        'sub_jwk',
        'token_introspection',
        '__proto__',
      ),
      text: fc.oneof(oddText, fc.constant('{"jkt":"x"}'), fc.constant('{"__proto__":{"aud":"x"}}')),
    }),
  },
  {
    weight: 1,
    arbitrary: fc.record({
      set: fc.constantFrom('token_use', 'typ'),
      text: fc.oneof(
        fc
          .constantFrom('access', 'id', 'refresh', 'Bearer', 'ID', 'Refresh', 'Offline', 'Logout', 'DPoP')
          .map(json),
        oddText,
      ),
    }),
  },
  { weight: 1, arbitrary: fc.record({ set: fc.constant('jti'), text: fc.constantFrom('"ID.1"', '"AT.1"') }) },
  {
    weight: 2,
    arbitrary: fc.record({ drop: fc.constantFrom('iss', 'aud', 'exp', 'iat', 'sub', 'client_id', 'jti') }),
  },
  {
    weight: 2,
    arbitrary: fc.record({
      add: fc.constantFrom('iss', 'aud', 'exp', 'sub', 'scope', '__proto__', 'extra'),
      text: fc.oneof(
        oddText,
        fc.constantFrom(json(AUDIENCE), '"https://issuer.test/"', '{"a":1,"a":2}', '[{"b":1,"b":1}]'),
      ),
    }),
  },
)

const harshHeader: fc.Arbitrary<Edit> = fc.oneof(
  {
    weight: 3,
    arbitrary: fc.record({
      set: fc.constant('alg'),
      text: fc.oneof(
        fc
          .constantFrom(
            'none',
            'None',
            'NONE',
            'RS256',
            'rs256',
            'ES256',
            'EdDSA',
            'Ed25519',
            'HS256',
            'PS256',
            'ES384',
            '__proto__',
          )
          .map(json),
        oddText,
      ),
    }),
  },
  {
    weight: 2,
    arbitrary: fc.record({
      set: fc.constant('typ'),
      text: fc.oneof(
        fc
          .constantFrom(
            'at+jwt',
            'AT+JWT',
            'application/at+jwt',
            'JWT',
            'jwt',
            'application/jwt',
            'logout+jwt',
            'id_token+jwt',
            'dpop+jwt',
            'rt+jwt',
            'secevent+jwt',
          )
          .map(json),
        oddText,
      ),
    }),
  },
  {
    weight: 2,
    arbitrary: fc.record({
      set: fc.constant('kid'),
      text: fc.oneof(
        fc.constantFrom('unknown', '__proto__', 'constructor', '../../etc/passwd', '').map(json),
        oddText,
      ),
    }),
  },
  {
    weight: 2,
    arbitrary: fc.record({
      set: fc.constantFrom('crit', 'b64'),
      text: fc.oneof(fc.constantFrom('["b64"]', '["exp"]', '["b64","b64"]', 'true', 'false'), oddText),
    }),
  },
  {
    weight: 2,
    arbitrary: fc.record({
      set: fc.constantFrom(
        'jwk',
        'jku',
        'x5u',
        'x5c',
        'cty',
        'zip',
        'enc',
        '__proto__',
        'constructor',
        'nonce',
      ),
      text: oddText,
    }),
  },
  { weight: 1, arbitrary: fc.record({ drop: fc.constantFrom('alg', 'typ', 'kid') }) },
  { weight: 1, arbitrary: fc.record({ add: fc.constantFrom('alg', 'kid', 'typ', 'x'), text: oddText }) },
)

const rarely = (edit: fc.Arbitrary<Edit>, weight: number): fc.Arbitrary<readonly Edit[]> =>
  fc.oneof(
    { weight: 10 - weight, arbitrary: fc.constant([]) },
    { weight, arbitrary: fc.array(edit, { minLength: 1, maxLength: 2 }) },
  )

/** Tokens of which about a third is sound and the rest has one to a few flaws. */
export const recipe: fc.Arbitrary<Recipe> = fc
  .record({
    algorithm: fc.constantFrom<SigningAlgorithm>(...PUBLIC_KEY_ALGORITHMS, 'HS256'),
    confused: fc.integer({ min: 0, max: 19 }).map((roll) => roll === 0),
    header: rarely(harshHeader, 3),
    benign: rarely(benignClaim, 6),
    harsh: rarely(harshClaim, 4),
    wreck: fc.oneof(
      { weight: 7, arbitrary: fc.constant<Wreck>('none') },
      { weight: 2, arbitrary: fc.constantFrom(...WRECKS) },
    ),
    at: fc.nat({ max: 4095 }),
  })
  .map(({ algorithm, confused, header, benign, harsh, wreck, at }) => ({
    api: (algorithm === 'HS256') === confused ? 'public keys' : 'secret',
    algorithm,
    header,
    claims: [...benign, ...harsh],
    wreck,
    at,
  }))

/** The sound token that recipes start from. */
export const SOUND: Omit<Recipe, 'api' | 'algorithm'> = { header: [], claims: [], wreck: 'none', at: 0 }

/** Makes the token of a recipe: header and claims are signed as they are written, flaws and all. */
export async function makeToken(recipe: Recipe, judges: Judges): Promise<string> {
  const { algorithm, wreck } = recipe
  const { issuer } = judges
  const kid = algorithm === 'HS256' ? [] : [{ name: 'kid', text: json(issuer.kid(algorithm)) }]
  const header = edited(
    [{ name: 'alg', text: json(algorithm) }, { name: 'typ', text: '"at+jwt"' }, ...kid],
    recipe.header,
  )
  const payload = edited(
    [
      { name: 'iss', text: json(issuer.issuer) },
      { name: 'aud', text: json(AUDIENCE) },
      { name: 'sub', text: '"user-1"' },
      { name: 'client_id', text: '"test-client"' },
      { name: 'iat', text: `${NOW - 60}` },
      { name: 'exp', text: `${NOW + 600}` },
      { name: 'jti', text: '"1"' },
    ],
    recipe.claims,
  )
  const madeUp = wreck === 'signature made up'
  const token = await issuer.raw({
    header: wreckPart(written(header), wreck, 'header'),
    payload: wreckPart(written(payload), wreck, 'payload'),
    algorithm,
    ...(madeUp && { signature: Buffer.alloc(64, 7) }),
  })
  return wreckToken(token, recipe)
}

function edited(members: readonly Member[], edits: readonly Edit[]): readonly Member[] {
  let result = [...members]
  for (const edit of edits) {
    if ('drop' in edit) {
      result = result.filter(({ name }) => name !== edit.drop)
    } else if ('add' in edit) {
      result.push({ name: edit.add, text: edit.text })
    } else {
      result = [...result.filter(({ name }) => name !== edit.set), { name: edit.set, text: edit.text }]
    }
  }
  return result
}

function written(members: readonly Member[]): string {
  return `{${members.map(({ name, text }) => `${json(name)}:${text}`).join(',')}}`
}

function wreckPart(text: string, wreck: Wreck, part: 'header' | 'payload'): string | Uint8Array {
  switch (wreck) {
    case `byte order mark in the ${part}`:
      return `\ufeff${text}`
    case `invalid UTF-8 in the ${part}`:
      return Buffer.concat([
        Buffer.from(`${text.slice(0, -1)},"u":"`),
        Buffer.from([0xc3, 0x28]),
        Buffer.from('"}'),
      ])
  }
  if (part === 'header') return text
  switch (wreck) {
    case 'white space around the payload':
      return ` \n${text}\t\r\n`
    case 'payload is an array':
      return `[${text}]`
    case 'payload is no JSON':
      return text.slice(0, -1)
    case 'payload is nested deeply':
      return `${text.slice(0, -1)},"deep":${'['.repeat(40)}${']'.repeat(40)}}`
    default:
      return text
  }
}

const ALPHABET = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_'

/** The same bytes in another spelling where there is one: a bit set in the last character that no byte needs. */
function looseBits(part: string): string {
  if (part.length % 4 === 0) return part
  const last = ALPHABET.indexOf(part.slice(-1))
  return `${part.slice(0, -1)}${ALPHABET[last | 1]}`
}

function flipBit(part: string, at: number): string {
  const bytes = Buffer.from(part, 'base64url')
  if (bytes.length === 0) return part
  const index = at % bytes.length
  bytes[index] = (bytes[index] ?? 0) ^ (1 << (at % 8))
  return bytes.toString('base64url')
}

function wreckToken(token: string, { wreck, at }: Recipe): string {
  const [header = '', payload = '', signature = ''] = token.split('.')
  const wrecked: { readonly [name in Wreck]?: () => string } = {
    'signature cut off by one character': () => token.slice(0, -1),
    'signature cut off by one byte': () =>
      `${header}.${payload}.${Buffer.from(signature, 'base64url').subarray(0, -1).toString('base64url')}`,
    'signature empty': () => `${header}.${payload}.`,
    'signature with a byte more': () =>
      `${header}.${payload}.${Buffer.concat([Buffer.from(signature, 'base64url'), Buffer.from([at % 256])]).toString('base64url')}`,
    'signature with a flipped bit': () => `${header}.${payload}.${flipBit(signature, at)}`,
    'signature with loose bits': () => `${header}.${payload}.${looseBits(signature)}`,
    'signature padded': () => `${token}${'='.repeat((4 - (signature.length % 4)) % 4)}`,
    'signature with a space inside': () =>
      `${header}.${payload}.${signature.slice(0, 9)} ${signature.slice(9)}`,
    'signature with a line feed behind': () => `${token}\n`,
    'signature in the base64 alphabet': () =>
      `${header}.${payload}.${signature.replaceAll('-', '+').replaceAll('_', '/')}`,
    'payload padded': () => `${header}.${payload}${'='.repeat((4 - (payload.length % 4)) % 4)}.${signature}`,
    'payload with loose bits': () => `${header}.${looseBits(payload)}.${signature}`,
    'header with loose bits': () => `${looseBits(header)}.${payload}.${signature}`,
    'payload swapped for another after signing': () =>
      `${header}.${Buffer.from(json({ iss: 'https://issuer.test/', aud: AUDIENCE, exp: NOW + 900, sub: 'admin', client_id: 'c' })).toString('base64url')}.${signature}`,
    'header and payload swapped': () => `${payload}.${header}.${signature}`,
    'a fourth part': () => `${token}.${signature}`,
    'a fifth part': () => `${token}.${payload}.${signature}`,
    'two parts': () => `${header}.${payload}`,
  }
  return wrecked[wreck]?.() ?? token
}
