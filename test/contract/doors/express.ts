import { authorize, requireJwt } from '@gatewarden/express'
import express from 'express'
import express4App from 'express4'
import { answerOf, type Door } from '../door.ts'

function door(name: string, createApp: typeof express): Door {
  return {
    name,
    mount(server, routes) {
      const app = createApp()
      // Express's own handler prints errors unless this is set; its answer is the same.
      app.set('env', 'test')
      app.use('/api', requireJwt(server))
      for (const { path, guard } of routes) {
        app.all(path, ...(guard === undefined ? [] : [authorize(guard)]), (req, res) => {
          res.json(answerOf(req.auth))
        })
      }
      app.all('/unprotected', authorize(routes[1]?.guard ?? (() => undefined)), (_req, res) => {
        res.json({ passed: true })
      })
      return app
    },
  }
}

export const express5 = door('Express 5', express)
export const express4 = door('Express 4', express4App as unknown as typeof express)
