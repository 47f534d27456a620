import { generateKeyPairSync } from 'node:crypto'
import { createResourceServer } from '@gatewarden/core'
import { clientCredentials, createAuthorizationServer, HEALTH_API } from '@gatewarden/example-health-api'
import { decodeProtectedHeader } from 'jose'
import { describe, expect, it } from 'vitest'

describe.each([
  ['RSA-OAEP-256', 'A256GCM', generateKeyPairSync('rsa', { modulusLength: 2048 })],
  ['ECDH-ES', 'A128GCM', generateKeyPairSync('ec', { namedCurve: 'P-256' })],
] as const)('oidc-provider, encrypting with %s and %s', (alg, enc, { publicKey, privateKey }) => {
  it.each(['jwt', 'rfc9068'] as const)(
    'gives a token that is admitted in profile %s (RFC 9068 §4)',
    async (profile) => {
      const { issuer, services, close } = await createAuthorizationServer({
        encrypt: { alg, enc, key: publicKey, kid: 'health-api' },
      })
      try {
        const { access_token: token } = await clientCredentials(issuer, services.reporting, HEALTH_API)
        expect(decodeProtectedHeader(token)).toMatchObject({ alg, enc, kid: 'health-api', iss: issuer })
        const request = { method: 'GET', query: '', header: () => [`Bearer ${token}`] }
        const options = { issuer, audience: HEALTH_API, profile }
        const keys = [{ ...privateKey.export({ format: 'jwk' }), kid: 'health-api' }]
        const api = createResourceServer({ ...options, decryption: { keys, required: true } })
        await api.ready()
        for (let i = 0; i < 3; i++)
          expect(await api.authenticate(request)).toMatchObject({
            ok: true,
            auth: { token, principal: 'client', subject: 'reporting-service' },
          })
        expect(await createResourceServer(options).authenticate(request)).toMatchObject({
          reason: { code: 'encrypted_token' },
        })
      } finally {
        await close()
      }
    },
  )
})
