import { isTypedForApis } from '../../token/kind.ts'
import type { IssuerOptions } from '../options.ts'
import { type CommonOptions, commonOptions, requireList } from './preset.ts'

/** Workflows of GitHub Actions that call this API. */
export interface GithubActionsOptions extends CommonOptions {
  /** Repositories whose workflows may call, `octo-org/octo-repo`. Required: any workflow on GitHub gets a token for any audience. */
  readonly repositories: readonly string[]
}

/**
 * GitHub Actions: the OIDC token of a workflow run. The client is the repository. Which branch, environment or workflow may do what is for
 * guards: `claim('ref', 'refs/heads/main')`.
 *
 * @throws ConfigurationError where no repository is named
 */
export function githubActions(options: GithubActionsOptions): IssuerOptions {
  const common = commonOptions('githubActions', options, ['repositories'])
  return {
    clients: requireList(
      options.repositories,
      'githubActions.repositories',
      "Give repositories: ['octo-org/octo-repo']",
    ),
    ...common(),
    issuer: 'https://token.actions.githubusercontent.com',
    tokenKind: ({ repository, job_workflow_ref: workflow }, header) =>
      isTypedForApis(header) && typeof repository === 'string' && typeof workflow === 'string',
    mapping: {
      client: ({ repository }) => (typeof repository === 'string' ? repository : undefined),
      scopes: () => [],
      principal: () => 'client',
    },
  }
}
