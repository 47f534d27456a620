const LARGEST = 16_384

const part = (text: string): string => Buffer.from(text).toString('base64url')
const HEADER = part('{"alg":"RS256","typ":"at+jwt","kid":"1"}')

/** A token with this payload, as large as it may be. */
const withPayload = (json: string): string => `${HEADER}.${part(json)}.AAAA`
/** So many repetitions that a payload around them just fits. */
const fill = (unit: string, around = 60): string => unit.repeat(Math.floor((12_000 - around) / unit.length))

/** Values of the Authorization field that are refused before any signature is looked at, by what is wrong with them. */
export const INPUTS: Readonly<Record<string, string>> = {
  'no token': 'Bearer',
  'another scheme, 16 KiB': `${'a'.repeat(LARGEST)} b`,
  'spaces, 16 KiB': `Bearer ${' '.repeat(LARGEST)}`,
  'an opaque token, 16 KiB': `Bearer ${'a'.repeat(LARGEST)}`,
  'an opaque token with a stray character at its end': `Bearer ${'a'.repeat(LARGEST - 1)}!`,
  'padding in the middle, 16 KiB': `Bearer ${'='.repeat(LARGEST - 1)}a`,
  '16,384 dots': `Bearer ${'.'.repeat(LARGEST)}`,
  'five parts, 16 KiB': `Bearer ${'a'.repeat(LARGEST - 8)}.a.a.a.a`,
  'one character too many': `Bearer ${'a'.repeat(LARGEST + 1)}`,
  'a header of 4 KiB that is no JSON': `Bearer ${'A'.repeat(4096)}.e30.AAAA`,
  'a header of lists in lists': `Bearer ${part(`{"alg":${'['.repeat(3000)}`)}.e30.AAAA`,
  'a payload that is not base64url in its last character': `Bearer ${HEADER}.${'A'.repeat(16_000)}!.AAAA`,
  'a payload of lists in lists': `Bearer ${withPayload(`{"a":${'['.repeat(5900)}${']'.repeat(5900)}}`)}`,
  'a payload of objects in objects': `Bearer ${withPayload(`${fill('{"a":')}`)}`,
  'a payload of one long number': `Bearer ${withPayload(`{"a":${fill('9')}}`)}`,
  'a payload that is no UTF-8': `Bearer ${HEADER}.${Buffer.alloc(12_000, 0xc3).toString('base64url')}.AAAA`,
  'an issuer of 12 KB of slashes': `Bearer ${withPayload(`{"iss":"https://${fill('a/')}"}`)}`,
  'an issuer of 12 KB like an address of userinfo': `Bearer ${withPayload(`{"iss":"x","aud":"https://a/${fill('userinfo/')}"}`)}`,
  'an algorithm of 2 KB': `Bearer ${part(`{"alg":"${'A'.repeat(2000)}"}`)}.${part('{"iss":"https://issuer.test/"}')}.AAAA`,
}

/** Payloads in which there is much to read before the flaw shows: what they cost is to read JSON, some 10 µs a KB. */
export const LARGE: Readonly<Record<string, string>> = {
  'small objects with names of their own, and a member twice': `Bearer ${withPayload(`{"a":[${[...Array(250).keys()].map((i) => `{"k${i}":1,"l${i}":2}`).join(',')}],"b":1,"b":2}`)}`,
  'names written in escapes': `Bearer ${withPayload(`{${[...Array(400).keys()].map((i) => `"\\u0061${i}":1`).join(',')}}`)}`,
  'escapes that never end': `Bearer ${withPayload(`{"a":"${fill('\\"')}`)}`,
  'a member twice behind 500 others': `Bearer ${withPayload(`{"b":1,${[...Array(500).keys()].map((i) => `"m${i}":"v${i}"`).join(',')},"b":2}`)}`,
  'a member twice, 2,900 times': `Bearer ${withPayload(`{${fill('"":1,')}"":2}`)}`,
  'a member twice, with white space before each colon': `Bearer ${withPayload(`{${fill('"" :1,')}"":2}`)}`,
  'a list of 5,900 numbers, from a stranger': `Bearer ${withPayload(`{"iss":"x","a":[${fill('1,')}1]}`)}`,
}
