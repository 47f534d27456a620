import { createTestIssuer, type TestIssuer } from '@gatewarden/testing'
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import { FetchFailure } from '../../src/upstream/fetch.ts'
import { discover, metadataAddresses } from '../../src/upstream/metadata.ts'

describe('the addresses of metadata', () => {
  it.each([
    [
      'https://a.test',
      'https://a.test/.well-known/openid-configuration',
      'https://a.test/.well-known/oauth-authorization-server',
    ],
    [
      'https://a.test/',
      'https://a.test/.well-known/openid-configuration',
      'https://a.test/.well-known/oauth-authorization-server',
    ],
    [
      'https://a.test/t',
      'https://a.test/t/.well-known/openid-configuration',
      'https://a.test/.well-known/oauth-authorization-server/t',
    ],
    [
      'https://a.test/t/',
      'https://a.test/t/.well-known/openid-configuration',
      'https://a.test/.well-known/oauth-authorization-server/t',
    ],
    [
      'https://a.test/t/v2.0',
      'https://a.test/t/v2.0/.well-known/openid-configuration',
      'https://a.test/.well-known/oauth-authorization-server/t/v2.0',
    ],
    [
      'https://a.test:8443/t',
      'https://a.test:8443/t/.well-known/openid-configuration',
      'https://a.test:8443/.well-known/oauth-authorization-server/t',
    ],
    [
      'https://a.test/%7Et',
      'https://a.test/%7Et/.well-known/openid-configuration',
      'https://a.test/.well-known/oauth-authorization-server/%7Et',
    ],
  ])('of %s are %s, then %s (OpenID Connect Discovery §4, RFC 8414 §3.1)', (issuer, first, second) => {
    expect(metadataAddresses(issuer)).toEqual([first, second])
  })
})

describe('discover', () => {
  let issuer: TestIssuer
  beforeAll(async () => {
    issuer = await createTestIssuer({ algorithms: ['ES256'] })
    await issuer.listen({ path: '/tenant' })
  })
  afterEach(() => {
    issuer.restore()
    issuer.resetRequests()
  })
  afterAll(() => issuer.close())

  const limits = () => ({ signal: AbortSignal.timeout(5000), fetch, maxBytes: 65_536 })
  const ask = (name = issuer.issuer, match: 'exact' | 'slash-optional' = 'exact') =>
    discover(name, match, limits())
  const withMetadata = (metadata: Record<string, unknown>) => issuer.behave({ discovery: { metadata } })

  it('takes issuer and jwks_uri of the first document, and asks once (OpenID Connect Discovery §4)', async () => {
    expect(await ask()).toEqual({ issuer: issuer.issuer, jwksUri: issuer.jwksUri })
    expect(issuer.requests.discovery.map(({ url }) => url)).toEqual([
      '/tenant/.well-known/openid-configuration',
    ])
  })

  it('asks the second address where the first has nothing (RFC 8414 §3.1)', async () => {
    issuer.behave({ discovery: [{ status: 404 }, 'ok'] })
    expect(await ask()).toEqual({ issuer: issuer.issuer, jwksUri: issuer.jwksUri })
    expect(issuer.requests.discovery.map(({ url }) => url)).toEqual([
      '/tenant/.well-known/openid-configuration',
      '/.well-known/oauth-authorization-server/tenant',
    ])
  })

  it('names both failures where neither answers (ours)', async () => {
    issuer.behave({ discovery: [{ status: 404 }, { status: 500 }] })
    await expect(ask()).rejects.toThrow(
      /openid-configuration answered 404; .*oauth-authorization-server.* answered 500/,
    )
  })

  it.each([
    ['another issuer', { issuer: 'https://evil.test/' }],
    ['a slash more', { issuer: 'SLASH' }],
    ['no issuer', { issuer: undefined }],
    ['a list of issuers', { issuer: ['x'] }],
    ['no jwks_uri', { jwks_uri: undefined }],
    ['a jwks_uri without TLS', { jwks_uri: 'http://evil.test/jwks' }],
    ['a jwks_uri that is a file', { jwks_uri: 'file:///etc/passwd' }],
    ['a jwks_uri that is a list', { jwks_uri: ['https://issuer.test/jwks'] }],
  ])('refuses metadata with %s (RFC 8414 §3.3)', async (_, metadata) => {
    withMetadata(
      'issuer' in metadata && metadata.issuer === 'SLASH' ? { issuer: `${issuer.issuer}/` } : metadata,
    )
    await expect(ask()).rejects.toThrow(FetchFailure)
  })

  it.each(['null', '5', '[]', '"x"', '{'])('refuses metadata that is %s (RFC 8414 §3.2)', async (body) => {
    issuer.behave({ discovery: { body } })
    await expect(ask()).rejects.toThrow(FetchFailure)
  })

  it('tells the operator when only a slash is wrong (ours)', async () => {
    withMetadata({ issuer: `${issuer.issuer}/` })
    await expect(ask()).rejects.toThrow(/final slash only/)
  })

  it('takes the published form where the slash is optional, and no other difference (RFC 8414 §3.3)', async () => {
    withMetadata({ issuer: `${issuer.issuer}/` })
    expect(await ask(issuer.issuer, 'slash-optional')).toMatchObject({ issuer: `${issuer.issuer}/` })
    withMetadata({ issuer: `${issuer.issuer}//` })
    await expect(ask(issuer.issuer, 'slash-optional')).rejects.toThrow(FetchFailure)
    withMetadata({ issuer: `${issuer.issuer}/other` })
    await expect(ask(issuer.issuer, 'slash-optional')).rejects.toThrow(FetchFailure)
  })
})
