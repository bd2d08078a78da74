import { checkAssertionAlgorithm } from '../assertion/check-assertion-algorithm.ts'
import { ofRequestObject } from './facts.ts'

export const checkObjectAlgorithm = ofRequestObject(checkAssertionAlgorithm, {
  spec: 'RFC 9101 6.2, RFC 8725 3.1',
})
