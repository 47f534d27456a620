import { timingSafeEqual } from 'node:crypto'

/** Someone who can sign in. The role decides which of the requested scopes the login grants. */
export interface Person {
  readonly username: string
  readonly name: string
  readonly role: 'nurse' | 'doctor'
  /** Shown on the login page: these people exist only in this example. */
  readonly password: string
  readonly mayGrant: readonly string[]
}

export const people: readonly Person[] = [
  {
    username: 'ada',
    name: 'Ada',
    role: 'nurse',
    password: 'night-shift',
    mayGrant: ['read:patients', 'read:orders'],
  },
  {
    username: 'grace',
    name: 'Grace',
    role: 'doctor',
    password: 'ward-round',
    mayGrant: ['read:patients', 'write:patients', 'read:orders', 'place:orders', 'write:billing'],
  },
]

/** The person of that username. */
export function findPerson(username: unknown): Person | undefined {
  return people.find((person) => person.username === username)
}

/** The person who signs in with this username and password, if they are right. */
export function signIn(username: unknown, password: unknown): Person | undefined {
  const person = findPerson(username)
  return person && typeof password === 'string' && same(password, person.password) ? person : undefined
}

function same(given: string, expected: string): boolean {
  const left = Buffer.from(given)
  const right = Buffer.from(expected)
  return left.length === right.length && timingSafeEqual(left, right)
}
