import { ConfigurationError } from '../../errors.ts'
import type { JwtClaims } from '../../token/claims.ts'
import { isTypedForApis } from '../../token/kind.ts'
import type { ClaimMapping } from '../../token/mapping.ts'
import { spaced, strings } from '../../token/mapping.ts'
import type { IssuerOptions } from '../options.ts'
import { type CommonOptions, commonOptions, requireGuid } from './preset.ts'

/** One tenant of Microsoft Entra ID, several, or all of them. */
export interface EntraOptions extends CommonOptions {
  /** The directory (tenant) id; or `common`: any tenant whatever, which is for APIs that check the claim `tid` themselves. */
  readonly tenant?: string | undefined
  readonly tenants?: readonly string[] | undefined
}

const LOGIN = 'https://login.microsoftonline.com'

/** What differs between the two versions of tokens, either of which an application may be set to. */
const VERSIONS = [
  {
    ver: '2.0',
    issuer: (tenant: string) => `${LOGIN}/${tenant}/v2.0`,
    keys: 'discovery/v2.0/keys',
    client: 'azp',
    method: 'azpacr',
  },
  {
    ver: '1.0',
    issuer: (tenant: string) => `https://sts.windows.net/${tenant}/`,
    keys: 'discovery/keys',
    client: 'appid',
    method: 'appidacr',
  },
] as const

/**
 * Microsoft Entra ID, tokens of version 1.0 and 2.0. Access tokens alone say how the client authenticated (`azpacr`, `appidacr`), and
 * must; `tid` must be the tenant of `iss`. A key that is published for one tenant verifies no token of another. Version 2.0 names the API by its client id (a GUID),
 * version 1.0 by that or by its App ID URI: give `audience` both where both are in use.
 *
 * @throws ConfigurationError where a tenant is no GUID
 */
export function entra(options: EntraOptions): readonly IssuerOptions[] {
  const common = commonOptions('entra', options, ['tenant', 'tenants'])
  return tenantsOf(options).flatMap((tenant) =>
    VERSIONS.map(({ ver, issuer, keys, client, method }) => ({
      ...common(`${LOGIN}/${tenant}/${keys}`),
      issuer: issuer(tenant === 'common' ? '{tenantid}' : tenant),
      tokenKind: (claims, header) =>
        isTypedForApis(header) &&
        claims['ver'] === ver &&
        typeof claims[method] === 'string' &&
        claims.iss === issuer(`${claims['tid']}`),
      mapping: mapping(client),
    })),
  )
}

function tenantsOf({ tenant, tenants }: EntraOptions): readonly string[] {
  if (tenant === 'common' && tenants === undefined) return ['common']
  if ((tenant === undefined) === (tenants === undefined) || tenants?.length === 0)
    throw new ConfigurationError(
      'entra',
      'names no tenant, or names them twice',
      "Give tenant, tenants or 'common'",
    )
  return (tenants ?? [tenant]).map((id) =>
    requireGuid(id, tenants === undefined ? 'entra.tenant' : 'entra.tenants'),
  )
}

function mapping(clientClaim: string): ClaimMapping {
  const client = ({ [clientClaim]: id }: JwtClaims) => (typeof id === 'string' ? id : undefined)
  return {
    requires: ['tid'],
    client,
    scopes: ({ scp }) => spaced(scp),
    roles: ({ roles }) => strings(roles),
    principal({ idtyp, scp, oid, sub }) {
      if (idtyp === 'app' || idtyp === 'user') return idtyp === 'app' ? 'client' : 'user'
      if (scp !== undefined) return 'user'
      return oid !== undefined && oid === sub ? 'client' : undefined
    },
  }
}
