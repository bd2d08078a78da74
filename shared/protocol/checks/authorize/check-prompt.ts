import { prompts } from '../../authorization-request.ts'
import { type Check, pass } from '../../check.ts'
import { printable } from '../../form.ts'
import type { PromptFacts } from './facts.ts'

export const checkPrompt: Check<PromptFacts> = {
  id: 'authorize.prompt',
  title: 'prompt has known values, and none stands alone',
  spec: 'OpenID Connect Core 3.1.2.1',
  run: ({ prompt }) => {
    const unknown = prompt.filter((value) => !prompts.some((known) => known === value))
    const crowded = prompt.includes('none') && prompt.length > 1
    if (unknown.length === 0 && !crowded) return pass(prompt.join(' ') || 'left out')
    return {
      error: 'invalid_request',
      description: crowded ? 'prompt=none goes with no other value' : 'prompt has an unknown value',
      observed: printable(prompt.join(' ')),
      expected: crowded ? 'none alone' : `of ${prompts.join(' ')}`,
    }
  },
}
