import { groupBy, idOf, refreshesOf, type Step } from './facts.ts'
import type { FindingRule } from './finding.ts'

export const refreshAfterInvalidGrant: FindingRule = {
  id: 'refresh-after-invalid-grant',
  title: 'A refresh token is sent again after it was refused',
  spec: 'RFC 6749 5.2, RFC 9700 4.14.2',
  severity: 'error',
  find: ({ steps, earlier }) => {
    const here = new Set(steps)
    const refreshes = refreshesOf([...earlier, ...steps])
    return [...groupBy(refreshes, ({ parameters }) => parameters.get('refresh_token')).values()].flatMap(
      (uses) => {
        const refused = uses.find(({ exchange }) => exchange.error === 'invalid_grant')
        const again = refused ? uses.filter((step) => here.has(step) && cameAfter(step, refused)) : []
        if (again.length === 0) return []
        return {
          observed: `invalid_grant in exchange ${idOf(refused!)}, and the same token ${again.length === 1 ? 'once more' : `${again.length} times more`}`,
          expected: 'a new login: invalid_grant is final',
          hint: 'Retrying helps only for what passes by itself, such as 503. Drop the token and send the user to log in.',
          exchanges: [refused!, ...again].map(idOf),
        }
      },
    )
  },
}

/** Sent when the refusal was known: what was on its way meanwhile is another fault. */
const cameAfter = (step: Step, refused: Step): boolean =>
  step.exchange.id > refused.exchange.id && step.began >= refused.exchange.at
