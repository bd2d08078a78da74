import { z } from 'zod'
import { issuerName } from '../values.ts'
import { parties, struckFault, verdict } from './traces.ts'

// HTTP Archive 1.2, as far as an import needs it (http://www.softwareishard.com/blog/har-12-spec/). Browsers and proxies add members of
// their own and leave required ones out: what is not named here is ignored, and only what an exchange cannot do without is required.

/** Of one file, pictures and scripts included. */
export const HAR_ENTRIES = 20_000
const LONGEST_URL = 100_000
const LONGEST_TEXT = 16 * 1024 * 1024

const pairs = z.array(z.object({ name: z.string().max(2_000), value: z.string().max(300_000) })).max(1_000)

const text = z.string().max(LONGEST_TEXT)
const size = z.number().nullish()

const request = z.object({
  method: z.string().regex(/^[!#$%&'*+.^_`|~0-9A-Za-z-]{1,40}$/, 'must be an HTTP method (RFC 9110 9.1)'),
  url: z.string().refine(isReadable, 'must be an absolute URL, not longer than 100000 characters over HTTP'),
  headers: pairs,
  postData: z
    .object({
      mimeType: z.string().max(1_000).nullish(),
      text: text.nullish(),
      /** What stands for `text` where a form was sent. */
      params: z
        .array(z.object({ name: z.string().max(2_000), value: text.nullish() }))
        .max(1_000)
        .nullish(),
    })
    .nullish(),
  bodySize: size,
})

const content = z
  .object({
    size,
    mimeType: z.string().max(1_000).nullish(),
    text: text.nullish(),
    encoding: z.string().nullish(),
  })
  .refine(({ text: body, encoding }) => encoding !== 'base64' || isBase64(body ?? ''), {
    path: ['text'],
    error: 'must be base64, as its encoding says',
  })

const response = z.object({
  /** 0 or -1 where no answer came. */
  status: z.number().int().min(-1).max(999),
  headers: pairs,
  content: content.nullish(),
})

/** What Grantscope knows of an exchange and HAR has no place for: in its own exports. */
export const harExtra = z.object({
  issuer: issuerName.or(z.url()),
  direction: z.enum(['inbound', 'outbound']),
  endpoint: z.string().max(100).nullable(),
  error: z.string().max(1_000).nullable(),
  grantType: z.string().max(1_000).nullable(),
  clientId: z.string().max(1_000).nullable(),
  userId: z.string().max(1_000).nullable(),
  between: parties,
  verdicts: z.array(verdict).max(1_000),
  jtis: z.array(z.string().max(1_000)).max(1_000),
  faults: z.array(struckFault).max(100).optional(),
  /** Base64 of a body that is no text. */
  requestBytes: text.refine(isBase64, 'must be base64').optional(),
})
export type HarExtra = z.infer<typeof harExtra>

const entry = z.object({
  pageref: z.string().max(1_000).nullish(),
  startedDateTime: z
    .string()
    .refine((date) => !Number.isNaN(Date.parse(date)), 'must be a date and time (ISO 8601)'),
  time: z.number().nullish(),
  request,
  response,
  _grantscope: harExtra.optional(),
})
export type HarEntry = z.infer<typeof entry>

const maker = z.object({ name: z.string().max(1_000).nullish(), version: z.string().max(1_000).nullish() })

export const harFile = z.object({
  log: z.object({
    creator: maker.nullish(),
    browser: maker.nullish(),
    pages: z
      .array(z.object({ id: z.string().max(1_000), title: z.string().max(100_000).nullish() }))
      .max(HAR_ENTRIES)
      .nullish(),
    entries: z.array(entry).max(HAR_ENTRIES),
  }),
})
export type HarFile = z.infer<typeof harFile>

function isReadable(url: string): boolean {
  if (!URL.canParse(url)) return false
  // What is no HTTP is left out, and may be long: a picture in a data: URL.
  return url.length <= LONGEST_URL || !/^https?:/i.test(url)
}

function isBase64(value: string): boolean {
  const compact = value.replace(/\s+/g, '')
  return compact.length % 4 !== 1 && /^[A-Za-z0-9+/]*={0,2}$/.test(compact)
}
