import type { Locator, Page } from '@playwright/test'
import { sectionIds } from '../../renderer/stores/navigation.ts'
import { doByPalette, openPalette } from '../support/palette.ts'
import { goTo, placesWithContent } from '../support/places.ts'
import { expect, test } from '../support/workbench.ts'

const heading = (page: Page, name: string) => page.getByRole('heading', { level: 1, name, exact: true })

/** Opens the workbench anew at a place, as a bookmark does. */
async function openAt(page: Page, fragment: string) {
  await page.evaluate((hash) => history.replaceState(null, '', hash), fragment)
  await page.reload()
}

const connected = (page: Page) => expect(page.getByTestId('connection')).toHaveText('Connected')

/** Presses Tab until the focus is there. */
async function tabTo(page: Page, target: Locator, most = 60) {
  for (let presses = 0; presses < most; presses++) {
    await page.keyboard.press('Tab')
    if (await target.evaluate((element) => element === document.activeElement)) return
  }
  throw new Error(`${most} presses of Tab did not lead to ${target}`)
}

test('the command palette goes to a section and to a user, Ctrl and a digit to each section', async ({
  workbench,
}) => {
  const { keyboard } = workbench
  await doByPalette(workbench, 'clients', 'Clients & scopes')
  await expect(heading(workbench, 'Clients & scopes')).toBeFocused()

  await doByPalette(workbench, 'erin@example', 'Erin Dale')
  await expect(workbench.getByRole('heading', { level: 2, name: 'erin' })).toBeVisible()

  const search = await openPalette(workbench)
  await keyboard.type('no such thing')
  await expect(workbench.getByText('Nothing has that name')).toBeVisible()
  await keyboard.press('Escape')
  await expect(search).toBeHidden()

  const names = await workbench
    .getByRole('navigation', { name: 'Sections' })
    .getByRole('link')
    .allInnerTexts()
  expect(names).toHaveLength(sectionIds.length)
  await workbench.getByRole('searchbox', { name: 'Search users' }).focus()
  // There are nine digits; sections after those are reached by the rail, the palette, or keys somebody gives them.
  const numbered = sectionIds.slice(0, 9)
  for (const [index, id] of numbered.entries()) {
    await keyboard.press(`ControlOrMeta+${index + 1}`)
    await expect(workbench.getByTestId(`nav-${id}`)).toHaveAttribute('aria-current', 'page')
    await expect(workbench).toHaveTitle(`${names[index]} · Grantscope`)
  }

  await keyboard.press('?')
  await expect(workbench.getByRole('dialog', { name: 'Keyboard shortcuts' })).toBeVisible()
  await keyboard.press('ControlOrMeta+1')
  await expect(workbench.getByTestId(`nav-${numbered.at(-1)}`)).toHaveAttribute('aria-current', 'page')
})

test('the theme changes the page, outlives a reload, and follows the system when told to', async ({
  workbench,
}) => {
  const background = () => workbench.evaluate(() => getComputedStyle(document.body).backgroundColor)
  const choose = (name: string) => workbench.getByTestId('theme-switch').getByTitle(name).click()
  await workbench.emulateMedia({ colorScheme: 'light' })
  await choose('Light theme')
  const light = await background()
  await choose('Dark theme')
  await expect.poll(background).not.toBe(light)
  const dark = await background()
  await workbench.reload()
  await expect(workbench.getByRole('radio', { name: 'Dark theme' })).toBeChecked()
  expect(await background()).toBe(dark)

  await choose('Theme of the system')
  await expect.poll(background).toBe(light)
  await workbench.emulateMedia({ colorScheme: 'dark' })
  await expect.poll(background).toBe(dark)

  await workbench.getByTestId('nav-settings').click()
  await workbench.getByRole('radiogroup', { name: 'Theme' }).first().getByText('Light').click()
  await expect.poll(background).toBe(light)
})

test('a link leads deep into the workbench, and back and forward follow', async ({ workbench }) => {
  await openAt(workbench, '#/users/erin')
  const erin = workbench.getByRole('heading', { level: 2, name: 'erin' })
  await expect(erin).toBeVisible()
  await workbench.getByTestId('nav-clients').click()
  await workbench.getByTestId('nav-settings').click()
  await workbench.goBack()
  await expect(heading(workbench, 'Clients & scopes')).toBeVisible()
  await workbench.goBack()
  await expect(erin).toBeVisible()
  await workbench.goForward()
  await expect(heading(workbench, 'Clients & scopes')).toBeVisible()

  await openAt(workbench, '#/users/nobody')
  await expect(workbench.getByRole('heading', { name: 'There is no such user' })).toBeVisible()
  await openAt(workbench, '#/elsewhere/%E0%A4%A')
  await expect(heading(workbench, 'Overview')).toBeVisible()
})

test('the keyboard alone issues a token and revokes it', async ({ workbench }) => {
  const { keyboard } = workbench
  await connected(workbench)
  await keyboard.press('Tab')
  await expect(workbench.getByRole('button', { name: 'Skip to the page' })).toBeFocused()
  await keyboard.press('Enter')
  await expect(workbench.getByRole('main')).toBeFocused()
  await workbench.reload()
  await connected(workbench)

  await tabTo(workbench, workbench.getByTestId('nav-tokens'))
  await keyboard.press('Enter')
  await expect(heading(workbench, 'Tokens')).toBeFocused()
  await tabTo(workbench, workbench.getByRole('button', { name: 'Issue token', exact: true }))
  await keyboard.press('Enter')
  const dialog = workbench.getByRole('dialog', { name: 'Issue token' })
  await expect(dialog.getByRole('combobox', { name: 'Client' })).toBeFocused()
  await tabTo(workbench, dialog.getByRole('checkbox', { name: 'read', exact: true }))
  await keyboard.press('Space')
  await tabTo(workbench, dialog.getByRole('button', { name: 'Issue token' }))
  await keyboard.press('Enter')
  await expect(dialog.getByTestId('issued-tokens')).toContainText('scope read')
  await tabTo(workbench, dialog.getByRole('button', { name: 'Show in ledger' }))
  await keyboard.press('Enter')
  await expect(dialog).toBeHidden()
  await tabTo(workbench, workbench.getByRole('button', { name: 'Revoke', exact: true }))
  await keyboard.press('Enter')
  await expect(workbench.getByTestId('token-verdict')).toContainText('Revoked')
})

test('nothing is wider than the smallest window, in any section', { tag: '@once' }, async ({
  workbench,
  issuer,
}) => {
  await workbench.setViewportSize({ width: 900, height: 600 })
  const rail = workbench.getByRole('navigation', { name: 'Sections' })
  expect(await rail.evaluate(({ scrollHeight, clientHeight }) => scrollHeight - clientHeight)).toBe(0)
  for (const place of await placesWithContent(workbench, issuer)) {
    await goTo(workbench, place)
    expect.soft(await tooWide(workbench), place).toEqual([])
  }
})

/** What of the page or of its controls lies beyond the window's right edge, and cannot be scrolled to inside of a pane. */
const tooWide = (page: Page): Promise<string[]> =>
  page.evaluate(() => {
    const scrollsSideways = (element: Element | null): boolean =>
      element !== null &&
      (/auto|scroll/.test(getComputedStyle(element).overflowX) || scrollsSideways(element.parentElement))
    const beyond = [...document.querySelectorAll('button, a, input, select, textarea, h1, h2')].filter(
      (element) =>
        element.checkVisibility() &&
        element.getBoundingClientRect().right > innerWidth &&
        !scrollsSideways(element),
    )
    const root = document.scrollingElement!
    return [
      ...(root.scrollWidth > root.clientWidth ? [`page: ${root.scrollWidth}`] : []),
      ...beyond.map((element) => element.outerHTML.slice(0, 120)),
    ]
  })

test('keys are changed by keyboard, taken from one command for another, and given back', async ({
  workbench,
}) => {
  const { keyboard } = workbench
  await connected(workbench)
  await keyboard.press('ControlOrMeta+,')
  await expect(heading(workbench, 'Settings')).toBeVisible()
  const row = workbench.getByTestId('shortcut-shell.shortcuts')
  await row.getByRole('button', { name: /^Change/ }).press('Enter')
  const recorder = row.getByRole('button', { name: /^New keys/ })
  await expect(recorder).toBeFocused()
  await keyboard.press('ControlOrMeta+c')
  await expect(recorder).toContainText('belong to the window or to editing')
  await keyboard.press('ControlOrMeta+k')
  await expect(recorder).toContainText('Belongs to "Open the command palette". Press it again')
  await keyboard.press('ControlOrMeta+k')
  await expect(row.getByRole('button', { name: /^Change/ })).toBeFocused()
  await expect(workbench.getByTestId('shortcut-shell.palette')).toContainText('None')

  await workbench.reload()
  await connected(workbench)
  await keyboard.press('ControlOrMeta+k')
  const help = workbench.getByRole('dialog', { name: 'Keyboard shortcuts' })
  await expect(help).toContainText('Open a file…')
  await expect(help).not.toContainText('Open the command palette')
  await keyboard.press('Escape')
  await expect(help).toBeHidden()
  await workbench.getByRole('button', { name: 'Reset all' }).click()
  await expect(workbench.getByTestId('shortcut-shell.palette')).toContainText('K')
  await keyboard.press('ControlOrMeta+k')
  await expect(workbench.getByRole('dialog', { name: 'Command palette' })).toBeVisible()
})

test('a file is dropped anywhere: a token opens in the lab, a workspace asks first', async ({
  workbench,
}) => {
  await connected(workbench)
  const drag = async (type: string, name: string, text: string) => {
    const data = await workbench.evaluateHandle(
      ([fileName, content]) => {
        const transfer = new DataTransfer()
        transfer.items.add(new File([content], fileName))
        return transfer
      },
      [name, text] as const,
    )
    await workbench.getByRole('main').dispatchEvent(type, { dataTransfer: data })
  }
  const zone = workbench.getByTestId('drop-zone')
  const token = `${Buffer.from('{"alg":"none"}').toString('base64url')}.${Buffer.from('{"sub":"zoë"}').toString('base64url')}.`
  await drag('dragenter', 'a.jwt', token)
  await expect(zone).toContainText('nothing is kept or replaced without your word')
  await drag('drop', 'a.jwt', token)
  await expect(zone).toBeHidden()
  await expect(heading(workbench, 'JWT lab')).toBeVisible()
  await expect(workbench.getByRole('main')).toContainText('zoë')

  await drag('drop', 'cat.png', '\u0089PNG\0')
  await expect(workbench.getByRole('alert').filter({ hasText: 'cat.png was not opened' })).toContainText(
    'no text',
  )
  await workbench
    .getByTestId('open-file')
    .setInputFiles({ name: 'team.json', mimeType: '', buffer: Buffer.from('{"users":[]}') })
  await expect(workbench.getByRole('dialog', { name: 'Import team.json?' })).toContainText(
    'Removed: alice, bob, carol, dave, erin',
  )
})
