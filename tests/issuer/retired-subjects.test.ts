import { join } from 'node:path'
import { decodeJwt } from 'jose'
import { expect, onTestFinished, test } from 'vitest'
import { createGrantscope } from '../../electron/server/index.ts'
import { openIssuer } from '../support/issuer.ts'
import { temporaryFolder } from '../support/temporary-folder.ts'

// OpenID Connect Core 1.0 2 and 8: a sub is "never reassigned within the Issuer".

const frank = { username: 'frank', password: 'frankly' }

async function file(): Promise<string> {
  const folder = await temporaryFolder()
  onTestFinished(() => folder.remove())
  return join(folder.path, 'grantscope.db')
}

test('the id of a deleted user stays taken over a restart, whoever asks for it and by whatever road', async () => {
  const database = await file()
  const first = await openIssuer({ database })
  await first.call('users.create', frank)
  await first.call('users.delete', { id: 'frank' })
  await first.grantscope.close()
  const issuer = await openIssuer({ database })
  const another = { id: 'frank', username: 'fritz', password: 'x' }
  expect(await issuer.grantscope.dispatch('users.create', another)).toMatchObject({
    ok: false,
    error: { code: 'conflict', message: expect.stringContaining('never given to another user') },
  })
  await issuer.grantscope.close()
  const options = { database, host: 'embedded', version: '0.0.0-test' } as const
  const start = createGrantscope({ ...options, workspace: { extends: 'demo', users: [another] } })
  await expect(start).rejects.toThrow(
    'The workspace file cannot be used: users.0.id is "frank", which was that of the deleted user "frank"',
  )
})

test('the same user comes back under the same sub, pairwise ones too', async () => {
  const issuer = await openIssuer()
  const changes = { subjectType: 'pairwise' as const }
  await issuer.call('clients.update', { id: 'demo-spa', changes })
  const sub = async () => decodeJwt((await issuer.login('alice')).access_token).sub
  const [before, workspace] = [await sub(), await issuer.call('workspace.export', { secrets: true })]
  await issuer.call('users.delete', { id: 'alice' })
  await issuer.call('workspace.import', { file: workspace })
  expect(await sub()).toBe(before)
})

test('a reset starts over: the demo users are who they were, and other ids are free', async () => {
  const issuer = await openIssuer()
  await issuer.call('users.update', { id: 'alice', changes: { username: 'alicia' } })
  await issuer.call('users.delete', { id: 'alice' })
  await issuer.call('users.create', frank)
  await issuer.call('workspace.reset', {})
  expect(decodeJwt((await issuer.login('alice')).access_token).sub).toBe('alice')
  expect(await issuer.call('users.create', { ...frank, username: 'fritz', id: 'frank' })).toHaveProperty(
    'id',
    'frank',
  )
})
