import { generateKeyPairSync } from 'node:crypto'
import { inspect } from 'node:util'
import { jwtVerify } from 'jose'
import { describe, expect, it } from 'vitest'
import {
  type ClientAuth,
  clientSecretBasic,
  clientSecretPost,
  privateKeyJwt,
  tlsClientAuth,
} from '../../src/introspection/client-auth.ts'
import type { Fetch } from '../../src/upstream/fetch.ts'
import { bearer, outcome } from '../support.ts'
import { introspecting } from './api.ts'

const world = introspecting()
const rsa = generateKeyPairSync('rsa', { modulusLength: 2048 })
const ec = generateKeyPairSync('ec', { namedCurve: 'P-384' })

/** What the issuer saw of a question. */
async function seen(clientAuth: ClientAuth) {
  expect(await outcome(world.api({ clientAuth }), await world.issuer.opaqueToken())).toBe('admitted')
  const [asked] = world.issuer.requests.introspection
  return { headers: asked?.headers ?? {}, form: new URLSearchParams(asked?.body) }
}

describe('an API that asks its issuer', () => {
  it('says who it is with client_secret_basic, form-encoded (RFC 6749 §2.3.1)', async () => {
    const { headers } = await seen(clientSecretBasic('my api:1', 'p%ss wörd+'))
    const [, credentials] = (headers.authorization ?? '').split(' ')
    expect(Buffer.from(credentials ?? '', 'base64').toString()).toBe('my+api%3A1:p%25ss+w%C3%B6rd%2B')
  })

  it('says who it is with client_secret_post (RFC 6749 §2.3.1)', async () => {
    const { headers, form } = await seen(clientSecretPost('my-api', 's&cret'))
    expect(headers.authorization).toBeUndefined()
    expect(Object.fromEntries(form)).toMatchObject({ client_id: 'my-api', client_secret: 's&cret' })
  })

  it('says who it is with tls_client_auth: its id, and a certificate by its own fetch (RFC 8705 §2.1)', async () => {
    const { form } = await seen(tlsClientAuth('my-api'))
    expect(form.get('client_id')).toBe('my-api')
    expect(form.has('client_secret')).toBe(false)
  })

  it.each([
    ['a KeyObject', rsa.privateKey, 'RS256'],
    ['PEM', ec.privateKey.export({ format: 'pem', type: 'pkcs8' }).toString(), 'ES384'],
    ['a JWK with its kid', { ...ec.privateKey.export({ format: 'jwk' }), kid: 'k1' }, 'ES384'],
  ])('says who it is with private_key_jwt, of %s (RFC 7523 §3)', async (_, key, alg) => {
    const { form } = await seen(privateKeyJwt({ clientId: 'my-api', key }))
    expect(form.get('client_assertion_type')).toBe('urn:ietf:params:oauth:client-assertion-type:jwt-bearer')
    const publicKey = alg === 'RS256' ? rsa.publicKey : ec.publicKey
    const { payload, protectedHeader } = await jwtVerify(form.get('client_assertion') ?? '', publicKey, {
      issuer: 'my-api',
      subject: 'my-api',
      audience: world.issuer.issuer,
      maxTokenAge: 60,
    })
    expect(protectedHeader).toMatchObject({ alg })
    expect(payload.jti).toMatch(/^[0-9a-f-]{36}$/)
  })

  it('makes an assertion of its own for each question (RFC 7523 §3)', async () => {
    const server = world.api({
      clientAuth: privateKeyJwt({ clientId: 'a', key: rsa.privateKey }),
      cache: false,
    })
    const token = await world.issuer.opaqueToken()
    for (let i = 0; i < 2; i++) await outcome(server, token)
    const [one, other] = world.issuer.requests.introspection.map(({ body }) =>
      new URLSearchParams(body).get('client_assertion'),
    )
    expect(one).not.toBe(other)
  })

  it('is answered 503 where its own authentication fails, and nothing of it is told (ours)', async () => {
    const clientAuth = {
      clientId: 'my-api',
      authenticate() {
        throw new Error('vault is sealed')
      },
    }
    expect(await outcome(world.api({ clientAuth }), await world.issuer.opaqueToken())).toBe(
      '503 introspection_unavailable',
    )
  })

  it.each([
    ['no text for a message', Object.assign(new Error(), { message: 42 })],
    ['nothing at all', undefined],
    ['what no text can be made of', Object.create(null)],
  ])('is answered 503 where its own authentication throws %s (ours)', async (_, thrown) => {
    const clientAuth = { clientId: 'my-api', authenticate: () => Promise.reject(thrown) }
    expect(await outcome(world.api({ clientAuth }), 'at_1')).toBe('503 introspection_unavailable')
  })

  it.each(['at_1', 'a+b/c~d=='])(
    'tells of %s as the token, in a form too, where a fetch tells of it (ours)',
    async (token) => {
      const failing: Fetch = async (url, init) => {
        if (init.method !== 'POST') return fetch(url, init)
        throw new Error(`sent ${init.body} with ${token}`)
      }
      const decision = await world.api({ fetch: failing }).authenticate(bearer(token))
      expect(decision).toMatchObject({
        reason: {
          actual: expect.stringContaining(
            'sent token=(the token)&token_type_hint=access_token with (the token)',
          ),
        },
      })
    },
  )

  it('shows no secret when it is printed (ours)', () => {
    const all = [clientSecretBasic('a', 's3cret'), clientSecretPost('a', 's3cret')]
    expect(inspect(all, { depth: null, showHidden: true }) + JSON.stringify(all)).not.toContain('s3cret')
    expect(inspect(all, { depth: null })).not.toContain(Buffer.from('a:s3cret').toString('base64'))
  })

  it.each([
    ['no secret', () => clientSecretBasic('a', undefined as never), /no client secret/],
    ['an empty secret', () => clientSecretPost('a', ''), /no client secret/],
    ['no id', () => clientSecretBasic('', 'b'), /client id/],
    ['no options', () => privateKeyJwt(undefined as never), /privateKeyJwt/],
    [
      'a misspelt option',
      () => privateKeyJwt({ clientId: 'a', key: ec.privateKey, keyId: 'hunter2' } as never),
      /clientAuth\.keyId/,
    ],
    ['a public key', () => privateKeyJwt({ clientId: 'a', key: rsa.publicKey }), /public key/],
    ['a key that is none', () => privateKeyJwt({ clientId: 'a', key: 'hunter2' }), /cannot be read/],
    [
      'an algorithm of another key',
      () => privateKeyJwt({ clientId: 'a', key: ec.privateKey, algorithm: 'RS256' }),
      /Use ES384/,
    ],
    ['alg none', () => privateKeyJwt({ clientId: 'a', key: ec.privateKey, algorithm: 'none' }), /Use ES384/],
    [
      'a short RSA key',
      () =>
        privateKeyJwt({ clientId: 'a', key: generateKeyPairSync('rsa', { modulusLength: 1024 }).privateKey }),
      /Use an RSA/,
    ],
  ])('cannot be made with %s, and the message shows no secret (ours)', (_, make, message) => {
    expect(make).toThrow(message)
    expect(make).not.toThrow(/hunter2/)
  })
})
