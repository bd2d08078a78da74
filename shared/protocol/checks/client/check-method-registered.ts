import { type Check, pass } from '../../check.ts'
import { type ClientFacts, clientRefusal } from './facts.ts'

export const checkMethodRegistered: Check<ClientFacts> = {
  id: 'client.method-registered',
  title: 'The client authenticates in a way it is registered for',
  spec: 'RFC 7591 2, RFC 6749 2.3',
  run: (facts) => {
    const registered = facts.client?.authMethods ?? []
    if (registered.includes(facts.method)) return pass(facts.method)
    return {
      ...clientRefusal,
      description:
        facts.method === 'none'
          ? 'Client authentication is required'
          : `The client may not use ${facts.method}`,
      observed: facts.method === 'none' ? 'a client_id without a secret' : facts.method,
      expected: registered.join(' or '),
      hint:
        facts.method === 'none'
          ? provesItself(registered)
          : 'Change how the client authenticates, or its methods in Clients & scopes.',
    }
  },
}

const provesItself = (registered: readonly string[]): string =>
  registered.some((method) => /_(?:basic|post)$/.test(method))
    ? 'This client is confidential: send its secret.'
    : 'This client is confidential: send a client_assertion (RFC 7523 2.2).'
