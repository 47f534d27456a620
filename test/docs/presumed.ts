/** What blocks of code in the guides may presume, so that they need not say it each time: an Express app and the usual names. */
export const PRESUMED = `
declare const issuer: string
declare const audience: string
declare const app: import('express').Express
`

/** Blocks that say what holds for a whole program are compiled alone. */
export const isProgramWide = (code: string): boolean => code.includes('declare global')
