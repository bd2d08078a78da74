export { checkAddress } from './check-address.ts'
export { checkOwnIssuer } from './check-own-issuer.ts'
export type { AddressFacts, OwnerFacts } from './facts.ts'
