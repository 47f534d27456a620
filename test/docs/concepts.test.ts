import { createResourceServer, staticJwks } from '@gatewarden/core'
import { createTestIssuer } from '@gatewarden/testing'
import { expect, it } from 'vitest'
import { blocksOf } from './pages.ts'

const API = 'https://example.com/health-api'
const blocks = blocksOf('docs/concepts.md')

function claimsOf(title: string): Record<string, unknown> {
  return JSON.parse(blocks.find((block) => block.title === title)?.code ?? '')
}

/** What an API says to a token of the page, at the time at which it was issued. */
async function verdict(claims: Record<string, unknown>, audience: string): Promise<string> {
  const issuer = await createTestIssuer({ issuer: 'https://login.example.com/' })
  const now = () => Number(claims['iat']) * 1000 + 1000
  const api = createResourceServer(
    { issuer: issuer.issuer, audience, keys: staticJwks(issuer.jwks()) },
    { now },
  )
  const header = { alg: 'RS256', typ: 'JWT', kid: issuer.kid() }
  const token = await issuer.raw({ header, payload: claims })
  const { admitted, reason } = await api.explain(token)
  return admitted ? 'admitted' : `${reason?.code}`
}

it('the access token in docs/concepts.md opens the API that it is for (RFC 9068 §4)', async () => {
  expect(await verdict(claimsOf('access-token'), API)).toBe('admitted')
  expect(await verdict(claimsOf('access-token'), 'https://example.com/other-api')).toBe('audience_mismatch')
})

it('the ID token in docs/concepts.md opens no API, whatever its audience (OpenID Connect Core §2)', async () => {
  expect(await verdict(claimsOf('id-token'), API)).toBe('id_token')
  expect(await verdict(claimsOf('id-token'), 'my_client_id')).toBe('id_token')
  expect(await verdict({ ...claimsOf('id-token'), aud: API }, API)).toBe('id_token')
})
