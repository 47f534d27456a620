import type { Refusal } from './refusal.ts'

/** A refusal as bytes and fields, for whatever writes it. */
export interface RenderedRefusal {
  readonly status: Refusal['status']
  /** In lower case, with the type of the body and the length. */
  readonly fields: readonly (readonly [name: string, value: string])[]
  readonly body: string | undefined
}

const EXPOSE = 'access-control-expose-headers'

/**
 * The one form in which a refusal is written, byte for byte the same behind every framework. The application's own list of exposed
 * fields is added to, not replaced.
 *
 * @param current what the application set for a field before
 */
export function renderRefusal(
  { status, headers, body }: Refusal,
  current: (name: string) => number | string | readonly string[] | undefined = () => undefined,
): RenderedRefusal {
  const fields = Object.entries(headers).map(([name, value]) => {
    const before = name === EXPOSE ? [current(name) ?? ''].flat().filter((part) => part !== '') : []
    return [name, [...before, value].join(', ')] as const
  })
  if (body === undefined) return { status, fields: [...fields, ['content-length', '0']], body: undefined }
  const text = JSON.stringify(body)
  const type = ['content-type', 'application/json; charset=utf-8'] as const
  return { status, fields: [...fields, type, ['content-length', `${Buffer.byteLength(text)}`]], body: text }
}
