import { inspect } from 'node:util'
import { createTestIssuer } from '@gatewarden/testing'
import { describe, expect, it } from 'vitest'
import { ConfigurationError } from '../src/errors.ts'
import { secret } from '../src/keys/secret.ts'
import { staticJwks } from '../src/keys/static.ts'
import type { ResourceServerOptions } from '../src/options.ts'
import { createResourceServer } from '../src/resource-server.ts'
import { AUDIENCE, ISSUER } from './support.ts'

const SECRET = 'correct horse battery staple, and more'
const { jwks } = await createTestIssuer({ algorithms: ['ES256'] })
const KEYS = staticJwks(jwks())

/** Any options at all: what JavaScript, or a configuration file, may hand over. */
function mistake(options: unknown): ConfigurationError {
  try {
    createResourceServer(options as ResourceServerOptions)
  } catch (error) {
    if (error instanceof ConfigurationError) return error
    throw error
  }
  throw new TypeError('the options were taken')
}
const base = { issuer: ISSUER, audience: AUDIENCE }

describe('createResourceServer refuses at boot (ours)', () => {
  it.each<[string, unknown, string, RegExp]>([
    ['no options', undefined, 'options', /Begin with \{ issuer/],
    ['null', null, 'options', /Begin with/],
    ['a text', ISSUER, 'options', /Begin with/],
    ['a list', [base], 'options', /Begin with/],
    ['no issuer', { audience: AUDIENCE }, 'issuer', /Begin with \{ issuer/],
    ['an empty issuer', { ...base, issuer: '' }, 'issuer', /exact iss/],
    ['an empty list of issuers', { ...base, issuer: [] }, 'issuer', /Begin with/],
    ['null as issuer', { ...base, issuer: null }, 'issuer', /exact iss/],
    ['a number as issuer', { ...base, issuer: 5 }, 'issuer', /exact iss/],
    ['null among the issuers', { ...base, issuer: [ISSUER, null] }, 'issuer[1]', /exact iss/],
    ['an issuer that is a pattern', { ...base, issuer: /issuer/ }, 'issuer', /exact iss|text/],
    ['an issuer without its name', { ...base, issuer: { audience: 'x' } }, 'issuer', /exact iss/],
    ['the same issuer twice', { ...base, issuer: [ISSUER, ISSUER] }, 'issuer', /Name each issuer once/],
    ['an issuer over plain http', { ...base, issuer: 'http://issuer.test/' }, 'issuer', /https/],
    [
      'an issuer over plain http, with keys at hand',
      { ...base, issuer: 'http://issuer.test/', keys: KEYS },
      'issuer',
      /https/,
    ],
    ['an issuer that is a host', { ...base, issuer: 'issuer.test' }, 'issuer', /https/],
    ['an issuer with a query', { ...base, issuer: `${ISSUER}?a` }, 'issuer', /RFC 8414 §2/],
    ['an issuer with a fragment', { ...base, issuer: `${ISSUER}#a` }, 'issuer', /RFC 8414 §2/],
    ['an issuer with a password', { ...base, issuer: 'https://u:p@issuer.test/' }, 'issuer', /https/],
    [
      'an issuer in an object over plain http',
      { ...base, issuer: [{ issuer: 'http://issuer.test/' }] },
      'issuer[0].issuer',
      /https/,
    ],
    ['a cache that is true', { ...base, cache: true }, 'cache', /max: 5000/],
    ['a cache of none', { ...base, cache: { max: 0 } }, 'cache.max', /1 or more/],
    ['a cache of more than fits', { ...base, cache: { max: 10 ** 12 } }, 'cache.max', /up to 1000000/],
    ['a cache with another name', { ...base, cache: { size: 5 } }, 'cache.size', /./],
    ['no audience', { issuer: ISSUER }, 'audience', /API's identifier/],
    ['an empty audience', { ...base, audience: '' }, 'audience', /API's identifier/],
    ['an empty list of audiences', { ...base, audience: [] }, 'audience', /API's identifier/],
    ['an audience that is a pattern', { ...base, audience: /api/ }, 'audience', /Patterns are not accepted/],
    [
      'a pattern among the audiences',
      { ...base, audience: [AUDIENCE, /api/g] },
      'audience',
      /Patterns are not accepted/,
    ],
    ['an audience of false', { ...base, audience: false }, 'audience', /API's identifier/],
    [
      'one issuer without an audience',
      { issuer: [{ issuer: ISSUER, audience: AUDIENCE }, 'https://b.test/'] },
      'audience',
      /API's identifier/,
    ],
    [
      'an empty audience of one issuer',
      { ...base, issuer: [ISSUER, { issuer: 'https://b.test/', audience: '' }] },
      'issuer[1].audience',
      /API's identifier/,
    ],
    ['a key set over plain http', { ...base, jwksUri: 'http://issuer.test/jwks' }, 'jwksUri', /https/],
    ['a key set in a file', { ...base, jwksUri: 'file:///jwks.json' }, 'jwksUri', /https/],
    [
      'a key set that is a URL object',
      { ...base, jwksUri: new URL('https://issuer.test/jwks') },
      'jwksUri',
      /https/,
    ],
    [
      'a key set of one issuer over plain http',
      { ...base, issuer: { issuer: ISSUER, jwksUri: 'http://a.test/' } },
      'issuer.jwksUri',
      /https/,
    ],
    [
      'keys beside a key set',
      { ...base, keys: KEYS, jwksUri: 'https://issuer.test/jwks' },
      'keys',
      /one source of keys/,
    ],
    [
      'keys for several issuers',
      { ...base, issuer: [ISSUER, 'https://b.test/'], keys: KEYS },
      'keys',
      /issuer: \[/,
    ],
    [
      'a key set for several issuers',
      { ...base, issuer: [ISSUER, 'https://b.test/'], jwksUri: 'https://a.test/' },
      'jwksUri',
      /issuer: \[/,
    ],
    ['a secret as text', { ...base, keys: SECRET }, 'keys', /secret\(value\)/],
    ['keys that are a JWK Set', { ...base, keys: jwks() }, 'keys', /staticJwks/],
    ['null as keys', { ...base, keys: null }, 'keys', /secret\(value\)/],
    ['a secret that is too short', { ...base, keys: secret('x'.repeat(31)) }, 'keys', /longer/],
    [
      'a secret that is too short for one of the algorithms',
      { ...base, keys: secret(SECRET), algorithms: ['HS256', 'HS512'] },
      'keys',
      /HS512 needs at least 64/,
    ],
    ['an unknown algorithm', { ...base, algorithms: ['RS257'] }, 'algorithms', /Choose from RS256/],
    ['an algorithm in small letters', { ...base, algorithms: ['rs256'] }, 'algorithms', /Choose from/],
    ['the algorithm none', { ...base, algorithms: ['none'] }, 'algorithms', /Choose from/],
    ['an inherited name as algorithm', { ...base, algorithms: ['constructor'] }, 'algorithms', /Choose from/],
    ['no algorithm', { ...base, algorithms: [] }, 'algorithms', /Choose from/],
    [
      'algorithms of both families (CVE-2020-15084)',
      { ...base, algorithms: ['RS256', 'HS256'] },
      'algorithms',
      /one family/,
    ],
    [
      'an algorithm of secrets without a secret',
      { ...base, algorithms: ['HS256'] },
      'algorithms',
      /keys: secret/,
    ],
    [
      'an algorithm of public keys beside a secret',
      { ...base, keys: secret(SECRET), algorithms: ['RS256'] },
      'algorithms',
      /HS256, HS384 and HS512 only/,
    ],
    ['an unknown profile', { ...base, profile: 'at+jwt' }, 'profile', /jwt or rfc9068/],
    [
      'a profile of one issuer',
      { ...base, issuer: { issuer: ISSUER, profile: '' } },
      'issuer.profile',
      /jwt or rfc9068/,
    ],
    ['no client on the list', { ...base, clients: [] }, 'clients', /Give client ids/],
    ['no client in the object', { ...base, clients: {} }, 'clients', /Give client ids/],
    ['a client that is a number', { ...base, clients: [5] }, 'clients', /Give client ids/],
    ['clients as text', { ...base, clients: 'billing' }, 'clients', /Give client ids/],
    [
      'a client with an unknown member',
      { ...base, clients: { billing: { scope: ['a'] } } },
      'clients.billing.scope',
      /scopes/,
    ],
    [
      'a client with scopes as an object',
      { ...base, clients: { billing: { scopes: [5] } } },
      'clients.billing.scopes',
      /Give client ids/,
    ],
    ['a tolerance below zero', { ...base, clockTolerance: -1 }, 'clockTolerance', /from 0 to 300/],
    ['a tolerance in milliseconds', { ...base, clockTolerance: 5000 }, 'clockTolerance', /not milliseconds/],
    ['an optional that is no choice', { ...base, optional: 'yes' }, 'optional', /true or false/],
    ['a third way to refuse', { ...base, refusals: 'ignore' }, 'refusals', /write or throw/],
    ['a hierarchy that is a list', { ...base, implies: ['a'] }, 'implies', /function of a scope/],
    ['a hierarchy without lists', { ...base, implies: { a: 'b' } }, 'implies.a', /function of a scope/],
    [
      'a hierarchy of what is no scope',
      { ...base, implies: { a: ['b c'] } },
      'implies.a',
      /function of a scope/,
    ],
    ['a tolerance as text', { ...base, clockTolerance: '5s' }, 'clockTolerance', /seconds/],
    [
      'an infinite tolerance',
      { ...base, clockTolerance: Number.POSITIVE_INFINITY },
      'clockTolerance',
      /seconds/,
    ],
    ['a tolerance that is no number', { ...base, clockTolerance: Number.NaN }, 'clockTolerance', /seconds/],
    ['an age as text', { ...base, maxTokenAge: '1h' }, 'maxTokenAge', /seconds/],
    ['a lifetime of null', { ...base, maxTokenLifetime: null }, 'maxTokenLifetime', /seconds/],
    ['a realm with a quote', { ...base, realm: 'a"b' }, 'realm', /printable ASCII/],
    ['a realm with a line feed', { ...base, realm: 'a\r\nSet-Cookie: a=b' }, 'realm', /printable ASCII/],
    ['an empty realm', { ...base, realm: '' }, 'realm', /printable ASCII/],
    ['an audience that makes no realm', { ...base, audience: 'urn:ä' }, 'realm', /Set `realm`/],
    ['a field name with a space', { ...base, tokenHeader: 'x token' }, 'tokenHeader', /name of a field/],
    ['an empty field name', { ...base, tokenHeader: '' }, 'tokenHeader', /name of a field/],
    ['cors as text', { ...base, cors: 'yes' }, 'cors', /true or false/],
    ['a hook that is no function', { ...base, onRefusal: 'log' }, 'onRefusal', /=>/],
    ['a catalogue that is a list', { ...base, scopes: ['read'] }, 'scopes', /descriptions/],
    ['a catalogue with a scope that is none', { ...base, scopes: { 'a b': 'x' } }, 'scopes', /no space/],
    ['a catalogue without a description', { ...base, scopes: { read: 5 } }, 'scopes.read', /words/],
    ['an option that does not exist', { ...base, audiences: [AUDIENCE] }, 'audiences', /The options are/],
    ['an option in other letters', { ...base, jwksURI: 'https://a.test/' }, 'jwksURI', /Write it `jwksUri`/],
    ['a name from another package', { ...base, issuerBaseURL: ISSUER }, 'issuerBaseURL', /Use `issuer`/],
    ['a secret as an option', { ...base, secret: SECRET }, 'secret', /keys: secret/],
    [
      'an unknown option of one issuer',
      { ...base, issuer: [{ issuer: ISSUER, clockTolerance: 5 }] },
      'issuer[0].clockTolerance',
      /The options are/,
    ],
  ])('%s', (_, options, option, fix) => {
    const error = mistake(options)
    expect(error.option).toBe(option)
    expect(error.message).toMatch(fix)
    expect(error.message.startsWith(`option \`${option}\` `)).toBe(true)
    expect([error.name, error.code]).toEqual(['ConfigurationError', 'ERR_GATEWARDEN_CONFIGURATION'])
  })

  it.each([
    ['as keys', { ...base, keys: SECRET }],
    ['as an option', { ...base, secret: SECRET }],
    ['as an option that does not exist', { ...base, sharedSecret: SECRET }],
    ['that is too short', { ...base, keys: secret(SECRET), algorithms: ['HS512'] }],
    ['in an object of keys', { ...base, keys: { secret: SECRET } }],
  ])('a secret %s without showing it', (_, options) => {
    const error = mistake(options)
    expect(`${error.message}${error.stack}${inspect(error, { depth: null })}`).not.toContain('horse')
  })
})

describe('createResourceServer takes (ours)', () => {
  it.each<[string, ResourceServerOptions]>([
    ['issuer and audience', base],
    ['several of both', { issuer: [ISSUER, 'https://b.test/'], audience: [AUDIENCE, 'urn:api'] }],
    ['an audience of each issuer', { issuer: [{ issuer: ISSUER, audience: AUDIENCE }] }],
    ['an issuer on this machine over plain http', { ...base, issuer: 'http://localhost:3000' }],
    ['an issuer that is no address, with keys at hand', { ...base, issuer: 'urn:issuer', keys: KEYS }],
    [
      'an issuer that is no address, with a key set',
      { ...base, issuer: 'accounts', jwksUri: 'https://a.test/jwks' },
    ],
    ['a secret', { ...base, keys: secret(SECRET) }],
    [
      'a secret of one issuer beside public keys of another',
      { ...base, issuer: [ISSUER, { issuer: 'urn:b', keys: secret(SECRET) }] },
    ],
    ['a client that may use no scope', { ...base, clients: { billing: { scopes: [] }, portal: {} } }],
    [
      'undefined for what is left out',
      { ...base, jwksUri: undefined, keys: undefined, realm: undefined, cors: undefined },
    ],
    ['every limit at zero', { ...base, clockTolerance: 0, maxTokenAge: 0, maxTokenLifetime: 0 }],
  ])('%s', (_, options) => {
    expect(() => createResourceServer(options)).not.toThrow()
  })

  it('options as they are at boot: later changes have no effect', async () => {
    const issuer = await createTestIssuer({ algorithms: ['ES256'], audience: AUDIENCE })
    const options = {
      issuer: issuer.issuer,
      audience: [AUDIENCE],
      keys: staticJwks(issuer.jwks()),
      realm: 'one',
    }
    const server = createResourceServer(options)
    options.audience.push('urn:other')
    options.realm = 'two'
    const token = await issuer.accessToken({ audience: 'urn:other' })
    const decision = await server.authenticate({
      method: 'GET',
      query: '',
      header: () => [`Bearer ${token}`],
    })
    if (decision.ok) throw new TypeError('admitted')
    expect(decision.reason.code).toBe('audience_mismatch')
    expect(decision.refusal.headers['www-authenticate']).toContain('realm="one"')
  })
})

describe('an option of an issuer that is there but undefined', () => {
  it('leaves what is said of all issuers in force (ours)', async () => {
    const es = await createTestIssuer({ algorithms: ['ES256'], issuer: ISSUER, audience: AUDIENCE })
    const own = {
      issuer: ISSUER,
      keys: staticJwks(es.jwks()),
      clients: undefined,
      profile: undefined,
      algorithms: undefined,
    }
    const judge = async (options: Partial<ResourceServerOptions>) => {
      const server = createResourceServer({ ...base, issuer: [own], ...options })
      return (await server.explain(await es.accessToken({ header: { typ: 'JWT' } }))).reason?.code
    }
    expect(await judge({})).toBeUndefined()
    expect(await judge({ clients: ['another'] })).toBe('client_not_allowed')
    expect(await judge({ profile: 'rfc9068' })).toBe('type_required')
    expect(await judge({ algorithms: ['RS256'] })).toBe('algorithm_not_allowed')
  })
})
