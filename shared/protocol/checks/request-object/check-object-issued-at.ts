import { checkAssertionIssuedAt } from '../assertion/check-assertion-issued-at.ts'
import { ofRequestObject } from './facts.ts'

export const checkObjectIssuedAt = ofRequestObject(checkAssertionIssuedAt, {
  spec: 'RFC 7519 4.1.6, RFC 9101 4',
})
