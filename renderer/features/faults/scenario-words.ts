import type { ContractError } from '../../../shared/contract/envelope.ts'
import type { Scenario, ScenarioPreview } from '../../../shared/contract/operations/scenarios.ts'
import type { ScenarioFile } from '../../../shared/contract/scenario-file.ts'
import { count } from '../../../shared/flow/words.ts'
import { formatAbsolute, formatDuration } from '../../ui/format/time.ts'

/** What a scenario holds, in a line: "2 faults, the clock, 3 settings, 1 step". */
export function contentWords({ faults, clock, settings, steps }: ScenarioFile): string {
  const names = Object.keys(settings)
  return [
    faults.length === 0 ? 'no faults' : count(faults.length, 'fault'),
    clock !== null && 'the clock',
    names.length > 0 && count(names.length, 'setting'),
    steps.length > 0 && count(steps.length, 'step'),
  ]
    .filter(Boolean)
    .join(', ')
}

/** Where a scenario sets the clock. */
export function clockWords(clock: ScenarioFile['clock']): string {
  if (clock === null) return 'as it is'
  if (clock.frozenAt !== null) return `frozen at ${formatAbsolute(clock.frozenAt)}`
  const seconds = Math.round(clock.offsetMs / 1000)
  if (seconds === 0) return 'real time'
  return `${formatDuration(seconds)} ${seconds > 0 ? 'ahead of' : 'behind'} real time`
}

export interface ChangeLine {
  noun: string
  /** One for each thing. */
  texts: readonly string[]
}

/** What applying a scenario would change; empty when nothing. */
export function changeLines({ faults, clock, settings }: ScenarioPreview): ChangeLine[] {
  const lines: (ChangeLine | false)[] = [
    faults.added.length > 0 && { noun: 'New faults', texts: faults.added },
    faults.kept.length > 0 && { noun: 'Faults that stay', texts: faults.kept },
    faults.removed.length > 0 && { noun: 'Faults that go', texts: faults.removed },
    clock && { noun: 'Clock', texts: ['is set to another time'] },
    settings.length > 0 && { noun: 'Settings', texts: [settings.join(', ')] },
  ]
  return lines.filter((line) => line !== false)
}

export function matchesScenario({ file: { name, about, faults } }: Scenario, search: string): boolean {
  const text = [name, about, ...faults.map((fault) => fault.name)].join(' ').toLowerCase()
  return search
    .toLowerCase()
    .split(/\s+/)
    .every((word) => text.includes(word))
}

/** One for each thing that is wrong with a file, with its place in it. */
export function failureLines({ issues, message }: ContractError): string[] {
  const lines =
    issues?.map((issue) => `${issue.path.replace(/^file\.?/, '') || 'It'}: ${issue.message}`) ?? []
  return lines.length > 0 ? lines : [message]
}
