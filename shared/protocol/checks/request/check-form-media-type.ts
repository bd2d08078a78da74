import { type Check, pass } from '../../check.ts'
import type { BodyFacts } from './facts.ts'

const FORM = 'application/x-www-form-urlencoded'

// Topic 9 of the tutorial: the endpoint takes a form so that every OAuth library, and a plain HTML form, can speak to it.
export const checkFormMediaType: Check<BodyFacts> = {
  id: 'request.form-media-type',
  title: 'The body is a form',
  spec: 'RFC 6749 3.2, appendix B',
  run: ({ mediaType }) =>
    mediaType === FORM
      ? pass(mediaType)
      : {
          error: 'invalid_request',
          description: `The body must be form data (${FORM})${mediaType ? `, not ${printableType(mediaType)}` : ''}`,
          observed: mediaType ? `Content-Type: ${mediaType}` : 'no Content-Type',
          expected: `Content-Type: ${FORM}`,
          hint: 'Send username=…&password=… as a form: fetch with a URLSearchParams body, requests.post(url, data={…}), curl -d.',
        },
}

const printableType = (mediaType: string) => mediaType.slice(0, 60).replace(/[^a-z0-9!#$&^_.+/-]/g, '?')
