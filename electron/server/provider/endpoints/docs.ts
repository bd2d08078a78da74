import { readFile } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import type { Endpoint } from '../endpoint.ts'
import { type Reply, text } from '../reply.ts'

// Swagger UI from its package, so that it works offline. Threat: a path from outside that reaches other files. There is none:
// each file of the allow-list is a route of its own.

const packages = createRequire(import.meta.url)
const manifest = packages.resolve('swagger-ui-dist/package.json')
const { version } = packages(manifest) as { version: string }

const SCRIPT = 'text/javascript; charset=utf-8'

/** The files the page needs, by content type. */
const packaged = {
  'swagger-ui.css': 'text/css; charset=utf-8',
  'swagger-ui-bundle.js': SCRIPT,
  'favicon-32x32.png': 'image/png',
} as const

const urlOf = (file: keyof typeof packaged): string => `docs/${file}?v=${version}`

const PAGE = `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>Grantscope issuer: API</title>
<link rel="icon" type="image/png" href="${urlOf('favicon-32x32.png')}">
<link rel="stylesheet" href="${urlOf('swagger-ui.css')}">
</head>
<body>
<div id="swagger-ui"></div>
<noscript>Swagger UI needs JavaScript. The document it shows is <a href="openapi.json">openapi.json</a>.</noscript>
<script src="${urlOf('swagger-ui-bundle.js')}"></script>
<script src="docs/init.js"></script>
</body>
</html>
`

const INITIALIZER = `SwaggerUIBundle({
  url: 'openapi.json',
  dom_id: '#swagger-ui',
  deepLinking: true,
  persistAuthorization: false,
  // Asking somebody else's server whether the document is valid would tell it about this one.
  validatorUrl: null,
})
`

// Swagger UI sets style attributes and has its icons as data URLs; scripts, and requests, only from here.
const POLICY = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self' 'unsafe-inline'",
  "img-src 'self' data:",
  "connect-src 'self'",
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'none'",
].join('; ')

const NOSNIFF: [string, string] = ['x-content-type-options', 'nosniff']
const REVALIDATE: [string, string][] = [['cache-control', 'no-cache'], NOSNIFF]

const docsPage: Endpoint = {
  name: 'docs',
  path: '/docs',
  methods: ['GET'],
  cors: false,
  handle: () =>
    text(200, 'text/html; charset=utf-8', PAGE, [
      ['content-security-policy', POLICY],
      ['referrer-policy', 'no-referrer'],
      ...REVALIDATE,
    ]),
}

const asset = (file: string, handle: Endpoint['handle']): Endpoint => ({
  name: 'docs-asset',
  unrecorded: true,
  path: `/docs/${file}`,
  methods: ['GET'],
  cors: false,
  handle,
})

function packagedAsset([file, contentType]: [string, string]): Endpoint {
  let content: Promise<Uint8Array> | undefined
  return asset(file, async (): Promise<Reply> => {
    content ??= readFile(join(dirname(manifest), file))
    const headers: [string, string][] = [
      ['content-type', contentType],
      // The page names the version in the query, so a newer file has another URL.
      ['cache-control', 'public, max-age=31536000, immutable'],
      NOSNIFF,
    ]
    return { status: 200, headers, body: await content }
  })
}

/** The documentation page and the files it loads. */
export const docsEndpoints: readonly Endpoint[] = [
  docsPage,
  asset('init.js', () => text(200, SCRIPT, INITIALIZER, REVALIDATE)),
  ...Object.entries(packaged).map(packagedAsset),
]
