import gatewarden = require('@gatewarden/fastify')
import onExpress = require('@gatewarden/express')
import onKoa = require('@gatewarden/koa')

const options = { issuer: 'https://my-domain.example/', audience: 'https://example.com/health-api' }

export = [onExpress.requireJwt(options), onKoa.requireJwt(options), gatewarden.default]
