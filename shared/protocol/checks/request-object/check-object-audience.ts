import { type Check, pass } from '../../check.ts'
import { objectRefusal, type RequestObjectFacts, shown } from './facts.ts'

export const checkObjectAudience: Check<Pick<RequestObjectFacts, 'claims' | 'audiences'>> = {
  id: 'request-object.audience',
  title: 'The request object is for this issuer and not for another, by aud',
  spec: 'RFC 9101 4, OpenID Connect Core 6.1',
  run: ({ claims: { aud }, audiences }) => {
    const named = [aud].flat()
    const ours = audiences.find((audience) => named.includes(audience))
    if (aud === undefined || ours !== undefined) return pass(ours ?? 'left out')
    return {
      ...objectRefusal,
      description: 'aud of the request object does not name this issuer',
      observed: `aud ${shown(aud)}`,
      expected: audiences.join(' or '),
      hint: 'It is the issuer that is named, not its authorization endpoint. URLs are compared as text.',
    }
  },
}
