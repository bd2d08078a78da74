export { checkTokenOfClient } from './check-token-of-client.ts'
