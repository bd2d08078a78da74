import { type Check, pass } from '../../check.ts'
import type { DeviceCodeFacts } from './facts.ts'

export const checkDeviceCodeKnown: Check<DeviceCodeFacts> = {
  id: 'device-code.known',
  title: 'The device_code is one this issuer gave out',
  spec: 'RFC 8628 3.4, RFC 6749 5.2',
  run: ({ record }) =>
    record
      ? pass()
      : {
          error: 'invalid_grant',
          description: 'Invalid device code',
          observed: 'a device_code that is not stored',
          expected: 'the device_code the device authorization endpoint gave',
          hint: 'device_code is for the client; user_code is what the user types.',
        },
}
