import { Anchor } from '@mantine/core'
import { specParts } from '../../../shared/flow/spec-links.ts'

/** "RFC 6749 4.3.2, 5.2" with each section a link to its text, opened outside. */
export function SpecLinks({ spec }: { spec: string }) {
  return specParts(spec).map(({ text, url }, index) => (
    <span key={text}>
      {index > 0 && ', '}
      {url === null ? (
        text
      ) : (
        <Anchor href={url} target="_blank" rel="noreferrer" inherit underline="always">
          {text}
        </Anchor>
      )}
    </span>
  ))
}
