import { describe, expect, it } from 'vitest'
import { isFetchable } from '../../src/upstream/fetchable.ts'

describe('the addresses that keys may be fetched from', () => {
  it.each([
    'https://issuer.test/',
    'https://issuer.test:8443/tenant?x=1',
    'https://10.0.0.1/',
    'http://localhost/',
    'http://localhost:3000/',
    'http://127.0.0.1:3000/',
    'http://127.9.9.9/',
    'http://[::1]:3000/',
  ])('include %s (RFC 8414 §2)', (address) => {
    expect(isFetchable(address)).toBe(true)
  })

  it.each([
    'http://issuer.test/',
    'http://localhost.evil.test/',
    'http://127.0.0.1.evil.test/',
    'http://evil.test/127.0.0.1',
    'http://0.0.0.0/',
    'http://[::]/',
    'http://10.0.0.1/',
    'http://127.0.0.1@evil.test/',
    'https://user:password@issuer.test/',
    'https://user@issuer.test/',
    'file:///etc/passwd',
    'data:application/json,{}',
    'ftp://issuer.test/',
    '//issuer.test/',
    'issuer.test',
    '',
  ])('do not include %s (RFC 8414 §2)', (address) => {
    expect(isFetchable(address)).toBe(false)
  })
})
