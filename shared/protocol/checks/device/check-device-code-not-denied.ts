import { type Check, pass } from '../../check.ts'
import { iso } from '../../time.ts'
import type { DeviceCodeFacts } from './facts.ts'

export const checkDeviceCodeNotDenied: Check<DeviceCodeFacts> = {
  id: 'device-code.not-denied',
  title: 'The user has not denied the request',
  spec: 'RFC 8628 3.5',
  run: ({ record }) =>
    record?.deniedAt
      ? {
          error: 'access_denied',
          description: 'The user denied the request',
          observed: `denied ${iso(record.deniedAt)}`,
          expected: 'consent',
        }
      : pass(),
}
