import type { Exchange, Message } from '../contract/operations/traces.ts'
import { readBody } from './body.ts'
import { redactExchange } from './redact.ts'
import { isLoopbackHttps, ownHeaders } from './request-parts.ts'

export interface CurlOptions {
  /** Put passwords, secrets, cookies and tokens in as they were sent. */
  includeSecrets: boolean
}

/** The request as a command for a POSIX shell. Redacted unless asked otherwise; what could not be put in is said in a comment. */
export function toCurl(exchange: Exchange, { includeSecrets }: CurlOptions): string {
  const { method, url, request } = includeSecrets ? exchange : redactExchange(exchange)
  const body = bodyOf(exchange.request, request.body)
  const lines = [
    `curl ${flagsOf(url, method, body.data !== null)}${quote(url)}`,
    ...headersOf(request, body.data !== null),
    ...(body.data === null ? [] : [body.data]),
  ]
  const command = lines.join(' \\\n  ')
  return [...body.comments, `${body.pipe}${command}`].join('\n')
}

function flagsOf(url: string, method: string, hasBody: boolean): string {
  const flags: string[] = []
  // curl would take [] and {} for patterns.
  if (/[[\]{}]/.test(url)) flags.push('--globoff')
  if (isLoopbackHttps(url)) flags.push('--insecure')
  if (method === 'HEAD') flags.push('--head')
  else if (method !== (hasBody ? 'POST' : 'GET')) flags.push(`--request ${quote(method)}`)
  return flags.map((flag) => `${flag} `).join('')
}

function headersOf(request: Message, hasBody: boolean): string[] {
  const sent = request.headers.filter(([name]) => !ownHeaders.has(name.toLowerCase()))
  const lines = sent.map(
    ([name, value]) => `--header ${quote(value === '' ? `${name};` : `${name}: ${value}`)}`,
  )
  // Left to itself, curl says that a body is a form.
  const typed = sent.some(([name]) => name.toLowerCase() === 'content-type')
  return hasBody && !typed ? [...lines, "--header 'Content-Type:'"] : lines
}

interface CurlBody {
  /** Option that carries the body; null when there is none. */
  data: string | null
  /** What writes the body to curl's standard input. */
  pipe: string
  comments: string[]
}

function bodyOf(request: Message, shown: string): CurlBody {
  const { kept, cut } = readBody(request)
  const comments = cut ? [`# The body had ${request.bytes} bytes; only the first ${kept} were kept.`] : []
  if (request.bytes === 0) return { data: null, pipe: '', comments }
  if (request.encoding === 'utf8' && !shown.includes('\0'))
    return { data: `--data-raw ${quote(shown)}`, pipe: '', comments }
  const base64 = request.encoding === 'base64' ? shown : encodeBase64(shown)
  if (base64 === '')
    return {
      data: null,
      pipe: '',
      comments: [...comments, '# The binary body was left out with the secrets.'],
    }
  return { data: '--data-binary @-', pipe: `printf %s ${quote(base64)} | base64 -d | `, comments }
}

function encodeBase64(text: string): string {
  let binary = ''
  for (const byte of new TextEncoder().encode(text)) binary += String.fromCharCode(byte)
  return btoa(binary)
}

const quote = (text: string): string =>
  /^[\w@%+=:,./-]+$/.test(text) ? text : `'${text.replaceAll("'", `'\\''`)}'`
