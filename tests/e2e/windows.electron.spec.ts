import type { ElectronApplication } from '@playwright/test'
import { callCore } from '../support/call.ts'
import { test } from '../support/desktop.ts'
import { expect } from '../support/workbench.ts'

const closed = { sandbox: true, contextIsolation: true, nodeIntegration: false, webviewTag: false }

/** What each open window may do. */
const preferencesOf = (app: ElectronApplication) =>
  app.evaluate(({ BrowserWindow }) =>
    BrowserWindow.getAllWindows().map((window) => {
      const { sandbox, contextIsolation, nodeIntegration, webviewTag } = (
        window.webContents as unknown as { getLastWebPreferences(): Electron.WebPreferences }
      ).getLastWebPreferences()
      return { sandbox, contextIsolation, nodeIntegration, webviewTag }
    }),
  )

test('a flow logs in by a window of its own, which gets nothing of ours and closes with the redirect', async ({
  desktop: { app, page },
}) => {
  const login = { by: 'window' } as const
  const { id } = await callCore(page, 'flows.start', { kind: 'authorization_code', login })
  const opened = app.waitForEvent('window')
  await callCore(page, 'flows.run', { id })
  const own = await opened
  await own.locator('input[name=username]').fill('alice')
  expect(await preferencesOf(app)).toEqual([closed, closed])
  expect(await own.evaluate(() => ['grantscope' in window, 'require' in window])).toEqual([false, false])
  const apart = await app.evaluate(({ BrowserWindow }) => {
    const sessions = BrowserWindow.getAllWindows().map(({ webContents }) => webContents.session)
    return {
      shared: sessions[0] === sessions[1],
      stored: sessions.filter((one) => one.isPersistent()).length,
    }
  })
  expect(apart).toEqual({ shared: false, stored: 1 })
  await own.evaluate(() => window.open('app://grantscope/'))
  expect(app.windows()).toHaveLength(2)

  await own.locator('input[name=password]').fill('wonderland')
  await own.getByRole('button', { name: 'Log in' }).click()
  const gone = own.waitForEvent('close')
  await own.getByRole('button', { name: 'Allow' }).click()
  await gone
  await expect.poll(async () => (await callCore(page, 'flows.get', { id })).state).toBe('done')
})

for (const [uri, responseMode] of [
  ['https://app.example.test/callback', 'query'],
  ['https://app.example.test/callback', 'form_post'],
  ['com.example.app:/callback', 'query'],
] as const) {
  test(`a login window catches the ${responseMode} to an app elsewhere: ${uri}`, async ({
    desktop: { app, page },
  }) => {
    await callCore(page, 'clients.update', {
      id: 'demo-spa',
      changes: { redirectUris: [uri], autoApprove: true },
    })
    const { id: profileId } = await callCore(page, 'flowProfiles.save', {
      profile: {
        name: 'Of an app',
        issuer: { kind: 'built-in', name: 'default' },
        clientId: 'demo-spa',
        redirect: { kind: 'other', uri },
      },
    })
    const login = { by: 'window' } as const
    const parameters = { response_mode: responseMode }
    const { id } = await callCore(page, 'flows.start', {
      kind: 'authorization_code',
      profileId,
      login,
      parameters,
    })
    const opened = app.waitForEvent('window')
    await callCore(page, 'flows.run', { id })
    const own = await opened
    await own.locator('input[name=username]').fill('alice')
    await own.locator('input[name=password]').fill('wonderland')
    const gone = own.waitForEvent('close')
    await own.getByRole('button', { name: 'Log in' }).click()
    await gone
    await expect.poll(async () => (await callCore(page, 'flows.get', { id })).state).toBe('done')
  })
}

test('a trace opens in a window of its own: as closed as the first, live, and where it was', async ({
  desktop: { app, page },
}) => {
  const issuer = await page.getByTestId('issuer-url').innerText()
  await fetch(`${issuer}/me`, { headers: { authorization: 'Bearer nonsense' } })
  await expect.poll(async () => (await callCore(page, 'traces.list', {})).length).toBe(1)
  const [trace] = await callCore(page, 'traces.list', {})
  await page.evaluate((id) => {
    location.hash = `#/traces/trace-${id}`
  }, trace!.id)
  const link = page.getByRole('link', { name: 'Open this trace in its own window' })
  const opened = app.waitForEvent('window')
  await link.click()
  const own = await opened
  await expect(own.getByTestId('trace-verdict')).toContainText('1 refusal')
  await expect(own.getByTestId('nav-traces')).toBeHidden()
  const windows = () => preferencesOf(app)
  expect(await windows()).toEqual([closed, closed])
  expect(await own.evaluate(() => [window.open('app://grantscope/#/users'), 'require' in window])).toEqual([
    null,
    false,
  ])
  expect(await windows()).toHaveLength(2)

  await callCore(page, 'traces.update', { id: trace!.id, changes: { name: 'A bad token' } })
  await expect(own.getByRole('heading', { level: 2, name: 'A bad token' })).toBeVisible()
  const place = { x: 30, y: 40, width: 820, height: 640 }
  const ownWindow = await app.browserWindow(own)
  await ownWindow.evaluate((window, bounds) => window.setBounds(bounds), place)
  await expect.poll(() => ownWindow.evaluate((window) => window.getNormalBounds().width)).toBe(place.width)
  const gone = own.waitForEvent('close')
  await ownWindow.evaluate((window) => window.close())
  await gone
  const again = app.waitForEvent('window')
  await link.click()
  const size = await (await app.browserWindow(await again)).evaluate((window) => window.getNormalBounds())
  expect([size.width, size.height]).toEqual([place.width, place.height])
})
