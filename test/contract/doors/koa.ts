import { authorize, requireJwt } from '@gatewarden/koa'
import Koa from 'koa'
import Koa2 from 'koa2'
import { answerOf, type Door } from '../door.ts'

function door(name: string, createApp: () => Koa): Door {
  return {
    name,
    mount(server, routes) {
      const app = createApp()
      // Koa's own handler prints errors unless this is set; its answer is the same.
      app.silent = true
      const protect = requireJwt(server)
      app.use((ctx, next) => (ctx.path.startsWith('/api') ? protect(ctx, next) : next()))
      for (const { path, guard } of routes) {
        const answer = async (ctx: Koa.Context) => {
          ctx.body = answerOf(ctx.state.auth)
        }
        const check = guard === undefined ? undefined : authorize(guard)
        app.use((ctx, next) => {
          if (ctx.path !== path) return next()
          return check === undefined ? answer(ctx) : check(ctx, () => answer(ctx))
        })
      }
      const unprotected = authorize(routes[1]?.guard ?? (() => undefined))
      app.use((ctx, next) => (ctx.path === '/unprotected' ? unprotected(ctx, next) : next()))
      return app.callback()
    },
  }
}

export const koa3 = door('Koa 3', () => new Koa())
export const koa2 = door('Koa 2', () => new Koa2() as unknown as Koa)
