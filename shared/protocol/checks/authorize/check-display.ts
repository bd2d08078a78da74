import { displays } from '../../authorization-request.ts'
import { type Check, pass } from '../../check.ts'
import { printable } from '../../form.ts'
import type { PromptFacts } from './facts.ts'

export const checkDisplay: Check<PromptFacts> = {
  id: 'authorize.display',
  title: 'display has a known value',
  spec: 'OpenID Connect Core 3.1.2.1',
  levels: { standard: 'warn', lenient: 'off' },
  run: ({ display }) =>
    display === undefined || displays.some((known) => known === display)
      ? pass(display ?? 'left out')
      : {
          error: 'invalid_request',
          description: 'display has an unknown value',
          observed: printable(display),
          expected: displays.join(', '),
        },
}
