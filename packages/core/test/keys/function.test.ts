import { createPublicKey, generateKeyPairSync, type KeyObject } from 'node:crypto'
import { createTestIssuer } from '@gatewarden/testing'
import { describe, expect, it } from 'vitest'
import type { KeyFunction } from '../../src/keys/function.ts'
import { createResourceServer } from '../../src/resource-server.ts'
import { TestClock } from '../clock.ts'
import { AUDIENCE, bearer, ISSUER, verdictOf } from '../support.ts'

const issuer = await createTestIssuer({ algorithms: ['RS256', 'ES256'], audience: AUDIENCE, issuer: ISSUER })
const publicKey = createPublicKey(issuer.publicPem('RS256'))

function judge(keys: KeyFunction, token: string, clock = new TestClock()) {
  const server = createResourceServer({ issuer: ISSUER, audience: AUDIENCE, keys }, clock)
  return server.authenticate(bearer(token))
}
async function outcome(keys: KeyFunction): Promise<string> {
  const decision = await judge(keys, await issuer.accessToken())
  return verdictOf(decision)
}
const weak = () => generateKeyPairSync('rsa', { modulusLength: 1024 }).publicKey
const wrongCurve = () => generateKeyPairSync('ec', { namedCurve: 'secp256k1' }).publicKey

describe('keys from a function of the header', () => {
  it.each<[string, KeyFunction, string]>([
    ['gives the key', () => publicKey, 'admitted'],
    ['gives the key later', async () => publicKey, 'admitted'],
    ['knows no such key', () => undefined, '401 key_unknown'],
    ['knows no such key later', async () => undefined, '401 key_unknown'],
    ['says null', () => null as unknown as undefined, '401 key_unknown'],
    [
      'throws',
      () => {
        throw new Error('the vault is sealed')
      },
      '503 keys_unavailable',
    ],
    ['rejects', () => Promise.reject(new Error('the vault is sealed')), '503 keys_unavailable'],
    ['rejects with nothing', () => Promise.reject(undefined), '503 keys_unavailable'],
    ['gives a text', () => issuer.publicPem('RS256') as unknown as KeyObject, '503 keys_unavailable'],
    ['gives a private key', () => issuer.privateKey('RS256'), '503 keys_unavailable'],
    ['gives the key of another algorithm', () => createPublicKey(issuer.publicPem('ES256')), '401 key_unfit'],
    [
      'gives another key',
      () => generateKeyPairSync('rsa', { modulusLength: 2048 }).publicKey,
      '401 signature_invalid',
    ],
    ['gives a weak key', weak, '401 key_unfit'],
    ['gives a key that signs nothing here', wrongCurve, '401 key_unfit'],
  ])('are judged for what it does when it %s (ours)', async (_, keys, expected) => {
    expect(await outcome(keys)).toBe(expected)
  })

  it('are asked for by the header, which the function cannot change (RFC 7515 §4)', async () => {
    let seen: unknown
    await judge(
      (header) => {
        seen = header
        expect(Object.isFrozen(header)).toBe(true)
        return publicKey
      },
      await issuer.accessToken(),
    )
    expect(seen).toEqual({ alg: 'RS256', kid: issuer.kid('RS256'), typ: 'at+jwt' })
  })

  it('are asked for once for any number of tokens that need the same key at the same time (ours)', async () => {
    let asked = 0
    const keys: KeyFunction = async () => {
      asked++
      await new Promise(setImmediate)
      return publicKey
    }
    const server = createResourceServer({ issuer: ISSUER, audience: AUDIENCE, keys })
    const tokens = await Promise.all(Array.from({ length: 50 }, () => issuer.accessToken()))
    const decisions = await Promise.all(tokens.map((token) => server.authenticate(bearer(token))))
    expect([decisions.every(({ ok }) => ok), asked]).toEqual([true, 1])
    await server.authenticate(bearer(await issuer.accessToken()))
    expect(asked).toBe(2)
  })

  it('have four seconds, and no request is left hanging (ours)', async () => {
    const clock = new TestClock()
    const deciding = judge(() => new Promise(() => undefined), await issuer.accessToken(), clock)
    // The function is asked in a later turn; then the four seconds pass.
    await new Promise(setImmediate)
    clock.pass(4000)
    expect(await deciding).toMatchObject({
      refusal: { status: 503 },
      reason: { actual: 'no answer within 4000 ms' },
    })
  })
})
