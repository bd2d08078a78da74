import { checkCodeFormat } from '../../../shared/protocol/checks/second-factor/check-code-format.ts'
import { checkCodeRight } from '../../../shared/protocol/checks/second-factor/check-code-right.ts'
import { checkEnrolled } from '../../../shared/protocol/checks/second-factor/check-enrolled.ts'
import { checkNotEnrolled } from '../../../shared/protocol/checks/second-factor/check-not-enrolled.ts'
import { checkNotLocked } from '../../../shared/protocol/checks/second-factor/check-not-locked.ts'
import { checkSessionAccepted } from '../../../shared/protocol/checks/session/check-session-accepted.ts'
import { checkSessionKnown } from '../../../shared/protocol/checks/session/check-session-known.ts'
import { checkSessionLive } from '../../../shared/protocol/checks/session/check-session-live.ts'
import type { SessionFacts } from '../../../shared/protocol/checks/session/facts.ts'
import { checkPasswordTries, checkSecretTries } from '../../../shared/protocol/checks/throttle/index.ts'
import { type CheckCase, invalidGrant, invalidRequest, invalidToken, NOW, of } from './case.ts'

const session: SessionFacts = {
  session: { state: 'active', expiresAt: NOW + 1, endedAt: null },
  now: NOW,
  accepts: ['active'],
}
const sessionRefusal = { ...invalidToken, challenge: 'Bearer' } as const

/** Sessions and the second factor. */
export const loginCases: CheckCase[] = [
  of(
    checkSessionKnown,
    [session],
    [
      [
        { ...session, session: null },
        { ...sessionRefusal, description: 'Invalid session' },
      ],
    ],
  ),
  of(
    checkSessionLive,
    [session],
    [
      [
        { ...session, session: { state: 'active', expiresAt: NOW, endedAt: null } },
        { ...sessionRefusal, description: 'Session expired' },
      ],
      [
        { ...session, session: { state: 'active', expiresAt: NOW + 1, endedAt: NOW } },
        { ...sessionRefusal, description: 'Session ended' },
      ],
    ],
  ),
  of(
    checkSessionAccepted,
    [session],
    [
      [
        { ...session, session: { state: 'pending', expiresAt: NOW + 1, endedAt: null } },
        { ...sessionRefusal, description: 'Second factor required' },
      ],
    ],
  ),
  of(
    checkCodeFormat,
    [{ code: '000000' }],
    [
      [{ code: undefined }, { ...invalidRequest, observed: 'no code' }],
      [{ code: '12345' }, { ...invalidRequest, observed: '5 characters' }],
      [{ code: '12345a' }, invalidRequest],
      [{ code: '123456\n' }, invalidRequest],
      [{ code: '１２３４５６' }, invalidRequest],
    ],
  ),
  of(checkEnrolled, [{ state: 'on' }, { state: 'pending' }], [[{ state: 'off' }, invalidRequest]]),
  of(checkNotEnrolled, [{ state: 'off' }, { state: 'pending' }], [[{ state: 'on' }, invalidRequest]]),
  of(
    checkNotLocked,
    [{ outcome: 'wrong', now: NOW, lockedUntil: NOW + 60_000 }],
    [
      [
        { outcome: 'locked', now: NOW, lockedUntil: NOW + 59_001 },
        { error: 'temporarily_unavailable', status: 429, retryAfter: 60 },
      ],
      [{ outcome: 'locked', now: NOW, lockedUntil: NOW + 1 }, { retryAfter: 1 }],
      [{ outcome: 'locked', now: NOW, lockedUntil: null }, { retryAfter: 1 }],
    ],
  ),
  of(
    checkSecretTries,
    [{ wrong: 19, limit: 20, until: NOW + 60_000, now: NOW }],
    [
      [
        { wrong: 20, limit: 20, until: NOW + 59_001, now: NOW },
        { error: 'invalid_client', status: 401, retryAfter: 60 },
      ],
      [{ wrong: 21, limit: 20, until: NOW + 1, now: NOW }, { retryAfter: 1 }],
    ],
  ),
  of(
    checkPasswordTries,
    [{ wrong: 19, limit: 20, until: NOW + 60_000, now: NOW }],
    [
      [
        { wrong: 20, limit: 20, until: NOW + 60_000, now: NOW },
        { ...invalidGrant, retryAfter: 60 },
      ],
    ],
  ),
  of(
    checkCodeRight,
    [{ outcome: 'accepted', now: NOW, lockedUntil: null }],
    [
      [
        { outcome: 'wrong', now: NOW, lockedUntil: null },
        { ...invalidGrant, status: 401, challenge: 'Bearer' },
      ],
      [
        { outcome: 'replayed', now: NOW, lockedUntil: null },
        { ...invalidGrant, status: 401 },
      ],
    ],
  ),
]
