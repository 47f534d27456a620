export { createHealthApi } from './health-api.ts'
