import type { Configuration } from 'oidc-provider'
import { HEALTH_APP } from './clients.ts'
import type { CookieJar } from './cookie-jar.ts'

/** How the health app is told of people who sign out (OpenID Connect Back-Channel Logout §2.2). */
export interface LogoutNotice {
  readonly uri: string
  /** Whether a logout token says which session ended; else it is about all sessions of the user. */
  readonly sessionRequired: boolean
}

/** oidc-provider's configuration, with people signing out and the health app told of it. */
export function withLogout(
  configuration: Configuration,
  { uri, sessionRequired }: LogoutNotice,
): Configuration {
  const told = { backchannel_logout_uri: uri, backchannel_logout_session_required: sessionRequired }
  return {
    ...configuration,
    clients: configuration.clients.map((client) =>
      client.client_id === HEALTH_APP.clientId ? { ...client, ...told } : client,
    ),
    features: {
      ...configuration.features,
      backchannelLogout: { enabled: true },
      rpInitiatedLogout: {
        enabled: true,
        logoutSource: (context, form) => {
          context.body = form
        },
      },
    },
    // Its own dispatcher posts to no loopback address, and this example has no other.
    fetch: (url, { dispatcher: _, ...options }) => fetch(url, options),
  }
}

/** Signs out of the authorization server, as the browser of `jar` (OpenID Connect RP-Initiated Logout §2). */
export async function signOut(issuer: string, idToken: string, jar: CookieJar): Promise<void> {
  const query = new URLSearchParams({ id_token_hint: idToken })
  const asked = await fetch(`${issuer}/session/end?${query}`, { headers: jar.header() })
  jar.keep(asked)
  const xsrf = /name="xsrf" value="([^"]+)"/.exec(await asked.text())?.[1]
  if (xsrf === undefined) throw new Error(`Signing out was answered with ${asked.status} and no form`)
  const confirmed = await fetch(`${issuer}/session/end/confirm`, {
    method: 'POST',
    headers: jar.header(),
    body: new URLSearchParams({ xsrf, logout: 'yes' }),
    redirect: 'manual',
  })
  jar.keep(confirmed)
  await confirmed.arrayBuffer()
  if (confirmed.status >= 400) throw new Error(`Signing out was answered with ${confirmed.status}`)
}
