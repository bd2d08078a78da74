import { type Check, pass } from '../../check.ts'
import { type AssertionFacts, type AssertionRefusal, shown } from './facts.ts'

export const checkAssertionAudience = (refusal: AssertionRefusal): Check<AssertionFacts> => ({
  id: 'assertion.audience',
  title: 'The assertion is meant for this issuer, as aud',
  spec: 'RFC 7523 3',
  run: ({ claims, audiences }) => {
    const named = [claims.aud].flat()
    const ours = audiences.find((audience) => named.includes(audience))
    if (ours !== undefined) return pass(ours)
    return {
      ...refusal,
      description: 'aud of the assertion does not name this issuer',
      observed: `aud ${shown(claims.aud)}`,
      expected: audiences.join(' or '),
      hint: 'URLs are compared as text: scheme, host, port and a trailing slash count.',
    }
  },
})
