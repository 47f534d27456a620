/** Distinctive, and a well-formed b64token: nothing of the product or of a framework says this. */
export const MARKER = 'Zq7mark3rKx9wVt'

/** Field lines as bytes, one a character, around a sound token; and the answer that every door must give. */
export interface RawCase {
  /** What is sent, in words. */
  readonly what: string
  /** The section that the answer follows from. */
  readonly section: string
  fields(token: string): string
}

const line = (what: string, section: string, fields: RawCase['fields']): RawCase => ({
  what,
  section,
  fields,
})

/** Lines that are no HTTP: Node's own parser answers 400, and nothing of ours is asked. */
export const NOT_HTTP: readonly RawCase[] = [
  ...(
    [
      ['a bare CR', '\r'],
      ['a NUL', '\0'],
      ['a vertical tab', '\v'],
      ['a backspace', '\b'],
      ['a DEL', '\x7f'],
      ['an escape character', '\x1b'],
    ] as const
  ).flatMap(([what, byte]) => [
    line(
      `${what} in the field`,
      'RFC 9110 §5.5',
      (token) => `Authorization: Bearer ${MARKER}${byte}${token}\r\n`,
    ),
    line(
      `${what} behind the token`,
      'RFC 9110 §5.5',
      (token) => `Authorization: Bearer ${token}${byte}\r\nX-Note: ${MARKER}\r\n`,
    ),
    line(
      `${what} before the scheme`,
      'RFC 9110 §5.5',
      (token) => `Authorization: ${byte}Bearer ${token}\r\nX-Note: ${MARKER}\r\n`,
    ),
    line(
      `${what} in the field name`,
      'RFC 9110 §5.1',
      (token) => `Authori${byte}zation: Bearer ${token}\r\nX-Note: ${MARKER}\r\n`,
    ),
  ]),
  line(
    'a line that ends in LF alone',
    'RFC 9112 §2.2',
    (token) => `X-Note: ${MARKER}\nAuthorization: Bearer ${token}\r\n`,
  ),
  ...(
    [
      ['between scheme and token', (token: string) => `Authorization: Bearer\r\n ${token}\r\n`],
      ['by a tab', (token: string) => `Authorization: Bearer\r\n\t${token}\r\n`],
      ['inside the token', (token: string) => `Authorization: Bearer ${MARKER}\r\n ${token}\r\n`],
      ['behind the colon', (token: string) => `Authorization:\r\n Bearer ${token}\r\n`],
      ['before the field', (token: string) => `X-Note: ${MARKER}\r\n Authorization: Bearer ${token}\r\n`],
    ] as const
  ).map(([where, fields]) => line(`an obsolete line fold ${where}`, 'RFC 9112 §5.2', fields)),
  line('a space before the colon', 'RFC 9112 §5.1', (token) => `Authorization : Bearer ${token}\r\n`),
  line('a tab before the colon', 'RFC 9112 §5.1', (token) => `Authorization\t: Bearer ${token}\r\n`),
  line('a field without a colon', 'RFC 9112 §5.1', (token) => `Authorization Bearer ${token}\r\n`),
  line('a field without a name', 'RFC 9112 §5.1', (token) => `: Bearer ${token}\r\n`),
  line(
    'two lengths, one by chunks',
    'RFC 9112 §6.1',
    (token) => `Content-Length: 5\r\nTransfer-Encoding: chunked\r\nAuthorization: Bearer ${token}\r\n`,
  ),
]

/** Malformed credentials in well-formed lines: 400 and `invalid_request`. */
export const MALFORMED: readonly RawCase[] = [
  ...(
    [
      ['a tab in place of the space', (token: string) => `Bearer\t${token}`],
      ['a tab behind the space', (token: string) => `Bearer \t${token}`],
      ['a tab before the space', (token: string) => `Bearer\t ${token}`],
      ['a tab and a word behind the token', (token: string) => `Bearer ${token}\t${MARKER}`],
      ['a second word behind the token', (token: string) => `Bearer ${token} ${MARKER}`],
      ['two credentials joined by a comma', (token: string) => `Bearer ${token}, Bearer ${MARKER}`],
      ['two tokens joined by a comma', (token: string) => `Bearer ${token},${MARKER}`],
      ['a foreign scheme joined by a comma', (token: string) => `Bearer ${token}, Basic ${MARKER}`],
      ['a comma behind the token', (token: string) => `Bearer ${token},`],
      ['a comma before the scheme', (token: string) => `, Bearer ${token}`],
      ['a colon behind the scheme', (token: string) => `Bearer: ${token}`],
      ['an equals sign behind the scheme', (token: string) => `Bearer=${token}`],
      ['a token in quotes', (token: string) => `Bearer "${token}"`],
      ['a token in escapes', () => `Bearer %5A${MARKER}`],
      ['an empty field', () => ''],
      ['a field of spaces and tabs', () => ' \t \t '],
      ['a scheme without a token', () => 'Bearer'],
      ['a scheme with spaces and no token', () => 'Bearer     '],
      ['a letter in Latin-1', (token: string) => `Bearer ${MARKER}\xe9${token}`],
      ['a letter in UTF-8', (token: string) => `Bearer ${MARKER}\xc3\xa9${token}`],
      ['a byte that is no UTF-8', (token: string) => `Bearer ${token}\xff`],
      ['a byte order mark before the token', (token: string) => `Bearer \xef\xbb\xbf${token}`],
      ['a no-break space behind the scheme', (token: string) => `Bearer\xa0${token}`],
      ['a no-break space behind the token', (token: string) => `Bearer ${token}\xa0`],
      ['a letter of another script that looks like one of ours', () => `Bearer ${MARKER}\xd0\xb0`],
    ] as const
  ).map(([what, value]) =>
    line(what, 'RFC 6750 §2.1, §3.1', (token) => `Authorization: ${value(token)}\r\n`),
  ),
]

/** More than one set of credentials: 400 and `invalid_request`. */
export const SEVERAL: readonly RawCase[] = (
  [
    ['the same token twice', (token: string) => [`Bearer ${token}`, `Bearer ${token}`]],
    ['a sound token, then another', (token: string) => [`Bearer ${token}`, `Bearer ${MARKER}`]],
    ['another token, then a sound one', (token: string) => [`Bearer ${MARKER}`, `Bearer ${token}`]],
    ['a sound token, then a foreign scheme', (token: string) => [`Bearer ${token}`, `Basic ${MARKER}`]],
    ['a foreign scheme, then a sound token', (token: string) => [`Basic ${MARKER}`, `Bearer ${token}`]],
    ['an empty field, then a sound token', (token: string) => ['', `Bearer ${token}`]],
    ['a sound token, then an empty field', (token: string) => [`Bearer ${token}`, '']],
    ['three fields', (token: string) => [`Bearer ${token}`, `Bearer ${token}`, `Bearer ${MARKER}`]],
  ] as const
).flatMap(([what, values]) => [
  line(`two Authorization fields: ${what}`, 'RFC 6750 §2', (token) => lines(values(token))),
  line(`two Authorization fields in unlike letters and far apart: ${what}`, 'RFC 9110 §5.1', (token) =>
    lines(values(token), ['authorization', 'AUTHORIZATION', 'AuThOrIzAtIoN'], 'X-Between: 1\r\n'.repeat(30)),
  ),
])

function lines(values: readonly string[], names: readonly string[] = [], between = ''): string {
  return values.map((value, index) => `${names[index] ?? 'Authorization'}: ${value}\r\n`).join(between)
}

/** No credentials that this API would know: 401 with a bare challenge. */
export const BARE: readonly RawCase[] = (
  [
    ['no field', () => ''],
    ['a foreign scheme', () => `Authorization: Basic ${MARKER}\r\n`],
    ['a token without its scheme', (token: string) => `Authorization: ${token}\r\n`],
    ['a scheme with a letter outside ASCII', () => `Authorization: Be\xe9rer ${MARKER}\r\n`],
    ['a scheme and token that run together', () => `Authorization: Bearer${MARKER}\r\n`],
    ['the field of a proxy', (token: string) => `Proxy-Authorization: Bearer ${token}\r\n`],
    ['a field whose name has a dash more', (token: string) => `Authorization-: Bearer ${token}\r\n`],
    ['a field whose name has an underscore', (token: string) => `_Authorization: Bearer ${token}\r\n`],
  ] as const
).map(([what, fields]) => line(what, 'RFC 6750 §3.1', fields))

/** Odd, and yet sound: 200, with the token's own subject. */
export const SOUND: readonly RawCase[] = (
  [
    ...['bearer', 'BEARER', 'BeArEr', 'bEARER'].map(
      (scheme) =>
        [
          `the scheme ${scheme}`,
          'RFC 9110 §11.1',
          (token: string) => `Authorization: ${scheme} ${token}`,
        ] as const,
    ),
    ['the field name in small letters', 'RFC 9110 §5.1', (token: string) => `authorization: Bearer ${token}`],
    ['no space behind the colon', 'RFC 9110 §5.5', (token: string) => `Authorization:Bearer ${token}`],
    [
      'several spaces behind the scheme',
      'RFC 9110 §11.4',
      (token: string) => `Authorization: Bearer    ${token}`,
    ],
    [
      'spaces and tabs before the scheme',
      'RFC 9110 §5.5',
      (token: string) => `Authorization: \t \tBearer ${token}`,
    ],
    ['spaces behind the token', 'RFC 9110 §5.5', (token: string) => `Authorization: Bearer ${token}    `],
    [
      'tabs and spaces behind the token',
      'RFC 9110 §5.5',
      (token: string) => `Authorization: Bearer ${token} \t \t`,
    ],
  ] as const
).map(([what, section, fields]) => line(what, section, (token) => `${fields(token)}\r\n`))
