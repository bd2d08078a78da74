export { type ClaimsParameterFacts, checkClaimsParameter } from './check-claims-parameter.ts'
