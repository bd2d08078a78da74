import { type Check, pass } from '../../check.ts'

export interface ItemFacts {
  /** As it stood in the JSON body. */
  title: unknown
}

const MAX_TITLE = 1_000

export const checkItemTitle: Check<ItemFacts> = {
  id: 'items.title',
  title: 'The item has a title',
  spec: 'RFC 9110 15.5.1',
  run: ({ title }) =>
    typeof title === 'string' && title.trim() !== '' && title.length <= MAX_TITLE
      ? pass(`${title.length} characters`)
      : {
          error: 'invalid_request',
          description: `title must be a text of 1 to ${MAX_TITLE} characters`,
          observed: typeof title === 'string' ? `${title.length} characters` : `title is ${typeof title}`,
          expected: '{"title": "…"}',
        },
}
