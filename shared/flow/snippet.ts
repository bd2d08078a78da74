import type { Exchange } from '../contract/operations/traces.ts'
import { readBody } from './body.ts'
import { toCurl } from './curl.ts'
import { redactExchange } from './redact.ts'
import { isLoopbackHttps, ownHeaders } from './request-parts.ts'

export const languages = ['curl', 'fetch', 'requests', 'httpx'] as const
export type Language = (typeof languages)[number]

export const languageNames: Readonly<Record<Language, string>> = {
  curl: 'cURL',
  fetch: 'fetch (JavaScript)',
  requests: 'Python (requests)',
  httpx: 'Python (httpx)',
}

export interface SnippetOptions {
  /** Put passwords, secrets, cookies and tokens in as they were sent. */
  includeSecrets: boolean
}

/** The request as code that sends it again. Redacted unless asked otherwise; what could not be put in is said in a comment. */
export function toSnippet(exchange: Exchange, language: Language, options: SnippetOptions): string {
  if (language === 'curl') return toCurl(exchange, options)
  const parts = partsOf(exchange, options)
  return language === 'fetch' ? toFetch(parts) : toPython(parts, language)
}

interface Parts {
  method: string
  url: string
  headers: [string, string][]
  /** The body as text or base64; null when there is none. */
  text: string | null
  base64: string | null
  comments: string[]
}

function partsOf(exchange: Exchange, { includeSecrets }: SnippetOptions): Parts {
  const { method, url, request } = includeSecrets ? exchange : redactExchange(exchange)
  const { kept, cut } = readBody(exchange.request)
  const comments = cut
    ? [`The body had ${exchange.request.bytes} bytes; only the first ${kept} were kept.`]
    : []
  const binary = request.encoding === 'base64'
  if (binary && request.body === '' && exchange.request.bytes > 0)
    comments.push('The binary body was left out with the secrets.')
  const filled = request.body !== ''
  return {
    method,
    url,
    headers: request.headers.filter(([name]) => !ownHeaders.has(name.toLowerCase())),
    text: filled && !binary ? request.body : null,
    base64: filled && binary ? request.body : null,
    comments,
  }
}

function toFetch({ method, url, headers, text, base64, comments }: Parts): string {
  const typed = headers.some(([name]) => name.toLowerCase() === 'content-type')
  const bytes =
    base64 && `Uint8Array.from(atob(${JSON.stringify(base64)}), (character) => character.charCodeAt(0))`
  // Text is sent with a Content-Type of its own making, bytes without.
  const body =
    text === null ? bytes : typed ? JSON.stringify(text) : `new TextEncoder().encode(${JSON.stringify(text)})`
  return [
    ...comments.map((comment) => `// ${comment}`),
    `const response = await fetch(${JSON.stringify(url)}, {`,
    `  method: ${JSON.stringify(method)},`,
    ...(headers.length > 0
      ? [
          '  headers: [',
          ...headers.map((header) => `    [${header.map((part) => JSON.stringify(part)).join(', ')}],`),
          '  ],',
        ]
      : []),
    ...(body === null ? [] : [`  body: ${body},`]),
    "  redirect: 'manual',",
    '})',
    'console.log(response.status, await response.text())',
  ].join('\n')
}

/** JSON's strings are Python's, but for what JSON escapes and Python has no pairs for: that is never in well-formed text. */
const python = (text: string): string => JSON.stringify(text)

function toPython(
  { method, url, headers, text, base64, comments }: Parts,
  library: 'requests' | 'httpx',
): string {
  const body = base64
    ? `base64.b64decode(${python(base64)})`
    : text === null
      ? null
      : `${python(text)}.encode()`
  const [bodyName, redirects] =
    library === 'requests' ? ['data', 'allow_redirects=False'] : ['content', 'follow_redirects=False']
  return [
    ...comments.map((comment) => `# ${comment}`),
    ...(base64 ? ['import base64'] : []),
    `import ${library}`,
    '',
    `response = ${library}.request(`,
    `    ${python(method)},`,
    `    ${python(url)},`,
    ...pythonHeaders(headers),
    ...(body === null ? [] : [`    ${bodyName}=${body},`]),
    `    ${redirects},`,
    // The issuer's own certificate is one that no system trusts.
    ...(isLoopbackHttps(url) ? ['    verify=False,'] : []),
    ')',
    'print(response.status_code, response.text)',
  ].join('\n')
}

/** As a dict, which has each name once (RFC 9110 5.2, RFC 9113 8.2.3). */
function pythonHeaders(headers: readonly [string, string][]): string[] {
  if (headers.length === 0) return []
  const joined = new Map<string, string>()
  for (const [name, value] of headers) {
    const before = joined.get(name)
    const separator = name.toLowerCase() === 'cookie' ? '; ' : ', '
    joined.set(name, before === undefined ? value : before + separator + value)
  }
  return [
    '    headers={',
    ...[...joined].map(([name, value]) => `        ${python(name)}: ${python(value)},`),
    '    },',
  ]
}
