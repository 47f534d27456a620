import { operatorView } from '@gatewarden/example-health-api'
import type { Shop } from './shop.ts'
import type { Step } from './steps.ts'
import type { Wallet } from './wallet.ts'

/** What was answered to a step, and whether that is what was promised. */
export interface Outcome {
  readonly step: Step
  readonly status: number
  readonly reason: string | undefined
  /** For people: what was done, or why not. */
  readonly says: string
  readonly kept: boolean
}

/** Takes the steps one after the other. */
export async function walk(shop: Shop, wallet: Wallet, steps: readonly Step[]): Promise<Outcome[]> {
  const outcomes: Outcome[] = []
  for (const step of steps) {
    shop.refusals.length = 0
    const response = await step.ask(shop, wallet[step.token])
    const body: unknown = await response.json()
    const [refusal] = shop.refusals
    const reason = refusal?.code ?? text(body, 'error')
    const { status } = response
    outcomes.push({
      step,
      status,
      reason,
      says: refusal === undefined ? told(body) : operatorView(refusal),
      kept: status === step.status && reason === step.reason,
    })
  }
  return outcomes
}

/** An API's answer as it is; of the authorization server's what the token says, or why there is none. */
function told(body: unknown): string {
  const token = text(body, 'access_token')
  if (token !== undefined) {
    const { sub, scope, act } = claimsOf(token)
    return spaced({ sub, scope, act })
  }
  const error = text(body, 'error')
  return error === undefined ? spaced(body) : `${error}: ${text(body, 'error_description')}`
}

/** JSON in one line that can be broken. */
function spaced(value: unknown): string {
  return JSON.stringify(value, null, 1).replace(/\s+/g, ' ')
}

/** Unverified: for showing only. */
export function claimsOf(jwt: string): Readonly<Record<string, unknown>> {
  return JSON.parse(Buffer.from(jwt.split('.')[1] ?? '', 'base64url').toString())
}

function text(body: unknown, member: string): string | undefined {
  const value: unknown = typeof body === 'object' && body !== null ? Reflect.get(body, member) : undefined
  return typeof value === 'string' ? value : undefined
}
