import { type Check, pass } from '../../check.ts'
import { invalidTarget, LONGEST_RESOURCE } from './facts.ts'

export const checkResourceSyntax: Check<{ resources: readonly string[] }> = {
  id: 'resource.syntax',
  title: 'Every resource is an absolute URI without a fragment',
  spec: 'RFC 8707 2, RFC 8693 2.1, RFC 3986 4.3',
  run: ({ resources }) => {
    const wrong = resources.find(
      (uri) =>
        !URL.canParse(uri) ||
        !/^[\x21-\x7E]+$/.test(uri) ||
        uri.includes('#') ||
        uri.length > LONGEST_RESOURCE,
    )
    if (wrong === undefined) return pass(resources.join(' ').slice(0, 2_000) || 'none')
    return {
      ...invalidTarget('A resource must be an absolute URI without a fragment'),
      observed: wrong.slice(0, 200),
      expected: 'the URL of an API, such as https://api.example.com/',
      hint: 'A logical name goes into the parameter audience of a token exchange.',
    }
  },
}
