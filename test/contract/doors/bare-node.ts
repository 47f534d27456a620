import { type BareRoute, bareNode } from '../../support/bare-node.ts'
import { answerOf, type Door } from '../door.ts'

export const node: Door = {
  name: 'node:http',
  mount(server, routes) {
    const all = new Map<string, BareRoute>()
    for (const { path, guard } of routes) all.set(path, { ...(guard && { guard }), handler: answerOf })
    const guard = routes[1]?.guard ?? (() => undefined)
    all.set('/unprotected', { guard, handler: () => ({ passed: true }) })
    return bareNode(server, '/api', all)
  },
}
