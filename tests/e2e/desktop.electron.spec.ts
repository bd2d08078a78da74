import { spawn } from 'node:child_process'
import { once } from 'node:events'
import type { Bridge } from '../../shared/contract/bridge.ts'
import { callCore } from '../support/call.ts'
import { test } from '../support/desktop.ts'
import { desktopStart, openDesktop } from '../support/host-electron.ts'
import type { TemporaryFolder } from '../support/temporary-folder.ts'
import { expect } from '../support/workbench.ts'

test('the page gets two functions of the desktop, and nothing of Node', async ({
  desktop: { app, page },
}) => {
  await expect(page).toHaveTitle('Overview · Grantscope')
  expect(await app.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]?.getTitle())).toBe(
    'Overview · Grantscope',
  )
  const found = await page.evaluate(() => ({
    bridge: Object.entries((window as unknown as { grantscope: object }).grantscope).map(
      ([name, value]) => `${name}: ${typeof value}`,
    ),
    node: ['require', 'process', 'module', 'Buffer', 'global', 'ipcRenderer', 'electron'].filter(
      (name) => name in window,
    ),
  }))
  expect(found).toEqual({ bridge: ['call: function', 'subscribe: function'], node: [] })
})

test('what is no message of the contract is refused, and does no harm', async ({ desktop: { page } }) => {
  const codes = await page.evaluate(async () => {
    const { call } = (window as unknown as { grantscope: Bridge }).grantscope
    const operations: unknown[] = [
      'no.such.operation',
      'constructor',
      'x'.repeat(201),
      null,
      { kind: 'call' },
    ]
    const envelopes = await Promise.all(operations.map((operation) => call(operation as string, {})))
    const wrongInput = await call('users.get', { id: 'alice', more: true })
    return [...envelopes, wrongInput].map((envelope) => (envelope.ok ? 'ok' : envelope.error.code))
  })
  expect(codes).toEqual([
    'unknown_operation',
    'unknown_operation',
    'invalid_input',
    'invalid_input',
    'invalid_input',
    'invalid_input',
  ])
  await page.getByTestId('nav-users').click()
  await expect(page.getByTestId('row-alice')).toBeVisible()
})

test('no window, no other page and no webview can be opened from the page', async ({
  desktop: { app, page },
}) => {
  await app.evaluate(({ shell, webContents }) => {
    const seen = globalThis as unknown as { outside: string[]; prevented: boolean[] }
    seen.outside = []
    seen.prevented = []
    shell.openExternal = async (url) => void seen.outside.push(url)
    // Heard after the app's own listener, whose verdict is in the event.
    webContents.getAllWebContents()[0]?.on('will-frame-navigate', ({ defaultPrevented }) => {
      seen.prevented.push(defaultPrevented)
    })
  })
  const issuer = await page.getByTestId('issuer-url').innerText()
  const opened = await page.evaluate(
    (urls) => urls.map((url) => window.open(url)),
    [
      `${issuer}/docs`,
      'https://example.test/',
      'http://example.test/',
      'file:///etc/hosts',
      'app://elsewhere/',
    ],
  )
  expect(opened).toEqual([null, null, null, null, null])
  const seen = () =>
    app.evaluate(({ webContents }) => {
      const { outside, prevented } = globalThis as unknown as { outside: string[]; prevented: boolean[] }
      return { outside, prevented, pages: webContents.getAllWebContents().length }
    })
  // What may be shown to the user at all is handed to their own browser.
  await expect
    .poll(seen)
    .toEqual({ outside: [`${issuer}/docs`, 'https://example.test/'], prevented: [], pages: 1 })

  await page.evaluate((url) => {
    location.href = url
  }, `${issuer}/docs`)
  await expect.poll(async () => (await seen()).prevented).toEqual([true])
  const inserted = await page.evaluate(
    (url) =>
      new Promise<{ directive: string; isWebview: boolean }>((resolve) => {
        const [webview, frame] = ['webview', 'iframe'].map((tag) => document.createElement(tag))
        document.addEventListener('securitypolicyviolation', ({ effectiveDirective: directive }) =>
          resolve({ directive, isWebview: 'getWebContentsId' in webview! }),
        )
        for (const element of [webview!, frame!]) {
          element.setAttribute('src', url)
          document.body.append(element)
        }
      }),
    `${issuer}/docs`,
  )
  expect(inserted).toEqual({ directive: 'frame-src', isWebview: false })
  expect((await seen()).pages).toBe(1)
  expect(page.url()).toMatch(/^app:\/\/grantscope\//)
  expect(await page.evaluate(() => document.querySelector('main h1')?.textContent)).toBe('Overview')
})

test('the page is given no permission but to write to the clipboard', async ({ desktop: { page } }) => {
  const outcomes = await page.evaluate(async () => {
    const refused = (attempt: Promise<unknown>) =>
      attempt.then(
        () => 'given',
        (error) => error.name ?? 'refused',
      )
    const state = async (name: string) =>
      (await navigator.permissions.query({ name: name as PermissionName })).state
    return {
      notifications: await Notification.requestPermission(),
      geolocation: await state('geolocation'),
      camera: await state('camera'),
      microphone: await refused(navigator.mediaDevices.getUserMedia({ audio: true })),
      clipboard: await refused(navigator.clipboard.readText()),
      midi: await refused(navigator.requestMIDIAccess({ sysex: true })),
    }
  })
  expect(outcomes).toEqual({
    notifications: 'denied',
    geolocation: 'denied',
    camera: 'denied',
    microphone: expect.stringMatching(/^Not(Allowed|Found)Error$/),
    clipboard: 'NotAllowedError',
    midi: expect.stringMatching(/Error$/),
  })
})

/** Starts the app once more on the same data, and waits until it has handed over and ended. */
async function startAgain(
  data: TemporaryFolder,
  ...more: string[]
): Promise<{ code: number; words: string }> {
  const { executablePath, args, env } = desktopStart(data.path, { GRANTSCOPE_DB: ':memory:' })
  const second = spawn(executablePath, [...args, ...more], { env, stdio: ['ignore', 'ignore', 'pipe'] })
  let words = ''
  second.stderr.on('data', (chunk) => {
    words += chunk
  })
  const [code] = await once(second, 'close')
  return { code, words }
}

test('a second start on the same data brings the first window to the front, and its link along', async ({
  desktop: { app, page },
  data,
}) => {
  await app.evaluate(({ dialog }) => {
    const seen = globalThis as unknown as { refused: string[] }
    seen.refused = []
    const refuse = async (options: Electron.MessageBoxOptions) => {
      seen.refused.push(`${options.message} ${options.detail}`)
      return { response: 0, checkboxChecked: false }
    }
    dialog.showMessageBox = refuse as typeof dialog.showMessageBox
  })
  const { code, words } = await startAgain(data, 'grantscope://users/erin')
  expect(code).toBe(0)
  expect(words).toContain('Grantscope is running already')
  await expect(page.getByRole('heading', { level: 2, name: 'erin' })).toBeVisible()

  const follow = (link: string) =>
    app.evaluate(({ app }, url) => void app.emit('open-url', { preventDefault() {} }, url), link)
  const workspace = Buffer.from(JSON.stringify({ users: [{ username: 'gina' }] })).toString('base64url')
  await follow(`grantscope://import?workspace=${workspace}`)
  const dialog = page.getByRole('dialog', { name: 'Import the link?' })
  await expect(dialog.getByTestId('import-preview')).toContainText('New: gina')
  expect(page.url()).not.toContain(workspace)
  await dialog.getByRole('button', { name: 'Cancel' }).click()
  await expect(dialog).toBeHidden()
  expect((await callCore(page, 'users.list', {})).map(({ username }) => username)).toContain('alice')

  await follow('grantscope://lab?token=eyJhbGciOiJub25lIn0.e30.')
  const refused = () => app.evaluate(() => (globalThis as unknown as { refused: string[] }).refused)
  await expect.poll(refused).toEqual([expect.stringContaining('does not open this link. In it, a token')])
  expect(page.url()).toMatch(/#\/settings/)
  expect(app.windows()).toHaveLength(1)
})

test('the issuer is stopped and started from menu and page, and outlives the window if it is to', async ({
  desktop: { app, page },
  data,
}) => {
  const issuer = await page.getByTestId('issuer-url').innerText()
  const answers = () =>
    fetch(`${issuer}/jwks`).then(
      ({ status }) => status,
      () => 'nobody',
    )
  const click = (label: string) =>
    app.evaluate(({ Menu }, wanted) => {
      const server = Menu.getApplicationMenu()?.items.find(({ label }) => label === '&Server')
      const item = server?.submenu?.items.find(({ label }) => label === wanted)
      item?.click()
      return item !== undefined
    }, label)
  expect(await click('Stop the issuer')).toBe(true)
  const banner = page.getByTestId('server-stopped')
  await expect(banner).toContainText('The issuer is stopped')
  await expect(page.getByTestId('connection')).toHaveText('Issuer stopped')
  expect(await answers()).toBe('nobody')
  await banner.getByRole('button', { name: 'Start the issuer' }).click()
  await expect(banner).toBeHidden()
  expect(await answers()).toBe(200)
  await expect.poll(() => click('Stop the issuer')).toBe(true)
  await expect(banner).toBeVisible()
  expect(await click('Start the issuer')).toBe(true)
  await expect(banner).toBeHidden()

  await page.getByTestId('nav-settings').click()
  await page.getByRole('switch', { name: /^Closing the window leaves/ }).click()
  await expect.poll(async () => (await callCore(page, 'desktop.get', {})).preferences?.keepRunning).toBe(true)
  await page.close()
  expect(await answers()).toBe(200)
  const reopened = app.waitForEvent('window')
  await startAgain(data)
  await expect((await reopened).getByTestId('issuer-url')).toHaveText(issuer)
})

test('a refused request is told while nobody looks, once it was asked for', async ({
  desktop: { app, page },
}) => {
  await app.evaluate(({ BrowserWindow, Notification }) => {
    const seen = globalThis as unknown as { shown: Electron.Notification[] }
    seen.shown = []
    Notification.isSupported = () => true
    Notification.prototype.show = function () {
      seen.shown.push(this)
    }
    BrowserWindow.getFocusedWindow = () => null
  })
  const shown = () =>
    app.evaluate(() =>
      (globalThis as unknown as { shown: Electron.Notification[] }).shown.map(({ title }) => title),
    )
  const issuer = await page.getByTestId('issuer-url').innerText()
  const refused = (path: string) => fetch(`${issuer}${path}?access_token=hush`)
  await refused('/me')
  await callCore(page, 'desktop.update', { notifyFailures: true })
  await refused('/userinfo')
  await expect.poll(shown).toEqual([expect.stringMatching(/^GET \/userinfo refused: 40\d/)])
  await app.evaluate(() =>
    (globalThis as unknown as { shown: Electron.Notification[] }).shown[0]!.emit('click'),
  )
  await expect(page.getByRole('region', { name: 'Traces detail' })).toContainText('/userinfo')
})

test('what was made is there after a restart', async ({ data }) => {
  const first = await openDesktop(data.path)
  try {
    await first.page.getByTestId('nav-users').click()
    await first.page.getByRole('button', { name: 'Add user' }).click()
    const dialog = first.page.getByRole('dialog', { name: 'Add user' })
    await dialog.getByRole('textbox', { name: 'User name' }).fill('gina')
    await dialog.getByRole('textbox', { name: 'Password' }).fill('teapot')
    await dialog.getByRole('button', { name: 'Add user' }).click()
    await expect(first.page.getByTestId('row-gina')).toBeVisible()
    await first.page.getByTestId('theme-switch').getByTitle('Dark theme').click()
  } finally {
    await first.app.close()
  }
  const { app, page } = await openDesktop(data.path)
  try {
    await page.getByTestId('nav-users').click()
    await expect(page.getByTestId('row-gina')).toBeVisible()
    await expect(page.getByRole('radio', { name: 'Dark theme' })).toBeChecked()
  } finally {
    await app.close()
  }
})
