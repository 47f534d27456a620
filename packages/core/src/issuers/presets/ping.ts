import { readChoice } from '../../option-checks.ts'
import type { IssuerOptions } from '../options.ts'
import { type CommonOptions, commonOptions, requireGuid } from './preset.ts'

/** An environment of PingOne. */
export interface PingOptions extends CommonOptions {
  readonly environmentId: string
  /** The region's domain ending. Default: `com`. */
  readonly region?: 'com' | 'eu' | 'ca' | 'asia' | 'com.au' | 'sg' | undefined
}

/**
 * PingOne. Access tokens name their client; with or without `typ: at+jwt`.
 *
 * @throws ConfigurationError where `environmentId` is no GUID
 */
export function ping(options: PingOptions): IssuerOptions {
  const common = commonOptions('ping', options, ['environmentId', 'region'])
  const region =
    readChoice(options.region, ['com', 'eu', 'ca', 'asia', 'com.au', 'sg'], 'ping.region') ?? 'com'
  const environment = requireGuid(options.environmentId, 'ping.environmentId')
  return {
    ...common(),
    issuer: `https://auth.pingone.${region}/${environment}/as`,
    mapping: { requires: ['client_id'] },
  }
}
