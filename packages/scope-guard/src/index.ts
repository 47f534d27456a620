export { claim } from './claim.ts'
export { client } from './client.ts'
export { allOf, anyOf, not } from './combine.ts'
export { anyScope, scopes } from './scopes.ts'
