export { checkCallerAuthenticated } from './check-caller-authenticated.ts'
export { type AudienceOfCallerFacts, checkCallerIsAudience, mayBeTold } from './check-caller-is-audience.ts'
export { checkTokenParameter } from './check-token-parameter.ts'
