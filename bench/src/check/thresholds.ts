/** What a figure of a bench must be, at most or at least. */
export interface Threshold {
  /** Name of the figure, as the benches give it; what stands before the first dot is the bench. */
  readonly figure: string
  readonly says: string
  readonly atMost?: number
  readonly atLeast?: number
  /** The versions of Node that it holds for; without it, all. */
  readonly node?: 'before 24' | '24 and later'
}

const OLD = 'before 24'
const NEW = '24 and later'

/** Every promise about speed, in one place. */
export const THRESHOLDS: readonly Threshold[] = [
  { figure: 'verify.RS256.gatewarden', says: 'RS256, to crypto.verify', atMost: 1.36 },
  { figure: 'verify.ES256.gatewarden', says: 'ES256, to crypto.verify', atMost: 1.14, node: OLD },
  { figure: 'verify.ES256.gatewarden/options', says: 'ES256, to ieee-p1363', atMost: 0.8, node: NEW },
  { figure: 'verify.PS256.gatewarden', says: 'PS256, to crypto.verify', atMost: 1.4, node: OLD },
  { figure: 'verify.PS256.gatewarden/options', says: 'PS256, to the option form', atMost: 0.85, node: NEW },
  { figure: 'verify.HS256.gatewarden', says: 'HS256, to the HMAC', atMost: 4 },
  { figure: 'verify.RS256.gatewarden/fast-jwt', says: 'RS256, ahead of fast-jwt', atMost: 1 },

  { figure: 'cache.RS256.gatewarden/fast-jwt', says: 'RS256 hit, to a hit of fast-jwt', atMost: 0.5 },
  { figure: 'cache.ES256.gatewarden/fast-jwt', says: 'ES256 hit, to a hit of fast-jwt', atMost: 0.5 },
  { figure: 'cache.HS256.gatewarden/fast-jwt', says: 'HS256 hit, to a hit of fast-jwt', atMost: 0.5 },

  { figure: 'http.express.warm', says: 'Express, known tokens, to unprotected', atLeast: 0.85 },
  { figure: 'http.koa.warm', says: 'Koa, known tokens, to unprotected', atLeast: 0.76, node: OLD },
  { figure: 'http.koa.warm', says: 'Koa, known tokens, to unprotected', atLeast: 0.84, node: NEW },
  { figure: 'http.fastify.warm', says: 'Fastify, known tokens, to unprotected', atLeast: 0.72, node: OLD },
  { figure: 'http.fastify.warm', says: 'Fastify, known tokens, to unprotected', atLeast: 0.8, node: NEW },
  ...['express', 'koa', 'fastify'].flatMap((framework) => [
    {
      figure: `http.${framework}.cold/verify-only`,
      says: `${framework}, fresh tokens, to crypto.verify only`,
      atLeast: 0.75,
    },
    {
      figure: `http.${framework}.warm/best-peer`,
      says: `${framework}, known tokens, ahead of peers`,
      atLeast: 1,
    },
    {
      figure: `http.${framework}.cold/best-peer`,
      says: `${framework}, fresh tokens, ahead of peers`,
      atLeast: 1,
    },
  ]),

  ...['express', 'koa', 'fastify'].map((framework) => ({
    figure: `introspection.${framework}.warm`,
    says: `${framework}, known opaque tokens, to unprotected`,
    atLeast: 0.8,
  })),
  { figure: 'introspection.calls.one', says: 'questions for 1,000 requests at once, one token', atMost: 1 },
  { figure: 'introspection.calls.fifty', says: 'questions for 1,000 at once, 50 tokens', atMost: 50 },
  { figure: 'introspection.calls.known', says: 'questions for the same, known', atMost: 0 },
  { figure: 'introspection.calls.later', says: 'questions for the same, after the ttl', atMost: 50 },
  { figure: 'introspection.calls.invented', says: 'questions for 5,000 invented at once', atMost: 50 },
  { figure: 'introspection.refused', says: 'good tokens refused, flood and outage included', atMost: 0 },
  { figure: 'introspection.flood.calls/allowed', says: 'questions in a flood, to the limit', atMost: 1 },
  { figure: 'introspection.flood.refused', says: 'known tokens refused in a flood', atMost: 0 },
  { figure: 'introspection.flood.p99/known', says: 'p99 in a flood, to as many known', atMost: 1.5 },

  { figure: 'import.express', says: '@gatewarden/express beyond Express', atMost: 1.25 },
  { figure: 'memory.gatewarden', says: 'bytes a remembered token, beside its claims', atMost: 1536 },

  { figure: 'malformed.worst', says: 'µs to refuse what is no token, 16 KiB of it', atMost: 50 },

  { figure: 'scale.tokens', says: '100,000 live tokens to 10, no cache', atMost: 1.25 },
  { figure: 'scale.tokens.cache', says: '100,000 live tokens, with cache to without', atMost: 1.25 },
  { figure: 'scale.issuers', says: '500 issuers to 1', atMost: 1.25 },
  { figure: 'scale.cluster.fetches', says: 'fetches of keys by each worker', atMost: 1 },
]
