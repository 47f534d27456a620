import {
  authorizationCode,
  CookieJar,
  clientCredentials,
  createAuthorizationServer,
  signOut,
} from '@gatewarden/example-health-api'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { ACCESS_TOKEN, GRANT_TYPE } from '../src/names.ts'
import { ARCHIVE_API, BILLING_API, ORDERS_API } from '../src/rules.ts'
import { openShop, type Shop } from '../src/shop.ts'
import { STEPS } from '../src/steps.ts'
import { tokenExchange } from '../src/token-exchange.ts'
import { transcript } from '../src/transcript.ts'
import { claimsOf, walk } from '../src/walk.ts'
import { fillWallet, type Wallet } from '../src/wallet.ts'

let shop: Shop
let wallet: Wallet
beforeAll(async () => {
  shop = await openShop()
  wallet = await fillWallet(shop)
})
afterAll(() => shop.close())

it('tells the story as promised, each answer with its reason (RFC 8693 §4.1)', async () => {
  const outcomes = await walk(shop, wallet, STEPS)
  expect(outcomes.map(({ step, status, reason }) => [step.asks, step.token, status, reason])).toEqual([
    ['orders: POST /orders', 'orders', 201, undefined],
    ['billing: POST /invoices', 'orders', 401, 'audience_mismatch'],
    ['issuer: POST /token, orders-api for billing-api', 'orders', 200, undefined],
    ['billing: POST /invoices', 'exchanged', 201, undefined],
    ['billing: PUT /payment-method', 'exchanged', 403, 'delegation_denied'],
    ['orders: POST /orders', 'exchanged', 401, 'audience_mismatch'],
    ['billing: PUT /payment-method', 'inPerson', 200, undefined],
    ['billing: POST /invoices', 'inPerson', 403, 'delegation_denied'],
    ['issuer: POST /token, billing-api for archive-api', 'exchanged', 200, undefined],
    ['orders: POST /orders', 'nurse', 403, 'scope_missing'],
    ['issuer: POST /token, orders-api for billing-api', 'nurse', 400, 'invalid_scope'],
    ['issuer: POST /token, orders-api for billing-api', 'inPerson', 400, 'invalid_request'],
    ['issuer: POST /token, orders-api for archive-api', 'orders', 400, 'invalid_target'],
  ])
  const text = transcript(outcomes)
  expect(text).toContain('13 of 13 answers as promised')
  expect(Math.max(...text.split('\n').map((line) => line.length))).toBeLessThan(120)
})

it('says so where an answer is not the promised one', async () => {
  const [first] = STEPS
  if (first === undefined) throw new TypeError('there is no step')
  const outcomes = await walk(shop, wallet, [{ ...first, status: 418 }])
  expect(transcript(outcomes)).toMatch(/BROKEN, promised was 418.*0 of 1 answers as promised/s)
})

interface Answer {
  readonly status: number
  readonly body: Readonly<Record<string, unknown>>
}

/** An exchange of Grace's token by the orders API for the billing API, with these parameters changed. */
async function exchange(
  changes: Readonly<Record<string, string | undefined>> = {},
  { clientId, clientSecret } = shop.ordersService,
): Promise<Answer> {
  const form = {
    grant_type: GRANT_TYPE,
    subject_token: wallet.orders,
    subject_token_type: ACCESS_TOKEN,
    audience: BILLING_API,
    ...changes,
  }
  const body = new URLSearchParams()
  for (const [name, value] of Object.entries(form)) if (value !== undefined) body.set(name, value)
  const authorization = `Basic ${Buffer.from(`${clientId}:${clientSecret}`).toString('base64')}`
  return answerOf(
    await fetch(shop.ordersService.tokenEndpoint, { method: 'POST', headers: { authorization }, body }),
  )
}

async function answerOf(response: Response): Promise<Answer> {
  return { status: response.status, body: (await response.json()) as Answer['body'] }
}

function claimsIn({ body }: Answer): Readonly<Record<string, unknown>> {
  return claimsOf(String(body['access_token']))
}

describe('the token that an exchange gives', () => {
  it('is for the other API alone, about the user, and names who acts (RFC 8693 §4.1)', async () => {
    const answer = await exchange()
    expect(answer).toMatchObject({
      status: 200,
      body: { issued_token_type: ACCESS_TOKEN, token_type: 'Bearer', scope: 'read:billing write:billing' },
    })
    expect(claimsIn(answer)).toMatchObject({
      iss: shop.issuer,
      aud: BILLING_API,
      sub: 'grace',
      client_id: 'orders-api',
      act: { sub: 'orders-api' },
    })
    expect(answer.body).not.toHaveProperty('refresh_token')
  })

  it('has the scopes that were asked for, and without any the most that may be had (RFC 8693 §2.2.1)', async () => {
    expect(claimsIn(await exchange({ scope: 'read:billing' }))).toMatchObject({ scope: 'read:billing' })
    expect(claimsIn(await exchange({ subject_token: wallet.nurse }))).toMatchObject({ scope: 'read:billing' })
  })

  it('lives for five minutes at most (ours)', async () => {
    const { iat, exp } = claimsIn(await exchange())
    expect(Number(exp) - Number(iat)).toBe(300)
  })

  it('names all who act, the last one outermost (RFC 8693 §4.1)', async () => {
    const changes = { subject_token: wallet.exchanged, audience: ARCHIVE_API }
    expect(claimsIn(await exchange(changes, shop.billingService))).toMatchObject({
      sub: 'grace',
      act: { sub: 'billing-api', act: { sub: 'orders-api' } },
    })
  })
})

describe('an exchange is refused', () => {
  it.each<[string, string, () => Readonly<Record<string, string | undefined>>]>([
    ['of a token that was changed', 'invalid_request', () => ({ subject_token: tampered(wallet.orders) })],
    ['of a token for another API', 'invalid_request', () => ({ subject_token: wallet.inPerson })],
    ['of what is no token', 'invalid_request', () => ({ subject_token: 'not.a.jwt' })],
    ['without a token', 'invalid_request', () => ({ subject_token: undefined })],
    ['without the type of the token', 'invalid_request', () => ({ subject_token_type: undefined })],
    ['with an actor token', 'invalid_request', () => ({ actor_token: wallet.nurse })],
    [
      'for a refresh token',
      'invalid_request',
      () => ({ requested_token_type: 'urn:ietf:params:oauth:token-type:refresh_token' }),
    ],
    ['for no API', 'invalid_target', () => ({ audience: undefined })],
    ['for two APIs', 'invalid_target', () => ({ resource: ARCHIVE_API })],
    ['for the API itself', 'invalid_target', () => ({ audience: ORDERS_API })],
    ['for an API that no rule names', 'invalid_target', () => ({ audience: 'https://example.com/other' })],
    ['for scopes beyond the rule', 'invalid_scope', () => ({ scope: 'write:billing append:records' })],
  ])('%s: %s (RFC 8693 §2.2.2)', async (_, error, changes) => {
    expect(await exchange(changes())).toMatchObject({ status: 400, body: { error } })
  })

  it('of an ID token, however well signed (RFC 9068 §4)', async () => {
    const login = { issuer: shop.issuer, username: 'grace', resource: ORDERS_API, scope: 'place:orders' }
    const { id_token } = await authorizationCode(login)
    expect(await exchange({ subject_token: id_token })).toMatchObject({ body: { error: 'invalid_request' } })
  })

  it('to a service that does not know its secret (RFC 6749 §5.2)', async () => {
    const stranger = { ...shop.ordersService, clientSecret: 'another secret' }
    expect(await exchange({}, stranger)).toMatchObject({ status: 401, body: { error: 'invalid_client' } })
  })

  it('to an app that people sign in with (RFC 6749 §5.2)', async () => {
    const body = new URLSearchParams({
      grant_type: GRANT_TYPE,
      client_id: 'health-app',
      subject_token: wallet.orders,
      subject_token_type: ACCESS_TOKEN,
      audience: BILLING_API,
    })
    const response = await fetch(shop.ordersService.tokenEndpoint, { method: 'POST', body })
    expect(await answerOf(response)).toMatchObject({
      status: 400,
      body: { error_description: 'requested grant type is not allowed for this client' },
    })
  })

  it('once the user has signed out, though the token is valid still (ours)', async () => {
    const jar = new CookieJar()
    const { issuer } = shop
    const login = { issuer, username: 'grace', resource: ORDERS_API, scope: 'place:orders', jar }
    const { access_token: token, id_token } = await authorizationCode(login)
    const changes = { subject_token: token }
    expect(await exchange(changes)).toMatchObject({ status: 200 })
    await signOut(issuer, id_token, jar)
    expect(await exchange(changes)).toMatchObject({ status: 400, body: { error: 'invalid_request' } })

    const headers = { authorization: `Bearer ${token}` }
    const order = await fetch(`${shop.ordersUrl}/orders`, { method: 'POST', headers })
    expect(order.status).toBe(500)
    expect(await order.text()).not.toContain(token)
  })
})

it('gives no service in its own name what is for users and those who act for them (ours)', async () => {
  const { issuer, services, close } = await createAuthorizationServer({ extension: tokenExchange([]) })
  try {
    const greedy = { ...services.reporting, scope: 'read:patients write:billing' }
    const { access_token: token } = await clientCredentials(issuer, greedy, BILLING_API)
    expect(claimsOf(token)).toMatchObject({ aud: BILLING_API, scope: 'read:patients' })
    await expect(clientCredentials(issuer, greedy, ARCHIVE_API)).rejects.toThrow('invalid_target')
  } finally {
    await close()
  }
})

/** The token with another first character in its signature. */
function tampered(token: string): string {
  const at = token.lastIndexOf('.') + 1
  return `${token.slice(0, at)}${token[at] === 'A' ? 'B' : 'A'}${token.slice(at + 1)}`
}
