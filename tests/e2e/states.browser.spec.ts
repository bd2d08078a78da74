import type { Page, Route } from '@playwright/test'
import { callCore } from '../support/call.ts'
import { goTo, placesWithContent } from '../support/places.ts'
import { expect, test } from '../support/workbench.ts'

const REASON = 'The database is locked by another program.'

/** Without these no section begins to read anything of its own. */
const frame = ['status.get', 'settings.get']

/** Keeps the page's calls waiting; `fail` answers all of them, and those to come, with a refusal of the core. */
async function holdCalls(page: Page) {
  const held: Route[] = []
  let failing = false
  const refuse = (route: Route) =>
    route.fulfill({ json: { ok: false, error: { code: 'internal', message: REASON } } })
  const handler = async (route: Route) => {
    if (frame.some((name) => route.request().url().endsWith(`/${name}`))) await route.continue()
    else if (failing) await refuse(route)
    else held.push(route)
  }
  await page.route('**/api/call/**', handler)
  return {
    async fail() {
      failing = true
      await Promise.all(held.map(refuse))
    },
    release: () => page.unroute('**/api/call/**', handler),
  }
}

/** Goes there, and waits for nothing more than the place in the rail. */
async function jumpTo(page: Page, place: string) {
  await page.evaluate(`location.hash = ${JSON.stringify(`#/${place}`)}`)
  await expect(page.getByTestId(`nav-${place.split(/[/?]/)[0]}`)).toHaveAttribute('aria-current', 'page')
}

const reading = (page: Page) => page.getByRole('status', { name: /^Reading/ })

test('every place says that it reads, why it cannot, and reads again when asked', { tag: '@once' }, async ({
  workbench,
  issuer,
}) => {
  test.setTimeout(180_000)
  // The lab reads nothing before there is a token.
  const places = (await placesWithContent(workbench, issuer)).filter((place) => !place.startsWith('lab'))
  const calls = await holdCalls(workbench)
  await workbench.reload()
  for (const place of places) {
    await jumpTo(workbench, place)
    await expect.soft(reading(workbench).first(), place).toBeVisible()
  }
  await calls.fail()
  const failed = workbench.getByRole('main').getByRole('alert').filter({ hasText: REASON })
  const retries = failed.getByRole('button', { name: 'Try again' })
  for (const place of places) {
    await jumpTo(workbench, place)
    await expect.soft(failed.first(), place).toBeVisible()
    await expect.soft(reading(workbench), place).toHaveCount(0)
    expect.soft(await retries.count(), place).toBe(await failed.count())
  }
  await calls.release()
  for (const place of ['overview', 'settings', 'users/carol']) {
    await jumpTo(workbench, place)
    await retries.evaluateAll((buttons) => {
      for (const button of buttons) (button as HTMLButtonElement).click()
    })
    await expect.soft(failed, place).toHaveCount(0)
  }
})

test('a token that could not be read is not said to be forgotten', { tag: '@once' }, async ({
  workbench,
}) => {
  const calls = await holdCalls(workbench)
  await calls.fail()
  await goTo(workbench, 'lab/1')
  await expect(workbench.getByRole('alert').filter({ hasText: REASON })).toContainText('could not be read')
  await calls.release()
  await goTo(workbench, 'lab/2')
  await expect(workbench.getByRole('alert').filter({ hasText: 'no longer there' })).toBeVisible()
})

test('an empty list says so in a sentence, and what to do about it', { tag: '@once' }, async ({
  workbench,
}) => {
  await callCore(workbench, 'workspace.import', { file: { users: [], clients: [], scopes: [] } })
  const empty = {
    users: ['No users yet', 'Add a user'],
    clients: ['No clients yet', 'Add a client'],
    'clients?tab=scopes': ['No scopes yet', 'Add a scope'],
    tokens: ['No tokens yet', 'Issue a token'],
    traces: ['No exchange yet', 'Make a sample login'],
    flows: ['No flow yet', 'Run a sample'],
    'flows?tab=profiles': ['No profile yet', 'Add a profile'],
  }
  for (const [place, [title, action]] of Object.entries(empty)) {
    await goTo(workbench, place)
    await expect.soft(workbench.getByRole('heading', { level: 2, name: title })).toBeVisible()
    await expect.soft(workbench.getByRole('button', { name: action, exact: true })).toBeVisible()
  }
  await goTo(workbench, 'users')
  await workbench.getByRole('button', { name: 'Add a user' }).press('Enter')
  await expect(workbench.getByRole('dialog', { name: 'Add user' })).toBeVisible()
})

test('a link to what nobody has says so, in every section', { tag: '@once' }, async ({ workbench }) => {
  const nothing = {
    users: 'There is no such user',
    clients: 'There is no such client',
    issuers: 'There is no such issuer',
    keys: 'There is no such key',
    tokens: 'There is no such token',
    recipes: 'There is no such recipe',
    traces: 'There is no such trace',
    flows: 'This flow is no longer kept',
  }
  for (const [section, title] of Object.entries(nothing)) {
    await goTo(workbench, `${section}/none`)
    await expect.soft(workbench.getByRole('heading', { name: title })).toBeVisible()
  }
  await goTo(workbench, 'flows/none?tab=profiles')
  await expect(workbench.getByRole('heading', { name: 'There is no such profile' })).toBeVisible()
})

test('without its events the workbench says that it is cut off, and comes back by itself', {
  tag: '@once',
}, async ({ workbench }) => {
  test.slow()
  await workbench.route('**/api/events', (route) => route.abort())
  await workbench.reload()
  const banner = workbench.getByRole('alert').filter({ hasText: 'Grantscope has stopped answering' })
  await expect(banner).toBeVisible()
  await expect(workbench.getByTestId('connection')).toHaveText('Reconnecting')
  await workbench.unroute('**/api/events')
  await expect(workbench.getByTestId('connection')).toHaveText('Connected')
  await expect(banner).toHaveCount(0)
})

test('the keyboard keeps a place when what it was on is gone', { tag: '@once' }, async ({ workbench }) => {
  const skip = workbench.getByRole('button', { name: 'Skip the tour' })
  await skip.press('Enter')
  await expect(skip).toHaveCount(0)
  await expect(workbench.getByRole('main')).toBeFocused()

  await goTo(workbench, 'users/erin')
  await workbench.getByRole('button', { name: 'Delete' }).press('Enter')
  await workbench.getByRole('dialog').getByRole('button', { name: 'Delete user' }).press('Enter')
  await expect(workbench.getByRole('dialog')).toHaveCount(0)
  await expect(workbench.locator('body')).not.toBeFocused()
})

test('the keyboard gets back what a dialog or its own work took from it', { tag: '@once' }, async ({
  workbench,
}) => {
  // Without motion a dialog is gone before it gives the focus back.
  await workbench.emulateMedia({ reducedMotion: 'reduce' })
  await goTo(workbench, 'users')
  const add = workbench.getByRole('button', { name: 'Add user' })
  await add.press('Enter')
  await expect(workbench.getByRole('dialog', { name: 'Add user' })).toBeVisible()
  await workbench.keyboard.press('Escape')
  await expect(add).toBeFocused()

  const { id } = await callCore(workbench, 'faults.addPreset', { preset: 'refresh-lost' })
  await goTo(workbench, `faults/${id}`)
  const armed = workbench.getByRole('switch', { name: 'Armed' })
  await armed.press('Space')
  await expect(armed).not.toBeChecked()
  await expect(armed).toBeFocused()
})
