import { checkAssertionUnused } from '../assertion/check-assertion-unused.ts'
import { ofRequestObject } from './facts.ts'

// A user who reloads the page sends the same URL again, and does no harm by it.
export const checkObjectUnused = ofRequestObject(checkAssertionUnused, {
  spec: 'RFC 7519 4.1.7, RFC 9101 10.2',
  levels: { standard: 'warn', lenient: 'off' },
})
