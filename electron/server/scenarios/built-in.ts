import { faultPresets } from '../../../shared/contract/faults/presets.ts'
import {
  type ScenarioFile,
  type ScenarioFileInput,
  scenarioFile,
} from '../../../shared/contract/scenario-file.ts'

const preset = (id: string) => faultPresets.find((one) => one.id === id)!.fault

const base = { format: 'grantscope-scenario', version: 1 } as const

const table: Readonly<Record<string, Omit<ScenarioFileInput, 'format' | 'version'>>> = {
  calm: {
    name: 'All is well',
    about: 'No faults, and a clock that shows real time: the way back from any other scenario.',
    faults: [],
    clock: {},
  },
  'bad-network': {
    name: 'Bad network',
    about: 'Slow everywhere, and now and then an answer is lost on its way, after the work was done.',
    faults: [
      { name: 'Everything is slow', action: { kind: 'delay', ms: 800 } },
      {
        name: 'Some token answers are lost',
        match: { endpoints: ['token'] },
        skip: 1,
        every: 4,
        action: { kind: 'drop', when: 'after' },
      },
    ],
  },
  'lost-refresh': {
    name: 'A refresh is lost',
    about:
      'The first refresh works and its answer never arrives. Its token is used up, so the client that tries again loses the family.',
    faults: [preset('refresh-lost')],
    settings: { refreshRotation: 'strict' },
    steps: [
      { name: 'Alice logs in', flow: 'authorization_code', user: 'alice' },
      { name: 'The answer is lost', flow: 'refresh', goesOn: true, expect: 'refused' },
      { name: 'The same token again', flow: 'refresh', goesOn: true, expect: { refused: 'invalid_grant' } },
    ],
  },
  'lost-refresh-forgiven': {
    name: 'A refresh is lost, and forgiven',
    about: 'The same with a grace period: who asks again in time gets an answer.',
    faults: [preset('refresh-lost')],
    settings: { refreshRotation: 'grace' },
    steps: [
      { name: 'Alice logs in', flow: 'authorization_code', user: 'alice' },
      { name: 'The answer is lost', flow: 'refresh', goesOn: true, expect: 'refused' },
      { name: 'The same token again', flow: 'refresh', goesOn: true },
    ],
  },
  'key-rotated-too-early': {
    name: 'Key rotated too early',
    about: 'The JWKS lacks the key that signs: every login ends at the signature of its ID token.',
    faults: [preset('jwks-without-key')],
    steps: [
      {
        name: 'The client refuses the ID token',
        flow: 'authorization_code',
        user: 'alice',
        expect: 'refused',
      },
    ],
  },
  'hostile-issuer': {
    name: 'Answers of somebody else',
    about: 'Another state, another iss, another nonce and another audience: a client must take none of it.',
    faults: [preset('state-changed'), preset('mix-up'), preset('wrong-nonce'), preset('wrong-audience')],
    steps: [
      {
        name: 'The client refuses the redirect',
        flow: 'authorization_code',
        user: 'alice',
        expect: 'refused',
      },
    ],
  },
  outage: {
    name: 'Outage',
    about:
      'Token endpoint and userinfo say 503, the JWKS cannot be reached; metadata and login pages are there.',
    faults: [
      {
        name: 'Token endpoint is down',
        match: { endpoints: ['token', 'userinfo'] },
        action: { kind: 'answer', status: 503, headers: [['retry-after', '30']] },
      },
      preset('jwks-down'),
    ],
  },
  'clock-ahead': {
    name: 'The issuer is ahead by ten minutes',
    about: 'Tokens are valid only in the future for a client with the right time: what leeway does it allow?',
    faults: [],
    clock: { offsetMs: 600_000 },
  },
}

export interface BuiltInScenario {
  id: string
  file: ScenarioFile
}

/** The scenarios that come with Grantscope. */
export const builtInScenarios: readonly BuiltInScenario[] = Object.entries(table).map(([id, file]) => ({
  id,
  file: scenarioFile.parse({ ...base, ...file }),
}))
