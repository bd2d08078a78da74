import { type Check, pass } from '../../check.ts'
import { invalidMetadata, isImplicit, listed, type MetadataFacts } from './facts.ts'

export const checkTypesConsistent: Check<MetadataFacts> = {
  id: 'registration.types-consistent',
  title: 'Response types and grant types belong together',
  spec: 'RFC 7591 2.1',
  run: ({ responseTypes, grantTypes }) => {
    const needs = [
      ...(responseTypes.some((type) => /\bcode\b/.test(type)) ? ['authorization_code'] : []),
      ...(responseTypes.some(isImplicit) ? ['implicit'] : []),
    ]
    const missing = needs.filter((grantType) => !grantTypes.includes(grantType))
    return missing.length === 0
      ? pass()
      : {
          ...invalidMetadata,
          description: `response_types needs the grant type ${missing.join(' and ')}`,
          observed: `response_types ${listed(responseTypes)} with grant_types ${listed(grantTypes)}`,
          expected: `grant_types with ${missing.join(' and ')} too`,
        }
  },
}
