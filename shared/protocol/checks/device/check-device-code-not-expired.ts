import { type Check, pass } from '../../check.ts'
import { iso } from '../../time.ts'
import type { DeviceCodeFacts } from './facts.ts'

export const checkDeviceCodeNotExpired: Check<DeviceCodeFacts> = {
  id: 'device-code.not-expired',
  title: 'The device_code has not expired',
  spec: 'RFC 8628 3.5',
  run: ({ record, now }) =>
    record && record.expiresAt <= now
      ? {
          error: 'expired_token',
          description: 'The device code has expired',
          observed: `expired ${iso(record.expiresAt)}; the issuer's clock says ${iso(now)}`,
          expected: 'a new request to the device authorization endpoint',
        }
      : pass(record ? `ends ${iso(record.expiresAt)}` : undefined),
}
