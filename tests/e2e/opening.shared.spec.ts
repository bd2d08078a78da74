import { expect, test } from '../support/workbench.ts'

test('the workbench opens and names an issuer that answers', async ({ workbench, issuer }) => {
  await expect(workbench).toHaveTitle(/Grantscope/)
  const discovery = await fetch(`${issuer}/.well-known/openid-configuration`)
  expect(discovery.status).toBe(200)
})

test('the address bar keeps no token', async ({ workbench }) => {
  await expect(workbench.getByTestId('issuer-url')).toBeVisible()
  expect(workbench.url()).not.toContain('token')
})
