import { checkAssertionSignature } from '../assertion/check-assertion-signature.ts'
import { ofRequestObject } from './facts.ts'

export const checkObjectSignature = ofRequestObject(checkAssertionSignature, {
  spec: 'RFC 9101 6.2, RFC 7515 5.2',
})
