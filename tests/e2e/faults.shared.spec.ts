import type { Page } from '@playwright/test'
import { callCore } from '../support/call.ts'
import { doByPalette } from '../support/palette.ts'
import { expect, test } from '../support/workbench.ts'

const send = (issuer: string, fields: Record<string, string>) =>
  fetch(`${issuer}/token`, { method: 'POST', body: new URLSearchParams(fields) })

/** The answer to a password grant as alice, which must succeed. */
async function logIn(issuer: string): Promise<{ access_token: string; refresh_token: string }> {
  const response = await send(issuer, { grant_type: 'password', username: 'alice', password: 'wonderland' })
  expect(response.status).toBe(200)
  return response.json()
}

const refresh = (issuer: string, token: string) =>
  send(issuer, { grant_type: 'refresh_token', client_id: 'demo-spa', refresh_token: token })

const armed = (page: Page) => page.getByTestId('armed-faults')
const faultRow = (page: Page, name: string) =>
  page.getByRole('grid', { name: 'Faults' }).getByRole('row').filter({ hasText: name })

test('a preset is armed, a client gets it, the trace leads back to it, and it is disarmed', async ({
  workbench,
  issuer,
}) => {
  const { refresh_token: token } = await logIn(issuer)
  await expect(armed(workbench)).toHaveText('No faults')
  await workbench.getByTestId('nav-faults').click()
  await expect(workbench.getByRole('heading', { name: 'The issuer behaves' })).toBeVisible()
  await workbench.getByRole('button', { name: 'Arm: invalid_grant, once' }).click()
  await expect(armed(workbench)).toHaveText('1 fault armed')
  const row = faultRow(workbench, 'invalid_grant, once')
  await expect(row).toContainText('0 of 1')

  const struck = await refresh(issuer, token)
  expect([struck.status, (await struck.json()).error]).toEqual([400, 'invalid_grant'])
  await expect(row).toContainText('1 of 1')
  await expect(row).toContainText('Spent')
  await expect(armed(workbench)).toHaveText('No faults')

  await row.click()
  await expect(workbench.getByTestId('fault-sentence')).toContainText('It has struck once, and rests.')
  await workbench.getByTestId('struck-exchanges').getByRole('link').click()
  await expect(workbench.getByTestId('trace-faults')).toContainText('invalid_grant, once')
  await expect(workbench.getByTestId('arrow-2')).toContainText('answers invalid_grant in place of the work')
  await expect(workbench.getByTestId('row-2')).toContainText('fault: invalid_grant')
  await workbench.getByRole('link', { name: 'Go to invalid_grant, once' }).click()

  await workbench.getByRole('button', { name: 'Arm again' }).click()
  await expect(armed(workbench)).toHaveText('1 fault armed')
  await workbench.getByRole('switch', { name: 'Armed' }).press('Space')
  await expect(workbench.getByTestId('fault-sentence')).toContainText('Once armed, at the next refresh,')
  expect((await refresh(issuer, token)).status).toBe(200)
})

test("a fault of one's own says what it will do and where it never could, and comes back when deleted", {
  tag: '@once',
}, async ({ workbench, issuer }) => {
  await doByPalette(workbench, 'add a fault', 'Add a fault')
  const sentence = workbench.getByTestId('fault-sentence')
  await expect(sentence).toContainText('At the next token request, the issuer answers')
  await workbench.getByRole('combobox', { name: 'Kind' }).click()
  await workbench.getByRole('option', { name: 'A wrong JWKS' }).click()
  await expect(sentence).toContainText('It would never take effect at token, which is no JWKS.')
  await workbench.getByRole('combobox', { name: 'Kind' }).click()
  await workbench.getByRole('option', { name: 'Edit the JSON of the answer' }).click()
  const patch = workbench.getByRole('textbox', { name: /^Changes/ })
  await patch.fill('{ "expires_in": ')
  await expect(workbench.getByRole('button', { name: 'Add and arm' })).toBeDisabled()
  await patch.fill('{ "expires_in": 1 }')
  await workbench.getByRole('combobox', { name: /^Client/ }).click()
  await workbench.getByRole('option', { name: 'demo-spa' }).click()
  await expect(sentence).toContainText(
    'At the next token request of demo-spa, the issuer changes expires_in in its answer.',
  )
  await workbench.keyboard.press('ControlOrMeta+Enter')
  await expect(
    workbench.getByRole('heading', { level: 2, name: 'Changes expires_in in its answer' }),
  ).toBeVisible()
  expect(await logIn(issuer)).toMatchObject({ expires_in: 1 })
  await expect(workbench.getByTestId('fault-hits')).toHaveText('1 of 1')

  await workbench.getByRole('textbox', { name: /^How often/ }).fill('3')
  await workbench.getByRole('button', { name: 'Save changes' }).click()
  await expect(workbench.getByTestId('fault-hits')).toHaveText('1 of 3')
  const before = await callCore(workbench, 'faults.list', {})
  await workbench.getByRole('button', { name: 'Delete' }).click()
  await expect(armed(workbench)).toHaveText('No faults')
  await workbench.getByRole('button', { name: 'Undo' }).last().click()
  await expect(armed(workbench)).toHaveText('1 fault armed')
  const [fault] = await callCore(workbench, 'faults.list', {})
  expect(fault).toMatchObject({ id: before[0]!.id, hits: 1, count: 3 })
})

test('a scenario file that is dropped is shown first, applied, taken back, and kept', {
  tag: '@once',
}, async ({ workbench, issuer, saved }) => {
  await callCore(workbench, 'faults.addPreset', { preset: 'token-hangs' })
  const file = {
    format: 'grantscope-scenario',
    version: 1,
    name: 'Busy',
    faults: [{ name: 'Too many', match: { endpoints: ['token'] }, action: { kind: 'answer', status: 429 } }],
  }
  const drop = async (name: string, content: object) => {
    const transfer = await workbench.evaluateHandle(
      ([fileName, text]) => {
        const data = new DataTransfer()
        data.items.add(new File([text], fileName))
        return data
      },
      [name, JSON.stringify(content)] as const,
    )
    await workbench.getByRole('main').dispatchEvent('drop', { dataTransfer: transfer })
  }

  await drop('wrong.json', { ...file, faults: [{ ...file.faults[0], match: { endpoints: ['tokn'] } }] })
  await expect(workbench.getByTestId('scenario-failure')).toContainText('faults.0.match.endpoints.0')
  await workbench.getByRole('button', { name: 'Close' }).last().click()

  await drop('busy.json', file)
  const dialog = workbench.getByRole('dialog', { name: 'Import busy.json?' })
  await expect(dialog).toContainText('At every token request, the issuer answers 429')
  await expect(dialog.getByTestId('scenario-preview')).toContainText(
    'Faults that goToken endpoint never answers',
  )
  await dialog.getByRole('button', { name: 'Import and apply' }).click()
  await expect(dialog).toBeHidden()
  await expect(workbench.getByRole('heading', { level: 2, name: 'Busy' })).toBeVisible()
  expect((await send(issuer, {})).status).toBe(429)

  const exported = await saved(() => workbench.getByRole('button', { name: 'Export' }).click())
  expect(JSON.parse(exported.text)).toMatchObject({ name: 'Busy', faults: [{ name: 'Too many' }] })
  await workbench.getByRole('button', { name: 'Undo' }).last().click()
  await expect
    .poll(async () => (await callCore(workbench, 'faults.list', {})).map(({ name }) => name))
    .toEqual(['Token endpoint never answers'])
  const scenarios = await callCore(workbench, 'scenarios.list', {})
  expect(scenarios.filter(({ builtIn }) => !builtIn).map(({ file: { name } }) => name)).toEqual(['Busy'])
})
