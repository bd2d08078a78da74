import { describe, expect, test } from 'vitest'
import { deviceState } from '../../renderer/features/flows/device-state.ts'
import type { FlowRun } from '../../shared/contract/operations/flows.ts'

// How the code of a device is told to stand.

type Step = FlowRun['steps'][number]

const attempt = (at: number, body: object): Step['attempts'][number] => ({
  n: 1,
  at,
  by: 'run',
  login: null,
  outcome: 'passed',
  summary: '',
  hops: [
    {
      at,
      durationMs: 1,
      request: { method: 'POST', url: 'https://as.example/x', headers: [], body: '' },
      response: { status: 200, headers: [], body: JSON.stringify(body), truncated: false },
      problem: null,
      exchangeId: null,
    },
  ],
  redirect: null,
  checks: [],
  kept: [],
})

const step = (index: number, more: Partial<Step>): Step => ({
  id: `step-${index}`,
  title: '',
  does: '',
  spec: '',
  needs: [],
  gives: [],
  type: 'request',
  index,
  state: 'passed',
  missing: [],
  prepared: null,
  edited: false,
  original: null,
  problem: null,
  attempts: [],
  ...more,
})

function run({ poll = {}, polledAt = 2, interval = { value: '5', step: 0 } }, askedAt = 1) {
  const values = [
    { name: 'user_code', value: 'ABCD-EFGH', step: 0 },
    { name: 'verification_uri', value: 'https://as.example/device', step: 0 },
    { name: 'user_code_expires_at', value: '1700', step: 0 },
    { name: 'interval', ...interval },
  ]
  const asked = step(0, { gives: ['device_code'], attempts: [attempt(askedAt, { interval: 5 })] })
  const polled = step(1, {
    needs: ['device_code'],
    state: 'pending',
    attempts: [attempt(polledAt, poll)],
  })
  return { values, steps: [asked, polled] }
}

describe('the code of a device', () => {
  test('has an end and an interval', () => {
    expect(deviceState(run({ poll: { error: 'authorization_pending' } }))).toEqual({
      code: 'ABCD-EFGH',
      place: 'https://as.example/device',
      complete: null,
      interval: 5,
      firstInterval: null,
      expiresAt: 1_700_000,
      over: null,
      firstStep: 0,
    })
  })

  test('says what the interval was before slow_down', () => {
    const state = deviceState(run({ interval: { value: '10', step: 1 } }))
    expect([state?.interval, state?.firstInterval]).toEqual([10, 5])
  })

  test.each([
    ['expired_token', 'expired'],
    ['access_denied', 'denied'],
    ['invalid_client', null],
  ])('is over after %s: %s', (error, over) => {
    expect(deviceState(run({ poll: { error } }))?.over).toBe(over)
  })

  test('is not over for what was answered to the code before it', () => {
    expect(deviceState(run({ poll: { error: 'expired_token' }, polledAt: 2 }, 3))?.over).toBeNull()
  })

  test('is not shown once the device has its tokens, or without a code', () => {
    const { values, steps } = run({})
    const done = [steps[0]!, { ...steps[1]!, state: 'passed' as const }]
    expect(deviceState({ values, steps: done })).toBeNull()
    expect(deviceState({ values: [], steps })).toBeNull()
  })
})
