import type { JwtClaims } from '../../token/claims.ts'
import { isTypedForApis } from '../../token/kind.ts'
import { member } from '../../token/mapping.ts'
import type { IssuerOptions } from '../options.ts'
import { type CommonOptions, commonOptions, requireList } from './preset.ts'

/** Service accounts of a Kubernetes cluster. */
export interface KubernetesOptions extends CommonOptions {
  /** The cluster's issuer: its `--service-account-issuer`. */
  readonly issuer: string
  /** Where its keys are, if they are not to be found by discovery. */
  readonly jwksUri?: string | undefined
  /** Accounts that may call, `namespace/name`. Required: every pod of the cluster can have a token for any audience. */
  readonly serviceAccounts: readonly string[]
}

/**
 * Kubernetes: projected service account tokens. The client is `namespace/name`. Inside the cluster, give a `fetch` that trusts the cluster's
 * certificate authority and sends the pod's own token.
 *
 * @throws ConfigurationError where no account is named
 */
export function kubernetes(options: KubernetesOptions): IssuerOptions {
  const common = commonOptions('kubernetes', options, ['issuer', 'jwksUri', 'serviceAccounts'])
  return {
    clients: requireList(
      options.serviceAccounts,
      'kubernetes.serviceAccounts',
      "Give accounts: ['shop/checkout']",
    ),
    ...common(options.jwksUri),
    issuer: options.issuer,
    tokenKind: (claims, header) => isTypedForApis(header) && accountOf(claims) !== undefined,
    mapping: { client: accountOf, scopes: () => [], principal: () => 'client' },
  }
}

/** `namespace/name`, where subject and claim agree on it. */
function accountOf(claims: JwtClaims): string | undefined {
  const place = claims['kubernetes.io']
  const namespace = member(place, 'namespace')
  const name = member(member(place, 'serviceaccount'), 'name')
  return claims.sub === `system:serviceaccount:${namespace}:${name}` ? `${namespace}/${name}` : undefined
}
