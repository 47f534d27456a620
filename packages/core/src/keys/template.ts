const PLACEHOLDER = '{tenantid}'
const GUID = /[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}/

/** Whether an issuer stands for those of all tenants, as in the metadata of Entra's `common`. */
export function isTemplate(issuer: string): boolean {
  return issuer.includes(PLACEHOLDER)
}

/** The tenant that makes `issuer` of a template; `undefined` where nothing does. A tenant is a GUID in lower case, and nothing else. */
export function tenantOf(issuer: string, template: string): string | undefined {
  const [before = '', after = ''] = template.split(PLACEHOLDER)
  if (!issuer.startsWith(before) || !issuer.endsWith(after)) return undefined
  const tenant = issuer.slice(before.length, issuer.length - after.length)
  return new RegExp(`^${GUID.source}$`).test(tenant) ? tenant : undefined
}

/** Whether a key with the member `issuer` may verify a token of `iss`: any tenant's by a template, else those of the same GUID. */
export function sameTenant(keyIssuer: string, iss: string): boolean {
  if (isTemplate(keyIssuer)) return true
  const tenant = GUID.exec(keyIssuer)?.[0]
  return tenant === undefined ? keyIssuer === iss : GUID.exec(iss)?.[0] === tenant
}
