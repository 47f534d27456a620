import type { Extension, ProviderErrors } from '@gatewarden/example-health-api'
import type { AuthContext } from '@gatewarden/express'
import type { AccessToken, Configuration, GrantContext, default as Provider } from 'oidc-provider'
import { type Asked, PARAMETERS, REPEATABLE, readAsked } from './asked.ts'
import { IssuedTokens } from './issued-tokens.ts'
import { ACCESS_TOKEN, GRANT_TYPE } from './names.ts'
import { APP, resourceServerInfo } from './rules.ts'
import { clientMetadata, type Service } from './services.ts'
import { SubjectTokens } from './subject-tokens.ts'

/** Seconds: an exchanged token is for a call, not for keeping. */
const LIFETIME = 300

/**
 * Token exchange (RFC 8693) for oidc-provider: its own access tokens, for access tokens of another API, by the rules. Exchanged tokens
 * have no more scopes than theirs are good for, outlive neither them nor five minutes, and say who acts.
 */
export function tokenExchange(services: readonly Service[]): Extension {
  const actors = new WeakMap<AccessToken, Record<string, unknown>>()
  return {
    configure: (configuration) => ({
      ...configuration,
      clients: [...configuration.clients, ...services.map(clientMetadata)],
      features: { ...configuration.features, resourceIndicators: withApis(configuration) },
      extraTokenClaims: (_context, token) => actors.get(token),
    }),
    install(provider, errors) {
      const issued = new IssuedTokens()
      provider.on('access_token.issued', (token) => issued.add(token))
      const subjects = new SubjectTokens(provider, issued)
      const handle = async (context: GrantContext): Promise<void> => {
        const asked = readAsked(context.oidc, errors)
        const found = await subjects.find(asked.subjectToken, asked.rule.from)
        if (found === undefined) throw new errors.InvalidRequest('subject_token is not valid here')
        const scope = scopeFor(asked, found.auth, errors)
        const token = newToken(provider, context, { ...found, scope, audience: asked.rule.to })
        actors.set(token, { act: actOf(context.oidc.client.clientId, found.auth) })
        context.oidc.entity('AccessToken', token)
        context.body = {
          access_token: await token.save(),
          issued_token_type: ACCESS_TOKEN,
          token_type: 'Bearer',
          expires_in: token.expiration,
          scope,
        }
      }
      provider.registerGrantType(GRANT_TYPE, handle, PARAMETERS, REPEATABLE)
    },
  }
}

/** The APIs of this example beside those of the authorization server. */
function withApis({ features }: Configuration): Configuration['features']['resourceIndicators'] {
  const { getResourceServerInfo } = features.resourceIndicators
  return {
    enabled: true,
    getResourceServerInfo: (context, audience, client) =>
      // Services act by exchanged tokens only: none gets these scopes in its own name.
      (client.clientId === APP ? resourceServerInfo(audience) : undefined) ??
      getResourceServerInfo(context, audience, client),
  }
}

/** The client acts, and whoever acted before it acted for it (RFC 8693 §4.1). */
function actOf(clientId: string, { claims: { act } }: AuthContext): object {
  return { sub: clientId, ...(act !== undefined && { act }) }
}

/** What is asked for, or all that may be had. @throws `invalid_scope` where that is less than what is asked for, or nothing */
function scopeFor({ rule, scopes }: Asked, { scopes: held }: AuthContext, errors: ProviderErrors): string {
  const mayHave = held.flatMap((scope) => rule.scopes.get(scope) ?? [])
  const wanted = scopes ?? mayHave
  const beyond = wanted.find((scope) => !mayHave.includes(scope))
  if (beyond !== undefined || wanted.length === 0)
    throw new errors.InvalidScope('the subject_token is not good for that scope', beyond ?? '')
  return wanted.join(' ')
}

interface NewToken {
  readonly auth: AuthContext & { readonly subject: string }
  readonly grantId: string
  readonly scope: string
  readonly audience: string
}

function newToken(
  provider: Provider,
  { oidc: { client } }: GrantContext,
  { auth, grantId, scope, audience }: NewToken,
): AccessToken {
  const info = resourceServerInfo(audience)
  if (info === undefined) throw new TypeError(`a rule names ${audience}, which is no API of this example`)
  const left = auth.expiresAt - Math.floor(Date.now() / 1000)
  const token = new provider.AccessToken({
    accountId: auth.subject,
    client,
    grantId,
    gty: GRANT_TYPE,
    scope,
    // It was valid a moment ago, by the clock tolerance of the API perhaps.
    expiresIn: Math.max(1, Math.min(LIFETIME, left)),
  })
  token.resourceServer = new provider.ResourceServer(audience, info)
  return token
}
