import { type Check, pass } from '../../check.ts'
import { invalidMetadata, listed, type MetadataFacts } from './facts.ts'

export const checkResponseTypesSupported: Check<MetadataFacts> = {
  id: 'registration.response-types-supported',
  title: 'The issuer answers every response type the client registers',
  spec: 'RFC 7591 2, 3.2.2',
  run: ({ responseTypes, supportedResponseTypes }) => {
    const unsupported = responseTypes.filter((type) => !supportedResponseTypes.includes(type))
    return unsupported.length === 0
      ? pass(listed(responseTypes))
      : {
          ...invalidMetadata,
          description: 'A response type is not supported',
          observed: listed(unsupported),
          expected: supportedResponseTypes.join(', or '),
          hint: 'The implicit and hybrid types are legacy, and off unless the settings switch them on.',
        }
  },
}
