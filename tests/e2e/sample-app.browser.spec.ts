import AxeBuilder from '@axe-core/playwright'
import { callCore } from '../support/call.ts'
import { expect, test } from '../support/workbench.ts'

test.setTimeout(90_000)

test('the sample app logs in, and each mistake it is told to make is found in a trace', async ({
  workbench,
}) => {
  const opening = workbench.waitForEvent('popup')
  await workbench.getByRole('link', { name: 'Open the sample app' }).click()
  const app = await opening
  const errors: Error[] = []
  app.on('pageerror', (error) => errors.push(error))

  await app.getByRole('button', { name: 'Log in' }).click()
  await app.getByLabel('Username').fill('alice')
  await app.getByLabel('Password').fill('wonderland')
  await app.getByLabel('Password').press('Enter')
  await app.getByRole('button', { name: 'Allow' }).click()
  await expect(app.getByText('Logged in as alice.')).toBeVisible()
  await expect(app).toHaveURL(/:\d+\/$/)
  await app.getByLabel('New item').fill('A golden key')
  await app.getByRole('button', { name: 'Add' }).click()
  await expect(app.getByRole('list', { name: 'Items' })).toContainText('A golden key alice')
  for (const colorScheme of ['light', 'dark'] as const) {
    await app.emulateMedia({ colorScheme })
    expect((await new AxeBuilder({ page: app }).analyze()).violations).toEqual([])
  }

  await app.getByLabel('Show the API the ID token').check()
  await app.getByRole('button', { name: 'Load the items' }).click()
  await expect(app.getByRole('alert')).toContainText('The API answered 401')
  await app.getByLabel('A new code_verifier after the redirect').check()
  await app.getByLabel('No nonce').check()
  await app.getByRole('button', { name: 'Log out' }).click()
  await app.getByRole('button', { name: 'Log in' }).click()
  await app.getByLabel('Username').fill('alice')
  await app.getByLabel('Password').fill('wonderland')
  await app.getByLabel('Password').press('Enter')
  await expect(app.getByRole('alert')).toContainText('400 invalid_grant')

  const traces = await Promise.all(
    (await callCore(workbench, 'traces.list', { limit: 10 })).map(({ id }) =>
      callCore(workbench, 'traces.get', { id }),
    ),
  )
  const found = traces.flatMap(({ findings }) => findings.map(({ rule }) => rule))
  expect(found).toEqual(expect.arrayContaining(['id-token-as-access-token', 'nonce-missing']))
  const apiCalls = traces.flatMap(({ exchanges }) => exchanges.filter((one) => one.endpoint === 'sample-api'))
  expect(apiCalls.map(({ status }) => status).sort()).toEqual([200, 200, 201, 401])
  expect(errors).toEqual([])
})
