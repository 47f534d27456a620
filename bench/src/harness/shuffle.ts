/** The same entries in another order, every order as likely (Fisher-Yates). */
export function shuffled<Entry>(entries: readonly Entry[]): Entry[] {
  const order = [...entries]
  for (let last = order.length - 1; last > 0; last--) {
    const other = Math.floor(Math.random() * (last + 1))
    ;[order[last], order[other]] = [order[other] as Entry, order[last] as Entry]
  }
  return order
}
