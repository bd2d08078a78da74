import { type Check, pass } from '../../check.ts'
import type { DeviceCodeFacts } from './facts.ts'

export const checkDeviceCodePresent: Check<DeviceCodeFacts> = {
  id: 'device-code.present',
  title: 'device_code is there',
  spec: 'RFC 8628 3.4',
  run: ({ deviceCode }) =>
    deviceCode === undefined
      ? {
          error: 'invalid_request',
          description: 'Parameter device_code is missing',
          observed: 'no device_code',
          expected: 'the device_code the device authorization endpoint gave',
        }
      : pass(),
}
