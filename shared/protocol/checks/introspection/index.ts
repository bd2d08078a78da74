export { checkCallerAuthenticated } from './check-caller-authenticated.ts'
export { checkTokenParameter } from './check-token-parameter.ts'
