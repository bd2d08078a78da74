import { type Check, pass } from '../../check.ts'
import type { BodyFacts } from './facts.ts'

export const MAX_BODY_BYTES = 262_144

export const checkSize: Check<BodyFacts> = {
  id: 'request.body-size',
  title: 'The body is not larger than the issuer reads',
  spec: 'RFC 9110 15.5.14',
  run: ({ tooLarge, bytes }) =>
    tooLarge
      ? {
          error: 'invalid_request',
          status: 413,
          description: `The body is larger than ${MAX_BODY_BYTES} bytes`,
          observed: `at least ${bytes} bytes`,
          expected: `at most ${MAX_BODY_BYTES} bytes`,
        }
      : pass(`${bytes} bytes`),
}
