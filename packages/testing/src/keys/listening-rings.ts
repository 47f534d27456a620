const lent = new Set<string>()

/**
 * Lends the key ring of this name, or another one where a listening issuer of this process holds it. So issuers that
 * listen one after another reuse key pairs, and issuers that listen side by side never share one.
 */
export function borrowRing(wanted: string): { readonly name: string; giveBack(): void } {
  let name = wanted
  for (let n = 2; lent.has(name); n += 1) name = `${wanted} ${n}`
  lent.add(name)
  return { name, giveBack: () => void lent.delete(name) }
}
