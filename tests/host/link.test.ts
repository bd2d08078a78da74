import { describe, expect, test } from 'vitest'
import { sectionIds } from '../../renderer/stores/navigation.ts'
import { importParam, readLink, readWorkspaceLink } from '../../shared/contract/link.ts'

const base64url = (text: string) => Buffer.from(text).toString('base64url')
const workspace = base64url(JSON.stringify({ users: [{ username: 'zoë' }] }))

describe('a link of Grantscope', () => {
  test.each([
    ['grantscope://', '#/overview'],
    ['grantscope://users', '#/users'],
    ['GRANTSCOPE://Users/alice', '#/users/alice'],
    ['grantscope://users/al%20ice%2F%23%3F', '#/users/al%20ice%2F%23%3F'],
    ['grantscope://traces/trace-4x_2?step=12&tab=request', '#/traces/trace-4x_2?step=12&tab=request'],
    ['grantscope://traces/compare?a=t1&b=t2', '#/traces/compare?a=t1&b=t2'],
    ['grantscope://settings?panel=clock', '#/settings?panel=clock'],
    [`grantscope://import?workspace=${workspace}`, `#/settings?${importParam}=${workspace}`],
  ])('%s leads to %s', (link, fragment) => {
    expect(readLink(link)).toEqual({ ok: true, fragment })
  })

  test('can open every section of the workbench', () => {
    for (const section of sectionIds)
      expect(readLink(`grantscope://${section}`), section).toMatchObject({ ok: true })
  })

  test.each([
    ['another scheme', 'https://users/alice', 'no link of Grantscope'],
    ['script', 'javascript:alert(1)', 'no link of Grantscope'],
    ['nothing', '', 'no link of Grantscope'],
    ['an action that is not listed', 'grantscope://revoke/all', '"revoke" is no section'],
    ['a member of every object', 'grantscope://constructor', '"constructor" is no section'],
    ['markup', 'grantscope://users?tab=<script>', 'is no value of "tab"'],
    ['an operation', 'grantscope://traces?clear=1', '"clear" is nothing that a link can ask for'],
    [
      'a member of every object as a parameter',
      'grantscope://traces?__proto__=1',
      'nothing that a link can ask for',
    ],
    ['a token', 'grantscope://lab?token=eyJhbGciOiJub25lIn0.e30.', 'ends up in histories'],
    ['a token by another name', 'grantscope://lab?access_token=x', 'ends up in histories'],
    [
      'an import by the back door',
      `grantscope://settings?${importParam}=${workspace}`,
      'nothing that a link can ask for',
    ],
    ['a user name', 'grantscope://me@users/alice', 'parts that mean nothing'],
    ['a port', 'grantscope://users:80/alice', 'parts that mean nothing'],
    ['a fragment', 'grantscope://users/alice#/settings', 'parts that mean nothing'],
    ['a name that is not UTF-8', 'grantscope://users/%E0%A4%A', 'cannot be a name'],
    ['a line break in a name', 'grantscope://users/a%0Ab', 'cannot be a name'],
    ['a NUL in a name', 'grantscope://users/a%00', 'cannot be a name'],
    ['a long name', `grantscope://users/${'x'.repeat(301)}`, 'cannot be a name'],
    ['a long link', `grantscope://users/?tab=${'x'.repeat(30_000)}`, 'longer than'],
    ['an import of nothing', 'grantscope://import', 'wants one workspace file'],
    ['an import by path', 'grantscope://import?file=/etc/passwd', 'wants one workspace file'],
    ['an import by URL', 'grantscope://import?url=https://evil.example/', 'wants one workspace file'],
    ['two imports', `grantscope://import?workspace=${workspace}&workspace=e30`, 'wants one workspace file'],
    ['an import that is no base64url', 'grantscope://import?workspace=e30%3D', 'no workspace file'],
    ['an import that is no JSON', `grantscope://import?workspace=${base64url('{')}`, 'no workspace file'],
    ['an import that is no object', `grantscope://import?workspace=${base64url('[1]')}`, 'no workspace file'],
    ['an import that is not UTF-8', 'grantscope://import?workspace=_w', 'no workspace file'],
  ])('is refused with a word: %s', (_what, link, why) => {
    const target = readLink(link)
    expect(target).toEqual({ ok: false, why: expect.stringContaining(why) })
    expect((target as { why: string }).why).toMatch(/^[\x20-\x7e]{10,160}$/)
  })

  test('brings its workspace over unharmed', () => {
    expect(readWorkspaceLink(workspace)).toEqual({ users: [{ username: 'zoë' }] })
  })
})
