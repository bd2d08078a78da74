import { once } from 'node:events'
import { mkdir, writeFile } from 'node:fs/promises'
import type { AddressInfo } from 'node:net'
import { createServer, type Server } from 'node:net'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { grantscope, grantscopeHere, type Home, moveInto, temporaryHome } from './run.ts'

let home: Home
let busy: Server
let busyPort: string

beforeAll(async () => {
  home = await temporaryHome()
  moveInto(home)
  busy = createServer().listen(0, '127.0.0.1')
  await once(busy, 'listening')
  busyPort = String((busy.address() as AddressInfo).port)
  await writeFile(join(home.folder, 'not-json.json'), '{"users":')
  await writeFile(join(home.folder, 'unknown-key.json'), '{"users":[{"username":"a","pasword":"x"}]}')
  await writeFile(join(home.folder, 'wrong-value.json'), '{"settings":{"bcryptCost":99}}')
  await writeFile(join(home.folder, 'damaged.db'), 'this is no database, '.repeat(100))
  await mkdir(join(home.folder, 'folder.db'))
})
afterAll(async () => {
  busy.close()
  await home.remove()
})

describe('wrong usage ends with 2 and one line that says what and how to mend it', () => {
  const rows: [string[], RegExp][] = [
    [['nonsense'], /no command "nonsense".*--help/],
    [['serve', '--prot', '1'], /Unknown option '--prot'.*grantscope serve --help/],
    [['serve', '--port'], /--port.*missing/],
    [['serve', '--port', 'abc'], /--port wants a whole number from 0 to 65535, not "abc"/],
    [['serve', '--port', '65536'], /--port wants/],
    [['serve', '--control-port', '-1'], /--control-port/],
    [['serve', '--port', '4500', '--control-port', '4500'], /both 4500/],
    [['serve', '--host', 'http://x/'], /--host wants an address/],
    [['serve', '--issuer', 'auth.example'], /--issuer wants an http or https URL/],
    [['serve', '--issuer', 'https://a.example/?x=1'], /without query/],
    [
      ['serve', '--allowed-host', 'http://app:4400'],
      /--allowed-host wants a host name without scheme and port/,
    ],
    [['serve', '--allowed-host', 'app', '--allowed-host', 'app:4400'], /not "app:4400"/],
    [['serve', '--db', ''], /--db wants a file/],
    [['serve', 'extra'], /unexpected "extra"/],
    [['serve', '--config', 'nowhere.json'], /nowhere\.json: there is no such file/],
    [['serve', '--config', 'not-json.json'], /not-json\.json: not JSON/],
    [['serve', '--config', 'unknown-key.json'], /unknown-key\.json: users\.0\.pasword is not a known key/],
    [['serve', '--config', 'wrong-value.json'], /wrong-value\.json: settings\.bcryptCost must be at most 15/],
    [['token'], /--user alice/],
    [['token', '--user', 'alice', '--lifetime', '0'], /--lifetime wants/],
    [['token', '--user', 'alice', '--control', 'http://127.0.0.1:1'], /--control needs --token/],
    [['token', '--user', 'alice', '--token', 'x'], /--token needs --control/],
    [['token', '--user', 'alice', '--control', 'ftp://x', '--token', 'x'], /--control wants an http URL/],
    [['decode'], /give a token/],
    [['decode', 'a', 'b'], /one token/],
    [['decode', 'a.b.c', '--jwks', 'keys.json'], /--jwks wants an http or https URL/],
    [['revoke'], /name the tokens/],
    [['call'], /name an operation/],
    [['export'], /name one format/],
    [['export', '--har', '--markdown'], /name one format/],
    [['call', 'users.lst'], /no operation "users\.lst"; there are: users\.list/],
    [['call', 'users.list', '{'], /not JSON/],
    [['schema', 'nonsense'], /no operation "nonsense"/],
  ]
  test.each(rows)('%j', async (args, message) => {
    const { code, out, err } = await grantscopeHere(args)
    expect({ code, out }).toEqual({ code: 2, out: '' })
    expect(err).toMatch(/^grantscope: [^\n]+\n$/)
    expect(err).toMatch(message)
  })
})

describe('a failure ends with 1 and one line that says what and how to mend it', () => {
  const rows: [string, () => string[], RegExp][] = [
    [
      'issuer port in use',
      () => ['serve', '--db', ':memory:', '--control-port', '0', '--port', busyPort],
      /port \d+ on 127\.0\.0\.1 is in use; .* --port \(0/,
    ],
    [
      'control port in use',
      () => ['serve', '--db', ':memory:', '--port', '0', '--control-port', busyPort],
      /in use; .* --control-port/,
    ],
    [
      'foreign address',
      () => ['serve', '--db', ':memory:', '--port', '0', '--host', '192.0.2.1'],
      /cannot listen on 192\.0\.2\.1:0 \(EADDRNOTAVAIL\).*--host/,
    ],
    [
      'damaged database',
      () => ['serve', '--db', 'damaged.db', '--port', '0', '--control-port', '0'],
      /damaged\.db/,
    ],
    [
      'folder as database',
      () => ['serve', '--db', 'folder.db', '--port', '0', '--control-port', '0'],
      /folder\.db/,
    ],
    [
      'folder of the database missing',
      () => ['serve', '--db', 'no/x.db', '--port', '0', '--control-port', '0'],
      /no\/x\.db/,
    ],
    [
      'no server to ask',
      () => ['token', '--user', 'alice'],
      /no Grantscope is running; start one with: grantscope serve/,
    ],
    [
      'no server at --control',
      () => ['call', 'status.get', '--control', 'http://127.0.0.1:1', '--token', 'x'],
      /no Grantscope answers at http:\/\/127\.0\.0\.1:1/,
    ],
  ]
  test.each(rows)('%s', async (_what, args, message) => {
    const { code, out, err } = await grantscopeHere(args())
    expect({ code, out }).toEqual({ code: 1, out: '' })
    expect(err).toMatch(/^grantscope: [^\n]+\n$/)
    expect(err).not.toContain('unexpected')
    expect(err).toMatch(message)
  })
})

describe('help', () => {
  test('of the program names every command', async () => {
    const { code, out, err } = await grantscopeHere(['--help'])
    expect({ code, err }).toEqual({ code: 0, err: '' })
    for (const name of ['serve', 'token', 'decode', 'revoke', 'call', 'export', 'schema'])
      expect(out).toContain(`  ${name} `)
  })

  test.each(['serve', 'token', 'decode', 'revoke', 'call', 'export', 'schema'])(
    'of %s tells how to use it',
    async (name) => {
      const { code, out } = await grantscopeHere([name, '--help'])
      expect(code).toBe(0)
      expect(out).toContain(`Usage: grantscope ${name}`)
    },
  )

  test('of serve names every flag', async () => {
    const { out } = await grantscopeHere(['serve', '--help'])
    const flags = 'port control-port host db config issuer https no-ui no-control json'.split(' ')
    for (const flag of flags) expect(out).toContain(`--${flag} `)
  })

  test('--version is that of the package', async () => {
    const { version } = (await import('../../package.json', { with: { type: 'json' } })).default
    expect((await grantscopeHere(['--version'])).out).toBe(`${version}\n`)
  })
})

test('schema prints the JSON Schema of the workspace file, and of an operation', async () => {
  const file = JSON.parse((await grantscopeHere(['schema'])).out)
  expect(file).toMatchObject({ title: 'Grantscope workspace', type: 'object', additionalProperties: false })
  const operation = JSON.parse((await grantscopeHere(['schema', 'tokens.get'])).out)
  expect(operation).toMatchObject({ required: ['jti'] })
})

describe('as a process of its own', () => {
  test('wrong usage is exit code 2, with nothing on stdout', async () => {
    const { code, out, err } = await grantscope(home, ['serve', '--prot', '1'])
    expect({ code, out }).toEqual({ code: 2, out: '' })
    expect(err).toBe("grantscope: serve: Unknown option '--prot'. See grantscope serve --help\n")
  })

  test('a failure is exit code 1, with nothing on stdout', async () => {
    const { code, out, err } = await grantscope(home, [
      'serve',
      '--db',
      'damaged.db',
      '--port',
      '0',
      '--control-port',
      '0',
    ])
    expect({ code, out }).toEqual({ code: 1, out: '' })
    expect(err).toMatch(/^grantscope: serve: [^\n]*damaged\.db[^\n]*\n$/)
  })

  test('help is exit code 0, with nothing on stderr', async () => {
    const { code, out, err } = await grantscope(home, ['--help'])
    expect({ code, err }).toEqual({ code: 0, err: '' })
    expect(out).toContain('Usage: grantscope <command>')
  })

  test('a reader that hangs up is no crash', async () => {
    const { code, err } = await grantscope(home, ['schema'], { hangUp: true })
    expect({ code, err }).toEqual({ code: 0, err: '' })
  })
})
