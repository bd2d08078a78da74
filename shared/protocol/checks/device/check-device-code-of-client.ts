import { type Check, pass } from '../../check.ts'
import type { DeviceCodeFacts } from './facts.ts'

export const checkDeviceCodeOfClient: Check<DeviceCodeFacts> = {
  id: 'device-code.of-client',
  title: 'The device_code was given to this client',
  spec: 'RFC 8628 3.4, RFC 6749 5.2',
  run: ({ record, clientId }) =>
    record?.clientId === clientId
      ? pass(clientId)
      : {
          error: 'invalid_grant',
          description: 'The device code was issued to another client',
          observed: `client ${clientId}`,
          expected: `client ${record?.clientId}`,
        },
}
