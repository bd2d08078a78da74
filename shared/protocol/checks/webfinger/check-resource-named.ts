import { type Check, pass } from '../../check.ts'
import { printable } from '../../form.ts'
import type { WebFingerFacts } from './facts.ts'

export const checkResourceNamed: Check<WebFingerFacts> = {
  id: 'webfinger.resource-named',
  title: 'The query names one resource, by its URI',
  spec: 'RFC 7033 4.1, 4.2',
  run({ resources }) {
    const [resource = '', ...more] = resources
    if (more.length === 0 && URL.canParse(resource)) return pass(printable(resource))
    return {
      error: 'invalid_request',
      description: resource === '' ? 'Parameter resource is missing' : 'Parameter resource is not one URI',
      observed: resources.length === 0 ? 'none' : printable(resources.join(' ')),
      expected: 'resource once, such as acct:alice@localhost or the URL of the issuer',
    }
  },
}
