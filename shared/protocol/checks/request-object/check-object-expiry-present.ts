import { checkAssertionExpiryPresent } from '../assertion/check-assertion-expiry-present.ts'
import { ofRequestObject } from './facts.ts'

// RFC 9101 leaves exp out; but an object that never ends can be sent again once its use is forgotten.
export const checkObjectExpiryPresent = ofRequestObject(checkAssertionExpiryPresent, {
  spec: 'RFC 9101 10.2, RFC 7519 4.1.4',
  levels: { standard: 'off', lenient: 'off' },
})
