import { type Check, pass } from '../../check.ts'
import { type AssertionFacts, type AssertionRefusal, hasMediaType, shown } from './facts.ts'

const types = ['jwt', 'client-authentication+jwt', 'authorization-grant+jwt']

/** A request object goes through the browser, and is signed with the same key: by its type it is told from an assertion. */
export const checkAssertionMediaType = (refusal: AssertionRefusal): Check<AssertionFacts> => ({
  id: 'assertion.media-type',
  title: 'The JWT is not of another type, by typ',
  spec: 'RFC 9101 10.8, RFC 8725 3.11',
  run: ({ header: { typ } }) =>
    hasMediaType(typ, types)
      ? pass(`typ ${shown(typ)}`)
      : {
          ...refusal,
          description: 'The JWT is of another type than an assertion',
          observed: `typ ${shown(typ)}`,
          expected: 'no typ, "JWT" or "client-authentication+jwt"',
          hint: 'A JWT that was made for something else, such as a request object, must not be taken for an assertion.',
        },
})
