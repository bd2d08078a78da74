import { describe, expect, test } from 'vitest'
import { endpoints } from '../../electron/server/provider/routes.ts'
import { openIssuer } from '../support/issuer.ts'

const assets = (page: string) =>
  [...page.matchAll(/(?:src|href)="(docs\/[^"]+)"/g)].map(([, url]) => `/${url}`)

describe('GET /docs', () => {
  test('is a page whose policy lets scripts and requests come from the issuer alone', async () => {
    const issuer = await openIssuer()
    const { status, headers, text } = await issuer.get('/docs')
    expect(status).toBe(200)
    expect(headers.get('content-type')).toBe('text/html; charset=utf-8')
    expect(headers.get('x-content-type-options')).toBe('nosniff')
    const policy = new Map(
      headers
        .get('content-security-policy')!
        .split('; ')
        .map((directive) => [directive.split(' ')[0], directive.split(' ').slice(1).join(' ')]),
    )
    expect(policy.get('default-src')).toBe("'none'")
    expect(policy.get('script-src')).toBe("'self'")
    expect(policy.get('connect-src')).toBe("'self'")
    expect(policy.get('frame-ancestors')).toBe("'none'")
    const scripts = [...text.matchAll(/<script([^>]*)>([^<]*)<\/script>/g)]
    expect(scripts.length).toBe(2)
    for (const [, attributes, inline] of scripts) {
      expect(attributes).toContain('src="docs/')
      expect(inline).toBe('')
    }
    expect(text).not.toContain('//')
  })

  test('every file it names is there, with its type, and packaged ones stay in the cache', async () => {
    const issuer = await openIssuer()
    const urls = assets((await issuer.get('/docs')).text)
    const types: Record<string, string> = {
      css: 'text/css; charset=utf-8',
      js: 'text/javascript; charset=utf-8',
      png: 'image/png',
    }
    expect(urls.length).toBe(4)
    for (const url of urls) {
      const { status, headers, text } = await issuer.get(url)
      expect(status, url).toBe(200)
      expect(text.length, url).toBeGreaterThan(100)
      expect(headers.get('content-type'), url).toBe(types[/\.(\w+)(?:\?|$)/.exec(url)![1]!])
      expect(headers.get('x-content-type-options'), url).toBe('nosniff')
      const lasting = url.includes('?v=')
      expect(headers.get('cache-control'), url).toBe(
        lasting ? 'public, max-age=31536000, immutable' : 'no-cache',
      )
    }
  })

  test('no other file of the package can be had', async () => {
    const issuer = await openIssuer()
    const others = ['package.json', 'swagger-ui.js', 'index.html', '../package.json', '..%2fpackage.json', '']
    for (const file of others) expect((await issuer.get(`/docs/${file}`)).status, file).toBe(404)
    expect(endpoints.filter(({ path }) => path.startsWith('/docs/')).map(({ path }) => path)).toEqual([
      '/docs/init.js',
      '/docs/swagger-ui.css',
      '/docs/swagger-ui-bundle.js',
      '/docs/favicon-32x32.png',
    ])
  })

  test('discovery names it', async () => {
    const issuer = await openIssuer()
    const { body } = await issuer.get('/.well-known/openid-configuration')
    const documentation = new URL(String(body.service_documentation))
    expect((await issuer.get(documentation.pathname)).status).toBe(200)
  })
})
