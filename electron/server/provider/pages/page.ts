import { createHash } from 'node:crypto'
import { NO_STORE, type Reply, text } from '../reply.ts'
import { type Html, html } from './html.ts'
import { STYLE } from './style.ts'

const sourceOf = (text: string): string => `'sha256-${createHash('sha256').update(text).digest('base64')}'`

// No form-action: browsers hold it against every redirect after a form was sent, and those lead into the client's app.
const policy = ({ script, frames = [] }: PageOptions): string =>
  [
    "default-src 'none'",
    `style-src ${sourceOf(STYLE)}`,
    ...(script === undefined ? [] : [`script-src ${sourceOf(script)}`]),
    ...(frames.length === 0 ? [] : [`frame-src ${[...new Set(frames.map(frameSource))].join(' ')}`]),
    "base-uri 'none'",
    "frame-ancestors 'none'",
  ].join('; ')

export interface PageOptions {
  status?: number
  headers?: Reply['headers']
  /** The only script the page may run. It must be right without. */
  script?: string
  /** URLs the page may show in frames. */
  frames?: readonly string[]
  /** More for the head of the document. */
  head?: Html
}

/** A URL as CSP names it: without its query; of an IPv6 address only the scheme, since there is no name for one there. */
function frameSource(url: string): string {
  const { protocol, host, hostname, pathname } = new URL(url)
  if (hostname.startsWith('[')) return protocol
  return `${protocol}//${host}${pathname.replaceAll(';', '%3B').replaceAll(',', '%2C')}`
}

/** A whole page of the issuer. Never cached: it speaks of one login. */
export function page(title: string, content: Html, options: PageOptions = {}): Reply {
  const { status = 200, headers = [], script, head = null } = options
  const { html: document } = html`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${title}</title>
<style>${{ html: STYLE }}</style>
${head}
</head>
<body>
<main>
<p class="brand">Grantscope, a local issuer for development</p>
${content}
</main>
${script === undefined ? null : { html: `<script>${script}</script>` }}
</body>
</html>
`
  return text(status, 'text/html; charset=utf-8', document, [
    ['content-security-policy', policy(options)],
    ['x-content-type-options', 'nosniff'],
    ['x-frame-options', 'DENY'],
    ['referrer-policy', 'no-referrer'],
    ...NO_STORE,
    ...headers,
  ])
}
