import type { FindingRule } from './finding.ts'

const tokens = ['access_token', 'refresh_token', 'token', 'subject_token', 'actor_token']

export const tokenInUrl: FindingRule = {
  id: 'token-in-url',
  title: 'A token is sent in the URL',
  spec: 'RFC 6750 2.3, 5.3, RFC 9700 4.3.2',
  severity: 'error',
  find: ({ steps }) =>
    steps.flatMap(({ exchange, query }) => {
      const found = tokens.filter((name) => query.has(name))
      if (found.length === 0) return []
      return {
        observed: `${found.join(' and ')} in the query of ${exchange.method} ${exchange.target.split('?')[0]}`,
        expected: 'Authorization: Bearer',
        hint: 'URLs end up in logs, histories and Referer headers, and whoever reads one there can use the token.',
        exchanges: [exchange.id],
      }
    }),
}
