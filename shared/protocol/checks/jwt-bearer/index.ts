export { checkAssertionPresent } from './check-assertion-present.ts'
export { checkUserKnown } from './check-user-known.ts'
