import type { FindingRule } from './finding.ts'

const secrets = ['client_secret', 'client_assertion', 'code_verifier', 'password']

export const secretInUrl: FindingRule = {
  id: 'secret-in-url',
  title: 'A secret is sent in the URL',
  spec: 'RFC 6749 2.3.1, 3.2',
  severity: 'error',
  find: ({ steps }) =>
    steps.flatMap(({ exchange, query }) => {
      const found = secrets.filter((name) => query.has(name))
      if (found.length === 0) return []
      return {
        observed: `${found.join(' and ')} in the query of ${exchange.method} ${exchange.target.split('?')[0]}`,
        expected: 'the Authorization header, or a form body',
        hint: 'URLs end up in the logs of servers and proxies and in the history of browsers. Treat this one as leaked.',
        exchanges: [exchange.id],
      }
    }),
}
