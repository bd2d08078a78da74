import { type Check, pass } from '../../check.ts'
import type { DeviceCodeFacts } from './facts.ts'

export const checkDeviceApproved: Check<DeviceCodeFacts> = {
  id: 'device-code.approved',
  title: 'The user has allowed it',
  spec: 'RFC 8628 3.5',
  run: ({ record }) =>
    record?.grantId
      ? pass()
      : {
          error: 'authorization_pending',
          description: 'The user has not answered yet',
          observed: 'a user who has not finished at the verification_uri',
          expected: `the next poll in ${record?.interval} s`,
          hint: 'That is how the flow goes: nothing is wrong.',
        },
}
