import { readFile } from 'node:fs/promises'
import { extname, join, resolve, sep } from 'node:path'

const contentSecurityPolicy = [
  "default-src 'self'",
  // Mantine sets its variables in style elements.
  "style-src 'self' 'unsafe-inline'",
  "img-src 'self' data:",
  "connect-src 'self'",
  "object-src 'none'",
  "frame-ancestors 'none'",
  "base-uri 'none'",
  "form-action 'none'",
].join('; ')

const securityHeaders = {
  'content-security-policy': contentSecurityPolicy,
  'x-content-type-options': 'nosniff',
  'referrer-policy': 'no-referrer',
  'cross-origin-opener-policy': 'same-origin',
  'cross-origin-resource-policy': 'same-origin',
}

const contentTypes: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.json': 'application/json',
  '.map': 'application/json',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.ico': 'image/x-icon',
  '.woff': 'font/woff',
  '.woff2': 'font/woff2',
  '.txt': 'text/plain; charset=utf-8',
}

export type StaticFiles = (request: Request) => Promise<Response>

/** Serves the built workbench from `root`: to browsers on the control port, and to the desktop window as app://. */
export const createStaticUi = (root: string): StaticFiles =>
  createStaticFiles(root, securityHeaders, missingBuild)

/** Serves the files of a folder, `index.html` at its root, each with these headers. `missing` is said while there is no index. */
export function createStaticFiles(
  root: string,
  headers: Readonly<Record<string, string>>,
  missing = 'There is no such page.',
): StaticFiles {
  return async (request) => {
    if (request.method !== 'GET' && request.method !== 'HEAD')
      return page(405, 'This address only serves pages.', headers)
    const file = fileOf(root, new URL(request.url).pathname)
    if (file === null) return page(404, 'There is no such page.', headers)
    try {
      return new Response(await readFile(file), { headers: { ...headers, ...headersFor(file) } })
    } catch {
      if (file === resolve(root, 'index.html')) return page(503, missing, headers)
      return page(404, 'There is no such page.', headers)
    }
  }
}

const missingBuild = 'The workbench is not built yet. Run "npm run build", then reload this page.'

/** The file a path means; null when it points outside of `root` or cannot be a file name. */
function fileOf(root: string, pathname: string): string | null {
  let path: string
  try {
    path = decodeURIComponent(pathname)
  } catch {
    return null
  }
  if (/[\0\\:]/.test(path)) return null
  const file = resolve(join(root, path === '/' ? 'index.html' : path))
  return file.startsWith(resolve(root) + sep) ? file : null
}

function headersFor(file: string): Record<string, string> {
  // Vite puts a content hash in the name of everything under assets/.
  const hashed = file.includes(`${sep}assets${sep}`)
  return {
    'content-type': contentTypes[extname(file)] ?? 'application/octet-stream',
    'cache-control': hashed ? 'public, max-age=31536000, immutable' : 'no-cache',
  }
}

function page(status: number, text: string, security: Readonly<Record<string, string>>): Response {
  const html = `<!doctype html><meta charset="utf-8"><title>Grantscope</title><p>${text}</p>\n`
  const headers = { ...security, 'content-type': contentTypes['.html']!, 'cache-control': 'no-store' }
  return new Response(html, { status, headers })
}
