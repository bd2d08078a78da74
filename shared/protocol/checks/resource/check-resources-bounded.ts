import { type Check, pass } from '../../check.ts'
import { invalidTarget, MOST_RESOURCES } from './facts.ts'

export const checkResourcesBounded: Check<{ resources: readonly string[] }> = {
  id: 'resource.bounded',
  title: `A token is for at most ${MOST_RESOURCES} resources`,
  spec: 'RFC 8707 2.2, 3',
  run: ({ resources }) =>
    resources.length <= MOST_RESOURCES
      ? pass(`${resources.length}`)
      : {
          ...invalidTarget('Too many resources'),
          observed: `${resources.length} resources`,
          expected: `at most ${MOST_RESOURCES}`,
          hint: 'A token for one API each is safer: an API can use what it is shown at all others it is for.',
        },
}
