import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { createStaticUi } from '../../electron/host/static-ui.ts'

let folder: string
let get: (path: string, method?: string) => Promise<Response>

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'grantscope-ui-'))
  await mkdir(join(folder, 'renderer', 'assets'), { recursive: true })
  await mkdir(join(folder, 'renderer-private'))
  await writeFile(join(folder, 'secret.txt'), 'secret')
  await writeFile(join(folder, 'renderer-private', 'secret.txt'), 'secret')
  await writeFile(join(folder, 'renderer', 'index.html'), '<title>workbench</title>')
  await writeFile(join(folder, 'renderer', 'assets', 'index-Ab12.js'), 'run()')
  const serve = createStaticUi(join(folder, 'renderer'))
  get = (path, method = 'GET') => serve(new Request(`http://127.0.0.1:4401${path}`, { method }))
})
afterAll(() => rm(folder, { recursive: true }))

describe('the workbench over HTTP', () => {
  test('is index.html, asked for anew each time', async () => {
    const answer = await get('/')
    expect(await answer.text()).toBe('<title>workbench</title>')
    expect(answer.headers.get('content-type')).toBe('text/html; charset=utf-8')
    expect(answer.headers.get('cache-control')).toBe('no-cache')
  })

  test('keeps assets for good, since their names hold a hash', async () => {
    const answer = await get('/assets/index-Ab12.js')
    expect(answer.headers.get('content-type')).toBe('text/javascript; charset=utf-8')
    expect(answer.headers.get('cache-control')).toBe('public, max-age=31536000, immutable')
  })

  test.each(['/', '/assets/index-Ab12.js', '/nothing'])('%s carries the security headers', async (path) => {
    const { headers } = await get(path)
    const policy = headers.get('content-security-policy')
    for (const rule of [
      "default-src 'self'",
      "frame-ancestors 'none'",
      "base-uri 'none'",
      "form-action 'none'",
    ])
      expect(policy).toContain(rule)
    expect(policy).not.toContain('unsafe-eval')
    expect(headers.get('x-content-type-options')).toBe('nosniff')
    expect(headers.get('referrer-policy')).toBe('no-referrer')
  })

  test.each([
    '/%2e%2e/secret.txt',
    '/..%2fsecret.txt',
    '/assets/%2e%2e/%2e%2e/secret.txt',
    '/assets/..%2f..%2fsecret.txt',
    '/..%5csecret.txt',
    '/%2e%2e/renderer-private/secret.txt',
    '/..%2frenderer-private%2fsecret.txt',
    '//etc/passwd',
    '/%2fetc/passwd',
    '/index.html%00.js',
    '/%',
    '/C:%5cwindows%5cwin.ini',
    '/assets',
  ])('%s leads nowhere', async (path) => {
    const answer = await get(path)
    expect(answer.status).toBe(404)
    expect(await answer.text()).not.toContain('secret')
  })

  test('answers GET and HEAD alone', async () => {
    expect((await get('/', 'HEAD')).status).toBe(200)
    expect((await get('/', 'POST')).status).toBe(405)
  })

  test('says what to do when it was never built', async () => {
    const answer = await createStaticUi(join(folder, 'nowhere'))(new Request('http://127.0.0.1:4401/'))
    expect(answer.status).toBe(503)
    expect(await answer.text()).toContain('npm run build')
  })
})
