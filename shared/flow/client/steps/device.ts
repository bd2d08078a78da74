import { judgeAll } from '../check.ts'
import { checkJson, checkMember, checkStatus } from '../checks/answer.ts'
import { accessPairs, endpoint, extraPairs, needed } from '../context.ts'
import type { FlowAnswer, LoginStep, Reading, RequestStep } from '../types.ts'
import { reading, readTokens, refusedReading, texts } from './answers.ts'

const MEMBERS = ['device_code', 'user_code', 'verification_uri', 'verification_uri_complete']
const KEPT = [...MEMBERS, 'interval', 'user_code_expires_at']

export const deviceStep: RequestStep = {
  id: 'device_authorization',
  type: 'request',
  title: 'Ask for a device code',
  does: 'A device without a browser asks for two codes: one to show to its user, one to poll with.',
  spec: 'RFC 8628 3.1',
  needs: [],
  gives: KEPT,
  plan: (context) => ({
    method: 'POST',
    url: endpoint(context, 'device_authorization_endpoint'),
    form: [...accessPairs(context), ...extraPairs(context)],
    clientAuth: true,
  }),
  read(answer, _context, { now }) {
    if (answer.status !== 200) return refusedReading(answer, 'RFC 8628 3.2')
    const members = ['device_code', 'user_code', 'verification_uri'] as const
    const checks = judgeAll(
      [
        checkStatus('RFC 8628 3.2'),
        checkJson('RFC 8628 3.2'),
        ...members.map((name) => checkMember(name, 'RFC 8628 3.2')),
        checkMember('expires_in', 'RFC 8628 3.2', 'number'),
      ],
      { answer },
    )
    const lifetime = answer.json?.expires_in
    const kept: Record<string, string> = {
      // Left out, it is five seconds (RFC 8628 3.2), however slowly was polled for a code before.
      interval: '5',
      ...texts(answer, [...MEMBERS, 'interval']),
      ...(typeof lifetime === 'number' ? { user_code_expires_at: String(now + lifetime) } : {}),
    }
    return reading(checks, { passed: `The code for the user is ${kept.user_code}.`, kept })
  },
}

export const approveStep: LoginStep = {
  id: 'approve',
  type: 'login',
  title: 'Let the user approve the device',
  does: 'The user opens the page on another machine, compares the code, logs in and allows it. The device hears of it by polling.',
  spec: 'RFC 8628 3.3',
  needs: ['user_code', 'verification_uri'],
  gives: [],
  returnsTo: null,
  stateValue: 'state',
  plan: (context) => ({
    method: 'GET',
    url: context.values.verification_uri_complete ?? needed(context, 'verification_uri'),
  }),
  read: () => ({
    outcome: 'passed',
    summary: 'The user has the page; polling tells what they did.',
    kept: {},
    checks: [],
  }),
}

const PENDING = ['authorization_pending', 'slow_down']

export const pollStep: RequestStep = {
  id: 'token',
  type: 'request',
  title: 'Poll for the tokens',
  does: 'Asks whether the user is done. Not more often than the issuer said, and five seconds slower each time it says slow_down.',
  spec: 'RFC 8628 3.4',
  needs: ['device_code'],
  gives: ['access_token', 'refresh_token', 'id_token', 'expires_at', 'sub'],
  plan: (context) => ({
    method: 'POST',
    url: endpoint(context, 'token_endpoint'),
    headers: [['accept', 'application/json']],
    form: [
      ['grant_type', 'urn:ietf:params:oauth:grant-type:device_code'],
      ['device_code', needed(context, 'device_code')],
      ...extraPairs(context),
    ],
    clientAuth: true,
    dpop: true,
  }),
  read(answer, context, facts) {
    const pending = pendingReading(answer, Number(context.values.interval ?? 5))
    return (
      pending ?? readTokens(answer, context, facts, { spec: 'RFC 8628 3.5', nonce: false, idToken: true })
    )
  },
}

/** RFC 8628 3.5: slow_down raises the interval by five seconds, for good. */
function pendingReading({ status, json }: FlowAnswer, interval: number): Reading | null {
  if (status !== 400 || !PENDING.includes(String(json?.error))) return null
  const slower = json?.error === 'slow_down'
  const kept: Record<string, string> = slower ? { interval: String(interval + 5) } : {}
  const summary = slower
    ? `Asked too soon: from now on every ${interval + 5} seconds.`
    : 'The user is not done yet.'
  return { outcome: 'pending', summary, kept, checks: [] }
}
