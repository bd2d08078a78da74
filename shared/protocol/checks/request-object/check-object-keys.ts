import { checkAssertionKeys } from '../assertion/check-assertion-keys.ts'
import { ofRequestObject } from './facts.ts'

export const checkObjectKeys = ofRequestObject(checkAssertionKeys, { spec: 'RFC 9101 6.2, RFC 7591 2' })
