import { type Check, pass } from '../../check.ts'
import { iso } from '../../time.ts'
import type { DeviceCodeFacts } from './facts.ts'

export const checkDeviceCodeUnused: Check<DeviceCodeFacts> = {
  id: 'device-code.unused',
  title: 'The device_code has not been traded for tokens yet',
  spec: 'RFC 8628 3.5, RFC 6749 5.2',
  run: ({ record }) =>
    record?.consumedAt
      ? {
          error: 'invalid_grant',
          description: 'The device code was used before',
          observed: `used before, ${iso(record.consumedAt)}`,
          expected: 'no more polls once the tokens have come',
        }
      : pass(),
}
