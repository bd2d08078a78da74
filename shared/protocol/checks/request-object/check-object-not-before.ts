import { checkAssertionNotBefore } from '../assertion/check-assertion-not-before.ts'
import { ofRequestObject } from './facts.ts'

export const checkObjectNotBefore = ofRequestObject(checkAssertionNotBefore, {
  spec: 'RFC 7519 4.1.5, RFC 9101 4',
})
