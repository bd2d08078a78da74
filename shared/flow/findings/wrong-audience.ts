import type { FindingRule } from './finding.ts'

const hints: Readonly<Record<string, string>> = {
  'bearer.token-audience':
    'Ask for a token for this API (resource or audience), and send each API the token that was made for it.',
  'assertion.audience': "Set aud to the issuer's URL, or to the endpoint the assertion is sent to.",
}

export const wrongAudience: FindingRule = {
  id: 'wrong-audience',
  title: 'A token is shown to somebody it is not meant for',
  spec: 'RFC 9068 4, RFC 7519 4.1.3, RFC 7523 3',
  severity: 'error',
  find: ({ steps }) =>
    steps.flatMap(({ exchange }) =>
      exchange.verdicts
        .filter(({ check, outcome }) => outcome !== 'passed' && Object.hasOwn(hints, check))
        .map(({ check, observed, expected }) => ({
          observed: observed ?? 'another audience',
          expected: expected ?? "the issuer's URL",
          hint: hints[check]!,
          exchanges: [exchange.id],
        })),
    ),
}
