import { type Check, pass } from '../../check.ts'
import { iso } from '../../time.ts'
import type { PushedFacts } from './facts.ts'

export const checkRequestUriUnused: Check<PushedFacts> = {
  id: 'pushed.request-uri-unused',
  title: 'The request_uri is used for the first time',
  spec: 'RFC 9126 4, 7.3',
  levels: { lenient: 'warn' },
  run: ({ record }) =>
    record?.consumedAt
      ? {
          error: 'invalid_request_uri',
          description: 'The request_uri was used before',
          observed: `used before, ${iso(record.consumedAt)}`,
          expected: 'a request_uri that is used once',
          hint: 'Push the request again for each login.',
        }
      : pass(),
}
