import { checkAssertionSecretLength } from '../assertion/check-assertion-secret-length.ts'
import { ofRequestObject } from './facts.ts'

export const checkObjectSecretLength = ofRequestObject(checkAssertionSecretLength, { spec: 'RFC 7518 3.2' })
