import type { ConsoleSettings } from '../console/settings.ts'

type Names = Pick<ConsoleSettings, 'audience' | 'clientId' | 'issuer'>
type Says = (value: unknown, names: Names) => string

/** In which order claims are shown, and what each means in plain words; others follow as they come. */
const MEANINGS: Readonly<Record<string, Says>> = {
  aud: (value, { audience, clientId }) => {
    const named = [value].flat()
    if (named.includes(audience)) return 'Audience: made for this API. An API admits only what names it here.'
    if (named.includes(clientId))
      return 'Audience: made for the app, to tell it who signed in. No API may take it.'
    return 'Audience: made for somebody else than this API.'
  },
  scope: () => 'What its holder may do here. The API asks for it route by route.',
  scp: () => 'What its holder may do here: the scope, as some issuers write it.',
  permissions: () => 'What the user may do, as some issuers tell it beside the scope.',
  client_id: () => 'The client that got the token.',
  azp: () => 'Authorized party: the client that got the token.',
  iss: (value, { issuer }) =>
    value === issuer
      ? 'Issuer: who made and signed it. The API trusts this one.'
      : 'Issuer: not the one that this API trusts.',
  sub: () => 'Subject: whom it is about.',
  exp: (value) => `Expires ${moment(value)}.`,
  nbf: (value) => `Not valid before ${moment(value)}.`,
  nonce: () => "The app's own random value, come back: ties this token to one login.",
  at_hash: () => 'Hash of the access token that came along: only ID tokens have it.',
  auth_time: (value) => `When the user signed in: ${moment(value)}.`,
  iat: (value) => `Issued ${moment(value)}.`,
  jti: () => "The token's own number.",
}

const TYPES: Readonly<Record<string, string>> = {
  'at+jwt': 'Type: an access token, and it says so (RFC 9068).',
  'application/at+jwt': 'Type: an access token, and it says so (RFC 9068).',
  jwt: 'Type: a JWT. It does not say what it is for.',
}

const HEADER: Readonly<Record<string, Says>> = {
  typ: (value) => TYPES[`${value}`.toLowerCase()] ?? 'Type: another kind of token.',
  alg: () => 'How it is signed.',
  kid: () => 'Which key of the issuer signed it.',
}

/** The claims that decide, whose rows are marked. */
const DECISIVE: readonly string[] = [
  'aud',
  'scope',
  'scp',
  'permissions',
  'typ',
  'nonce',
  'at_hash',
  'azp',
  'client_id',
]

export interface ClaimRow {
  readonly name: string
  /** Undefined: the token does not have it, and that is telling. */
  readonly value: string | undefined
  readonly says: string
  readonly decisive: boolean
}

/** The header's members as rows. */
export function headerRows(header: Readonly<Record<string, unknown>>, names: Names): readonly ClaimRow[] {
  const untyped = absent('typ', 'No type: it does not call itself an access token.')
  return [...(Object.hasOwn(header, 'typ') ? [] : [untyped]), ...rows(header, HEADER, names)]
}

/** The claims as rows: first whom it is for, then what it grants. */
export function claimRows(claims: Readonly<Record<string, unknown>>, names: Names): readonly ClaimRow[] {
  const { aud, ...others } = claims
  const grants = ['scope', 'scp', 'permissions'].some((name) => Object.hasOwn(claims, name))
  return [
    ...(aud === undefined
      ? [absent('aud', 'No audience: made for nobody.')]
      : rows({ aud }, MEANINGS, names)),
    ...(grants ? [] : [absent('scope', 'No scope: it grants nothing.')]),
    ...rows(others, MEANINGS, names),
  ]
}

function absent(name: string, says: string): ClaimRow {
  return { name, value: undefined, says, decisive: true }
}

function rows(
  members: Readonly<Record<string, unknown>>,
  meanings: Readonly<Record<string, Says>>,
  names: Names,
): ClaimRow[] {
  const known = Object.keys(meanings).filter((name) => Object.hasOwn(members, name))
  const unknown = Object.keys(members).filter((name) => !Object.hasOwn(meanings, name))
  return [...known, ...unknown].map((name) => ({
    name,
    value: inWords(members[name]),
    says: Object.hasOwn(meanings, name) ? (meanings[name]?.(members[name], names) ?? '') : '',
    decisive: DECISIVE.includes(name),
  }))
}

function inWords(value: unknown): string {
  return typeof value === 'string' ? value : JSON.stringify(value)
}

/** Seconds since the epoch, told from now. */
function moment(value: unknown): string {
  if (typeof value !== 'number') return 'at no readable time'
  const minutes = Math.round((value * 1000 - Date.now()) / 60_000)
  if (Math.abs(minutes) < 1) return 'just now'
  const distance =
    Math.abs(minutes) < 120 ? `${Math.abs(minutes)} min` : `${Math.round(Math.abs(minutes) / 60)} h`
  return minutes < 0 ? `${distance} ago` : `in ${distance}`
}
