import { BILLING_API, HEALTH_API } from '../catalogue.ts'
import type { ServiceClient, ServiceClients } from '../clients.ts'

/** A service that the console can get a token for. The secret stays in this process. */
export interface Machine {
  readonly id: string
  readonly service: ServiceClient
  readonly audience: string
  /** What there is to see with its token. */
  readonly says: string
}

/** The services registered at the authorization server, and one of them calling the wrong API. */
export function machines({ reporting, adminConsole, auditScript }: ServiceClients): readonly Machine[] {
  return [
    { id: 'reporting', service: reporting, audience: HEALTH_API, says: 'may read the patients' },
    { id: 'admin', service: adminConsole, audience: HEALTH_API, says: 'the one client let into /api/admin' },
    {
      id: 'audit',
      service: auditScript,
      audience: HEALTH_API,
      says: 'same scope, not on the list of /api/admin',
    },
    { id: 'billing', service: reporting, audience: BILLING_API, says: 'same scope, but for the billing API' },
  ]
}
