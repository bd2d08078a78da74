import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { nearestRedirectUri, redirectUriDifferences } from '../../shared/protocol/redirect-uri-difference.ts'

const CB = 'https://app.example/cb'
const partsOf = (sent: string, registered: string) =>
  redirectUriDifferences(sent, registered).map(({ part }) => part)

describe('what is different about a redirect URI', () => {
  test.each([
    ['nothing', CB, CB, []],
    ['a slash too many', `${CB}/`, CB, ['trailing-slash']],
    ['a slash too few', CB, `${CB}/`, ['trailing-slash']],
    ['no path, and a slash', 'https://app.example', 'https://app.example/', ['trailing-slash']],
    ['the scheme', 'http://app.example/cb', CB, ['scheme']],
    ['the port', 'http://localhost:3001/cb', 'http://localhost:3000/cb', ['port']],
    ['a port where none is', 'https://app.example:443/cb', CB, ['port']],
    ['capitals in the host', 'https://App.example/cb', CB, ['host-case']],
    ['capitals in the path', 'https://app.example/CB', CB, ['path-case']],
    ['another host', 'https://app.test/cb', CB, ['host']],
    ['another name of loopback', 'http://127.0.0.1:3000/cb', 'http://localhost:3000/cb', ['host']],
    ['loopback as a user name', 'https://localhost@app.example/cb', CB, ['user-info']],
    ['the path', 'https://app.example/callback', CB, ['path']],
    ['an encoded path', 'https://app.example/a%2Db', 'https://app.example/a-b', ['encoding']],
    ['an encoded query', `${CB}?a=%41`, `${CB}?a=A`, ['encoding']],
    ['another query', `${CB}?a=1`, CB, ['query']],
    ['a fragment', `${CB}#x`, CB, ['fragment']],
    ['IPv6 and its port', 'http://[::1]:9/cb', 'http://[::1]:8/cb', ['port']],
    ['two things', 'http://app.example/cb/', CB, ['scheme', 'trailing-slash']],
    ['an own scheme', 'com.example.app:/CB', 'com.example.app:/cb', ['path-case']],
    ['no URI at all', '', CB, ['scheme', 'host', 'path']],
    ['a percent that is none', 'https://app.example/%', 'https://app.example/%25', ['encoding']],
  ])('%s', (_what, sent, registered, parts) => {
    expect(partsOf(sent, registered)).toEqual(parts)
  })

  test('there is a difference for every two texts, and none for one text', () => {
    fc.assert(
      fc.property(fc.webUrl({ withFragments: true, withQueryParameters: true }), fc.string(), (url, text) => {
        expect(redirectUriDifferences(url, url)).toEqual([])
        expect(redirectUriDifferences(url, `${url}${text}x`)).not.toEqual([])
      }),
    )
  })

  test('is told with both sides', () => {
    expect(redirectUriDifferences('http://127.0.0.1:3000/cb', 'http://localhost:4000/cb')).toEqual([
      {
        part: 'host',
        message: 'the host is 127.0.0.1, and localhost is registered: they are compared as text',
      },
      { part: 'port', message: 'the port is 3000, and 4000 is registered' },
    ])
  })
})

describe('the nearest registered redirect URI', () => {
  test('is the one with the least wrong, whatever the order', () => {
    const registered = ['https://other.example/cb', 'https://app.example/login', CB, 'loopback']
    expect(nearestRedirectUri(`${CB}/`, registered)?.registered).toBe(CB)
    expect(nearestRedirectUri(`${CB}/`, registered.toReversed())?.registered).toBe(CB)
  })

  test('is none where every one is somewhere else', () => {
    expect(nearestRedirectUri('https://evil.test/steal', [CB])).toBeNull()
    expect(nearestRedirectUri('https://evil.test/steal', ['loopback'])).toBeNull()
    expect(nearestRedirectUri(CB, [])).toBeNull()
  })
})
