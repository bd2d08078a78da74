import { accepted, authorizationsOf, isUntouched, type Step, scopesOf } from './facts.ts'
import type { FindingRule } from './finding.ts'

export const scopeNotGranted: FindingRule = {
  id: 'scope-not-granted',
  title: 'Not every scope that was asked for was granted',
  spec: 'RFC 6749 3.3, 5.1',
  severity: 'warning',
  find: ({ steps }) =>
    steps.filter(accepted).flatMap((step, _, all) => {
      if (!isUntouched(step)) return []
      if (typeof step.answer.access_token !== 'string' || typeof step.answer.scope !== 'string') return []
      const request = askedIn(all, step)
      const granted = scopesOf(step.answer.scope)
      const missing = scopesOf(request?.scope).filter((scope) => !granted.includes(scope))
      if (missing.length === 0) return []
      return {
        observed: `${missing.join(', ')} is not among what was granted: ${granted.join(' ') || 'nothing'}`,
        expected: `what was asked for: ${request!.scope}`,
        hint: 'Read scope in the answer to the token request, and do without what is missing. Who may grant what is in Clients & scopes and Users.',
        exchanges: [...new Set([request!.id, step.exchange.id])],
      }
    }),
}

/** The request that named the scopes of a token response: of the user, the device, or the token request itself. */
function askedIn(steps: readonly Step[], token: Step): { scope: string | undefined; id: number } | null {
  const own = { scope: token.parameters.get('scope'), id: token.exchange.id }
  if (own.scope !== undefined) return own
  const before = steps.filter(({ exchange }) => exchange.id < token.exchange.id)
  const authorization = authorizationsOf(before).at(-1)
  if (token.parameters.has('code') && authorization)
    return { scope: authorization.parameters.get('scope'), id: authorization.step.exchange.id }
  const deviceCode = token.parameters.get('device_code')
  const device = before.find(({ answer }) => deviceCode !== undefined && answer.device_code === deviceCode)
  return device ? { scope: device.parameters.get('scope'), id: device.exchange.id } : null
}
