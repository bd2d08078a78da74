import { checkDeviceApproved } from './check-device-approved.ts'
import { checkDeviceCodeKnown } from './check-device-code-known.ts'
import { checkDeviceCodeNotDenied } from './check-device-code-not-denied.ts'
import { checkDeviceCodeNotExpired } from './check-device-code-not-expired.ts'
import { checkDeviceCodeOfClient } from './check-device-code-of-client.ts'
import { checkDeviceCodePresent } from './check-device-code-present.ts'
import { checkDeviceCodeUnused } from './check-device-code-unused.ts'
import { checkDevicePollingSlow } from './check-device-polling-slow.ts'
import { checkUserCodeKnown } from './check-user-code-known.ts'
import { checkUserCodeNotExpired } from './check-user-code-not-expired.ts'
import { checkUserCodePresent } from './check-user-code-present.ts'
import { checkUserCodeUnanswered } from './check-user-code-unanswered.ts'

export type { DeviceCodeFacts, UserCodeFacts } from './facts.ts'

/** A poll at the token endpoint, in order. */
export const deviceCodeChecks = [
  checkDeviceCodePresent,
  checkDeviceCodeKnown,
  checkDeviceCodeOfClient,
  checkDeviceCodeUnused,
  checkDeviceCodeNotExpired,
  checkDeviceCodeNotDenied,
  checkDevicePollingSlow,
  checkDeviceApproved,
] as const

/** Whether a user code may be answered, in order. */
export const userCodeChecks = [
  checkUserCodePresent,
  checkUserCodeKnown,
  checkUserCodeUnanswered,
  checkUserCodeNotExpired,
] as const
