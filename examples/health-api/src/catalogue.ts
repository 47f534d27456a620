/** The APIs that the authorization server issues access tokens for, by audience: scope → description. */
export const HEALTH_API = 'https://example.com/health-api'
/** A neighbour with a scope of the same name: its tokens are good, only not here. */
export const BILLING_API = 'https://example.com/billing-api'

const catalogue: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  [HEALTH_API]: {
    'read:patients': 'See the patients of the ward',
    'write:patients': 'Admit new patients',
    'read:admin': 'See how the ward is run',
  },
  [BILLING_API]: {
    'read:patients': 'See whom to send the invoice to',
  },
}

/** The scopes of an API with their descriptions, or undefined for an API that is not served here. */
export function scopesOf(audience: string): Readonly<Record<string, string>> | undefined {
  return Object.hasOwn(catalogue, audience) ? catalogue[audience] : undefined
}
