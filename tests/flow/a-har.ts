import { parseInput } from '../../shared/contract/issues.ts'
import { harFile } from '../../shared/contract/operations/har.ts'
import { readHar } from '../../shared/flow/har-import/read-har.ts'

export const read = (har: unknown) => readHar(parseInput(harFile, har))

export interface EntryParts {
  method?: string
  url: string
  headers?: Record<string, string>
  form?: Record<string, string>
  status?: number
  answer?: unknown
  location?: string
}

export const pairs = (headers: Record<string, string>) =>
  Object.entries(headers).map(([name, value]) => ({ name, value }))

export const entry = ({
  method = 'GET',
  url,
  headers = {},
  form,
  status = 200,
  answer,
  location,
}: EntryParts) => ({
  startedDateTime: '2026-01-01T10:00:00.000+02:00',
  time: 5,
  request: {
    method,
    url,
    headers: pairs(headers),
    ...(form
      ? {
          postData: {
            mimeType: 'application/x-www-form-urlencoded',
            text: new URLSearchParams(form).toString(),
          },
        }
      : {}),
  },
  response: {
    status,
    headers: pairs(location === undefined ? {} : { Location: location }),
    content:
      answer === undefined ? { size: 0 } : { mimeType: 'application/json', text: JSON.stringify(answer) },
  },
})

export const archive = (...entries: object[]) => ({ log: { version: '1.2', entries } })
