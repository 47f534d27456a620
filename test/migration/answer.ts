import { request } from 'node:http'

/** What an API answered. */
export interface Answer {
  /** In one line: status, challenge, kind of body; of an admitted request the status alone. */
  readonly summary: string
  readonly status: number
  readonly body: string
}

/** Asks an API over HTTP. Several values of a field go out as several fields. */
export function ask(url: string, authorization: string | readonly string[] | undefined): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const asking = request(url, { agent: false }, (response) => {
      let body = ''
      response.setEncoding('utf8')
      response.on('data', (piece: string) => {
        body += piece
      })
      response.on('error', reject)
      response.on('end', () => {
        const { statusCode: status = 0, headers } = response
        const challenge = summaryOfChallenge(headers['www-authenticate'])
        const kind = kindOfBody(headers['content-type'], body)
        resolve({ status, body, summary: status < 300 ? `${status}` : `${status}, ${challenge}, ${kind}` })
      })
    })
    asking.on('error', reject)
    if (authorization !== undefined)
      asking.setHeader(
        'authorization',
        typeof authorization === 'string' ? authorization : [...authorization],
      )
    asking.end()
  })
}

/** Scheme, error and scope: realms and descriptions are each product's own words. */
function summaryOfChallenge(field: string | undefined): string {
  if (field === undefined) return 'no challenge'
  const told = ['error', 'scope'].flatMap((name) => new RegExp(`\\b${name}="[^"]*"`).exec(field)?.[0] ?? [])
  return [field.split(' ', 1).join(''), told.join(' ')].join(' ').trim()
}

function kindOfBody(contentType: string | undefined, body: string): string {
  if (body === '') return 'no body'
  if (contentType?.includes('json')) return 'JSON'
  return contentType?.includes('html') ? 'HTML' : 'text'
}
