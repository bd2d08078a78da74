import { checkNoRequestUri } from '../../../shared/protocol/checks/pushed/check-no-request-uri.ts'
import { checkPushRequired } from '../../../shared/protocol/checks/pushed/check-push-required.ts'
import { checkRequestUriKnown } from '../../../shared/protocol/checks/pushed/check-request-uri-known.ts'
import { checkRequestUriNotExpired } from '../../../shared/protocol/checks/pushed/check-request-uri-not-expired.ts'
import { checkRequestUriOfClient } from '../../../shared/protocol/checks/pushed/check-request-uri-of-client.ts'
import { checkRequestUriUnused } from '../../../shared/protocol/checks/pushed/check-request-uri-unused.ts'
import type { PushedFacts } from '../../../shared/protocol/checks/pushed/facts.ts'
import { type CheckCase, invalidRequest, NOW, of } from './case.ts'

const record = { clientId: 'app', expiresAt: NOW + 1, consumedAt: null }
const facts: PushedFacts = { clientId: 'app', now: NOW, record }
const invalidRequestUri = { error: 'invalid_request_uri' } as const

/** Authorization requests that were pushed ahead of their user. */
export const pushedCases: CheckCase[] = [
  of(checkNoRequestUri, [{ requestUri: undefined }], [[{ requestUri: 'urn:x' }, invalidRequest]]),
  of(
    checkPushRequired,
    [
      { required: false, pushed: false },
      { required: true, pushed: true },
    ],
    [[{ required: true, pushed: false }, invalidRequest]],
  ),
  of(checkRequestUriKnown, [facts], [[{ ...facts, record: null }, invalidRequestUri]]),
  of(
    checkRequestUriOfClient,
    [facts],
    [
      [
        { ...facts, clientId: 'other' },
        { ...invalidRequestUri, observed: 'client other', expected: 'client app' },
      ],
      [
        { ...facts, clientId: undefined },
        { ...invalidRequestUri, observed: 'no client_id' },
      ],
    ],
  ),
  of(
    checkRequestUriUnused,
    [facts],
    [[{ ...facts, record: { ...record, consumedAt: NOW } }, invalidRequestUri]],
  ),
  of(
    checkRequestUriNotExpired,
    [facts],
    [[{ ...facts, record: { ...record, expiresAt: NOW } }, invalidRequestUri]],
  ),
]
