import { describe, expect, it } from 'vitest'
import {
  changeLines,
  clockWords,
  contentWords,
  failureLines,
  matchesScenario,
} from '../../renderer/features/faults/scenario-words.ts'
import { ContractError } from '../../shared/contract/envelope.ts'
import { scenarioFile } from '../../shared/contract/scenario-file.ts'

const file = (fields: object = {}) =>
  scenarioFile.parse({ format: 'grantscope-scenario', version: 1, name: 'Outage', ...fields })
const hang = { name: 'Hangs', action: { kind: 'hang' } }

describe('a scenario in words', () => {
  it('says what is in it', () => {
    expect(contentWords(file())).toBe('no faults')
    expect(
      contentWords(
        file({
          faults: [hang, { ...hang, name: 'Hangs, too' }],
          clock: { offsetMs: 1 },
          settings: { bcryptCost: 4 },
          steps: [{ flow: 'password' }],
        }),
      ),
    ).toBe('2 faults, the clock, 1 setting, 1 step')
  })

  it('says where it sets the clock', () => {
    const words = (clock: object | null) => clockWords(file({ clock }).clock)
    expect([words(null), words({}), words({ offsetMs: 600_000 }), words({ offsetMs: -5_000 })]).toEqual([
      'as it is',
      'real time',
      '10 m ahead of real time',
      '5 s behind real time',
    ])
    expect(words({ frozenAt: 0 })).toMatch(/^frozen at 19(69|70)-/)
  })

  it('names what applying it changes, and nothing else', () => {
    const preview = {
      name: 'Outage',
      faults: { added: ['Hangs'], kept: [], removed: ['Slow', 'Late, once'] },
      clock: false,
      settings: [],
      steps: [],
      replaces: null,
    }
    expect(changeLines(preview)).toEqual([
      { noun: 'New faults', texts: ['Hangs'] },
      { noun: 'Faults that go', texts: ['Slow', 'Late, once'] },
    ])
    expect(changeLines({ ...preview, faults: { added: [], kept: [], removed: [] } })).toEqual([])
  })

  it('is found by its name, what it is for, and its faults', () => {
    const scenario = { id: 's', builtIn: false, createdAt: 0, updatedAt: 0 }
    const one = { ...scenario, file: file({ about: 'Nothing comes', faults: [hang] }) }
    for (const search of ['out', 'NOTHING', 'hangs outage']) expect(matchesScenario(one, search)).toBe(true)
    expect(matchesScenario(one, 'jwks')).toBe(false)
  })

  it('says of a wrong file what is wrong where', () => {
    const issues = [
      { path: 'file.faults.0.action.ms', message: 'must be at least 1' },
      { path: 'file', message: 'is required' },
    ]
    expect(failureLines(new ContractError('invalid_input', 'wrong', issues))).toEqual([
      'faults.0.action.ms: must be at least 1',
      'It: is required',
    ])
    expect(failureLines(new ContractError('unreachable', 'Nobody answers.'))).toEqual(['Nobody answers.'])
  })
})
