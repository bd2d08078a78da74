import { createHash } from 'node:crypto'
import { NO_STORE, type Reply, text } from '../reply.ts'
import { type Html, html } from './html.ts'
import { STYLE } from './style.ts'

const sourceOf = (text: string): string => `'sha256-${createHash('sha256').update(text).digest('base64')}'`

// No form-action: browsers hold it against every redirect after a form was sent, and those lead into the client's app.
const policy = (script: string | null): string =>
  [
    "default-src 'none'",
    `style-src ${sourceOf(STYLE)}`,
    ...(script === null ? [] : [`script-src ${sourceOf(script)}`]),
    "base-uri 'none'",
    "frame-ancestors 'none'",
  ].join('; ')

export interface PageOptions {
  status?: number
  headers?: Reply['headers']
  /** The only script the page may run. It must be right without. */
  script?: string
}

/** A whole page of the issuer. Never cached: it speaks of one login. */
export function page(
  title: string,
  content: Html,
  { status = 200, headers = [], script }: PageOptions = {},
): Reply {
  const { html: document } = html`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${title}</title>
<style>${{ html: STYLE }}</style>
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
    ['content-security-policy', policy(script ?? null)],
    ['x-content-type-options', 'nosniff'],
    ['x-frame-options', 'DENY'],
    ['referrer-policy', 'no-referrer'],
    ...NO_STORE,
    ...headers,
  ])
}
