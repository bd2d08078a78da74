import { headerOf } from '../body.ts'
import type { Step } from './facts.ts'
import type { FindingRule } from './finding.ts'

export const secretOfPublicClient: FindingRule = {
  id: 'secret-of-public-client',
  title: 'A public client sends a secret',
  spec: 'RFC 6749 2.1, 2.3.1, RFC 8252 8.5',
  severity: 'error',
  find: ({ steps, clients }) =>
    steps.flatMap((step) => {
      const client = clients.get(step.exchange.clientId ?? step.parameters.get('client_id') ?? '')
      const place = client?.isPublic ? secretPlace(step) : null
      if (place === null) return []
      return {
        observed: `${place}, of ${client!.id}, which is registered without one`,
        expected: 'client_id alone, and PKCE',
        hint: 'What ships with a page or an app is no secret. Register the client as confidential if it runs on a server, else take the secret out.',
        exchanges: [step.exchange.id],
      }
    }),
}

function secretPlace({ exchange, parameters }: Step): string | null {
  if (parameters.has('client_secret')) return 'client_secret'
  const basic = /^\s*Basic\s+(\S+)\s*$/i.exec(headerOf(exchange.request, 'authorization') ?? '')?.[1]
  return basic !== undefined && hasPassword(basic) ? 'a secret in Authorization: Basic' : null
}

function hasPassword(basic: string): boolean {
  try {
    return /:./s.test(atob(basic))
  } catch {
    return false
  }
}
