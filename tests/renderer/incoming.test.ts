import { describe, expect, test } from 'vitest'
import { createIncoming } from '../../renderer/stores/incoming.ts'
import { createNavigation } from '../../renderer/stores/navigation.ts'
import { recogniseFile } from '../../renderer/stores/opened-file.ts'
import { aJwt } from '../flow/an-exchange.ts'

const jwt = aJwt({ sub: 'alice' })
const har = (value: string) =>
  JSON.stringify({
    log: {
      entries: [
        {
          request: { method: 'GET', url: 'http://api.test/me', headers: [{ name: 'Authorization', value }] },
        },
      ],
    },
  })

describe('a file is recognised by what is in it', () => {
  test.each([
    ['a JWT', ` Bearer ${jwt}\n`, { kind: 'lab', tokens: 1 }],
    ['a token endpoint answer', JSON.stringify({ access_token: jwt }), { kind: 'lab', tokens: 1 }],
    ['a HAR', har(`Bearer ${jwt}`), { kind: 'har', har: { lab: har(`Bearer ${jwt}`) } }],
    ['a JWK Set', '{"keys":[{"kty":"EC"}]}', { kind: 'lab', tokens: 0 }],
    ['PEM', '-----BEGIN PUBLIC KEY-----\nMFkw\n-----END PUBLIC KEY-----', { kind: 'lab', tokens: 0 }],
    ['a workspace, with a byte order mark', '\uFEFF{"extends":"demo"}', { kind: 'workspace' }],
    [
      'a scenario, though it has faults as a workspace has',
      '{"format":"grantscope-scenario","faults":[]}',
      { kind: 'scenario', value: { faults: [] } },
    ],
    ['a HAR without tokens', har('Basic YTpi'), { kind: 'har', har: { lab: null } }],
    ['a picture', '\u0089PNG\r\n\0\0\0', { kind: 'unknown', why: 'It is no text.' }],
    ['nothing', ' \n', { kind: 'unknown', why: 'It is empty.' }],
    ['other JSON', '{"name":"left-pad"}', { kind: 'unknown', why: expect.stringContaining('no token') }],
    ['prose', 'Dear diary', { kind: 'unknown', why: expect.stringContaining('no token') }],
  ])('%s', (_what, text, opened) => {
    expect(recogniseFile(text)).toMatchObject(opened)
  })

  test('of a long HAR only the tokens are shown', () => {
    const long = har(`Bearer ${jwt}`).replace('"entries"', `"comment":"${'x'.repeat(2_000_000)}","entries"`)
    const opened = recogniseFile(long)
    if (opened.kind !== 'har') throw new Error(`it is taken for ${opened.kind}`)
    expect(opened.har.lab?.length).toBeLessThan(1_000)
    expect(opened.har.lab).toContain(jwt)
    expect(JSON.stringify(opened.har.value).length).toBeLessThan(1_000)
  })
})

describe('what comes from outside', () => {
  function start(fragment = '#/users') {
    const seen: { lab: string[]; reported: string[] } = { lab: [], reported: [] }
    let at = fragment
    let changed = () => {}
    const navigation = createNavigation({
      fragment: () => at,
      push: (next) => {
        at = next
      },
      replace: (next) => {
        at = next
      },
      onChange: (listener) => {
        changed = listener
        return () => {}
      },
    })
    const incoming = createIncoming(
      navigation,
      { setText: (text) => void seen.lab.push(text) },
      (title, message) => void seen.reported.push(`${title}: ${message}`),
    )
    const goTo = (next: string) => {
      at = next
      changed()
    }
    return { incoming, seen, goTo, address: () => at, waiting: () => incoming.store.getState().workspace }
  }
  const file = (name: string, text: string, size = text.length) => ({ name, size, text: async () => text })

  test('a token goes to the lab, and a workspace waits for a word', async () => {
    const { incoming, seen, address, waiting } = start()
    await incoming.open(file('a.txt', jwt))
    expect([seen.lab, address()]).toEqual([[jwt], '#/lab'])
    expect(waiting()).toBeNull()
    await incoming.open(file('team.json', '{"users":[]}'))
    expect(waiting()).toEqual({ name: 'team.json', value: { users: [] } })
    incoming.dismiss()
    expect(waiting()).toBeNull()
    expect(seen.reported).toEqual([])
  })

  test('a HAR waits, to become traces or to give its tokens to the lab', async () => {
    const { incoming, seen, address } = start()
    const text = har(`Bearer ${jwt}`)
    await incoming.open(file('login.har', text))
    expect(incoming.store.getState().har).toMatchObject({ name: 'login.har', lab: text })
    expect([seen.lab, address()]).toEqual([[], '#/users'])
    incoming.openInLab()
    expect([seen.lab, address()]).toEqual([[text], '#/lab'])
    expect(incoming.store.getState().har).toBeNull()
  })

  test('a scenario waits, and takes the place of what waited before', async () => {
    const { incoming, seen, address, waiting } = start()
    await incoming.open(file('team.json', '{"users":[]}'))
    const value = { format: 'grantscope-scenario', version: 1, name: 'Outage' }
    await incoming.open(file('outage.json', JSON.stringify(value)))
    expect(incoming.store.getState().scenario).toEqual({ name: 'outage.json', value })
    expect(waiting()).toBeNull()
    incoming.dismiss()
    expect(incoming.store.getState().scenario).toBeNull()
    expect([seen.lab, seen.reported, address()]).toEqual([[], [], '#/users'])
  })

  test('what cannot be opened is reported, and changes nothing', async () => {
    const { incoming, seen, address } = start()
    await incoming.open(file('big.har', '', 60 * 1024 * 1024))
    await incoming.open({ name: 'folder', size: 4096, text: () => Promise.reject(new Error('EISDIR')) })
    await incoming.open(file('cat.png', '\0'))
    expect(seen.reported).toEqual([
      'big.har was not opened: It is larger than 50 MB.',
      'folder was not opened: It could not be read. A folder cannot be opened.',
      'cat.png was not opened: It is no text.',
    ])
    expect([seen.lab, address()]).toEqual([[], '#/users'])
  })

  test('a workspace in the address is taken out of it, and waits', () => {
    const link = Buffer.from('{"users":[{"username":"zoë"}]}').toString('base64url')
    const { goTo, address, waiting } = start()
    goTo(`#/settings?import=${link}&panel=workspace`)
    expect(address()).toBe('#/settings?panel=workspace')
    expect(waiting()).toEqual({ name: 'the link', value: { users: [{ username: 'zoë' }] } })
  })

  test('so it is in the first address of a page; a damaged one is reported', () => {
    const { seen, address, waiting } = start('#/settings?import=e30K!')
    expect(address()).toBe('#/settings')
    expect(waiting()).toBeNull()
    expect(seen.reported).toHaveLength(1)
  })
})
