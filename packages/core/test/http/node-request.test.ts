import { describe, expect, it } from 'vitest'
import { nodeRequest, requestView } from '../../src/http/node-request.ts'
import { isPreflight } from '../../src/http/preflight.ts'
import { request } from '../support.ts'

const node = (rawHeaders: string[], url = '/', method = 'GET') => nodeRequest({ method, url, rawHeaders })

describe('the view of a Node request', () => {
  it('has every value of a field, in order and in any letter case (RFC 6750 §2, RFC 9110 §5.1)', () => {
    const view = node([
      'Host',
      'a',
      'Authorization',
      'Bearer a',
      'AUTHORIZATION',
      'Bearer b',
      'authorization',
      '',
    ])
    expect(view.header('authorization')).toEqual(['Bearer a', 'Bearer b', ''])
    expect(view.header('host')).toEqual(['a'])
  })

  it('finds no field by a value, a part of its name or an inherited name (ours)', () => {
    const view = node(['X', 'authorization', 'Authorization2', 'a', 'X-Authorization', 'b'])
    for (const name of ['authorization', 'constructor', '__proto__', ''])
      expect(view.header(name)).toEqual([])
  })

  it.each([
    ['/a?access_token=x&b', 'access_token=x&b'],
    ['/a??b', '?b'],
    ['/a?', ''],
    ['/a', ''],
    ['http://host/a?b=c', 'b=c'],
    ['*', ''],
  ])('has the query of %s (RFC 3986 §3.4)', (url, query) => {
    expect(node([], url).query).toBe(query)
  })

  it('reads a request without method and address (ours)', () => {
    const view = nodeRequest({ method: undefined, url: undefined, rawHeaders: [] })
    expect([view.method, view.query]).toEqual(['', ''])
  })

  it('is made of a Node request, and any other view is left as it is (ours)', () => {
    const view = request([])
    expect(requestView(view)).toBe(view)
    expect(requestView({ method: 'GET', url: '/?a', rawHeaders: [] }).query).toBe('a')
  })
})

describe('a CORS preflight', () => {
  const origin = ['origin', 'https://app.test'] as const
  const method = ['access-control-request-method', 'GET'] as const
  it.each([
    ['OPTIONS with origin and method', 'OPTIONS', [origin, method], true],
    ['OPTIONS alone', 'OPTIONS', [], false],
    ['OPTIONS without a method', 'OPTIONS', [origin], false],
    ['OPTIONS without an origin', 'OPTIONS', [method], false],
    ['OPTIONS with two origins', 'OPTIONS', [origin, origin, method], false],
    ['options in small letters', 'options', [origin, method], false],
    ['GET', 'GET', [origin, method], false],
  ])('is %s: %s %j is %s (Fetch, CORS-preflight request)', (_, verb, fields, expected) => {
    expect(isPreflight(request(fields, '', verb))).toBe(expected)
  })
})
