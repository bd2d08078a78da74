import { checkDeviceApproved } from '../../../shared/protocol/checks/device/check-device-approved.ts'
import { checkDeviceCodeKnown } from '../../../shared/protocol/checks/device/check-device-code-known.ts'
import { checkDeviceCodeNotDenied } from '../../../shared/protocol/checks/device/check-device-code-not-denied.ts'
import { checkDeviceCodeNotExpired } from '../../../shared/protocol/checks/device/check-device-code-not-expired.ts'
import { checkDeviceCodeOfClient } from '../../../shared/protocol/checks/device/check-device-code-of-client.ts'
import { checkDeviceCodePresent } from '../../../shared/protocol/checks/device/check-device-code-present.ts'
import { checkDeviceCodeUnused } from '../../../shared/protocol/checks/device/check-device-code-unused.ts'
import { checkDevicePollingSlow } from '../../../shared/protocol/checks/device/check-device-polling-slow.ts'
import { checkUserCodeKnown } from '../../../shared/protocol/checks/device/check-user-code-known.ts'
import { checkUserCodeNotExpired } from '../../../shared/protocol/checks/device/check-user-code-not-expired.ts'
import { checkUserCodePresent } from '../../../shared/protocol/checks/device/check-user-code-present.ts'
import { checkUserCodeUnanswered } from '../../../shared/protocol/checks/device/check-user-code-unanswered.ts'
import type { DeviceCodeFacts, UserCodeFacts } from '../../../shared/protocol/checks/device/facts.ts'
import { type CheckCase, invalidGrant, invalidRequest, NOW, of } from './case.ts'

const approved = {
  clientId: 'tv',
  expiresAt: NOW + 1,
  consumedAt: null,
  deniedAt: null,
  grantId: 'g',
  interval: 5,
  polledAt: NOW - 5_000,
}
const pending = { ...approved, grantId: null }
const facts: DeviceCodeFacts = { deviceCode: 'GmRhm', clientId: 'tv', now: NOW, record: approved }
const waiting: DeviceCodeFacts = { ...facts, record: pending }
const polled = (msAgo: number, record: typeof approved | typeof pending = pending): DeviceCodeFacts => ({
  ...facts,
  record: { ...record, polledAt: NOW - msAgo },
})
const typed: UserCodeFacts = { userCode: 'WDJBMJHT', now: NOW, record: pending }

/** Device codes at the token endpoint, and the user codes that go with them. */
export const deviceCases: CheckCase[] = [
  of(checkDeviceCodePresent, [facts], [[{ ...facts, deviceCode: undefined }, invalidRequest]]),
  of(checkDeviceCodeKnown, [facts], [[{ ...facts, record: null }, invalidGrant]]),
  of(
    checkDeviceCodeOfClient,
    [facts],
    [
      [
        { ...facts, clientId: 'other' },
        { ...invalidGrant, observed: 'client other', expected: 'client tv' },
      ],
    ],
  ),
  of(
    checkDeviceCodeUnused,
    [facts],
    [[{ ...facts, record: { ...approved, consumedAt: NOW } }, invalidGrant]],
  ),
  of(
    checkDeviceCodeNotExpired,
    [facts],
    [[{ ...facts, record: { ...approved, expiresAt: NOW } }, { error: 'expired_token' }]],
  ),
  of(
    checkDeviceCodeNotDenied,
    [facts, waiting],
    [[{ ...facts, record: { ...pending, deniedAt: NOW } }, { error: 'access_denied' }]],
  ),
  of(
    checkDevicePollingSlow,
    [
      { ...facts, record: { ...pending, polledAt: null } },
      polled(5_000),
      polled(4_500),
      polled(0, approved),
      { ...polled(10_000), record: { ...pending, interval: 10, polledAt: NOW - 10_000 } },
    ],
    [
      [
        polled(4_499),
        {
          error: 'slow_down',
          description: 'Poll more slowly: every 10 seconds from now on',
          observed: '4.5 s after the poll before',
          expected: '5 s at least',
        },
      ],
      [{ ...facts, record: { ...pending, interval: 10 } }, { error: 'slow_down' }],
    ],
  ),
  of(checkDeviceApproved, [facts], [[waiting, { error: 'authorization_pending' }]]),
  of(checkUserCodePresent, [typed], [[{ ...typed, userCode: '' }, invalidRequest]]),
  of(checkUserCodeKnown, [typed], [[{ ...typed, record: null }, invalidRequest]]),
  of(
    checkUserCodeNotExpired,
    [typed],
    [[{ ...typed, record: { ...pending, expiresAt: NOW } }, invalidRequest]],
  ),
  of(
    checkUserCodeUnanswered,
    [typed],
    [
      [
        { ...typed, record: approved },
        { ...invalidRequest, observed: 'a code that was allowed' },
      ],
      [
        { ...typed, record: { ...pending, deniedAt: NOW } },
        { ...invalidRequest, observed: 'a code that was denied' },
      ],
    ],
  ),
]
