import type { Refusal } from './refusal.ts'

/** A refusal, or another answer of the same make. */
export interface Answer<Status extends number = Refusal['status']> extends Pick<Refusal, 'headers' | 'body'> {
  readonly status: Status
}

/** A refusal as bytes and fields, for whatever writes it. */
export interface RenderedRefusal<Status extends number = Refusal['status']> {
  readonly status: Status
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
export function renderRefusal<Status extends number>(
  { status, headers, body }: Answer<Status>,
  current: (name: string) => number | string | readonly string[] | undefined = () => undefined,
): RenderedRefusal<Status> {
  const fields = Object.entries(headers).map(([name, value]) => {
    const before = name === EXPOSE ? [current(name) ?? ''].flat().filter((part) => part !== '') : []
    return [name, [...before, value].join(', ')] as const
  })
  if (body === undefined) return { status, fields: [...fields, ['content-length', '0']], body: undefined }
  const text = JSON.stringify(body)
  const type = ['content-type', 'application/json; charset=utf-8'] as const
  return { status, fields: [...fields, type, ['content-length', `${Buffer.byteLength(text)}`]], body: text }
}
