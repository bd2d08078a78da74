import assert from 'node:assert/strict'
import { rule, wrongPaths } from '../subject.ts'

export const checkCases = [
  rule('checks.list gives each rule with its section and its levels', async ({ client }) => {
    const checks = await client.call('checks.list', {})
    const find = (wanted: string) => checks.find(({ id }) => id === wanted)
    assert.deepEqual(find('refresh.rotation-safe'), {
      id: 'refresh.rotation-safe',
      title: 'A refresh token of a public client is replaced at each use, or bound to a key',
      spec: 'RFC 9700 4.14.2',
      endpoints: ['token', 'refresh'],
      levels: { strict: 'enforce', standard: 'warn', lenient: 'off' },
      changeable: true,
    })
    assert.equal(find('refresh.token-genuine')?.changeable, false)
    assert.equal(new Set(checks.map(({ id }) => id)).size, checks.length)
    assert.deepEqual(await wrongPaths(client.call('checks.list', { id: 'x' } as never)), ['id'])
  }),

  rule(
    'a level is refused for what is no check, and for a check that cannot be eased',
    async ({ client }) => {
      const checkLevels = {
        'authorize.no-such-rule': 'off',
        'refresh.token-genuine': 'warn',
        'refresh.token-present': 'enforce',
        'refresh.rotation-safe': 'off',
      } as const
      const wrong = ['checkLevels.authorize.no-such-rule', 'checkLevels.refresh.token-genuine']
      assert.deepEqual((await wrongPaths(client.call('settings.update', { checkLevels }))).sort(), wrong)
      const changes = { checkLevels }
      assert.deepEqual(
        (await wrongPaths(client.call('clients.update', { id: 'demo-web', changes }))).sort(),
        wrong.map((path) => `changes.${path}`),
      )
      const file = { version: 1, extends: 'demo', settings: { checkLevels } }
      assert.deepEqual(
        (await wrongPaths(client.call('workspace.import', { file }))).sort(),
        wrong.map((path) => `settings.${path}`),
      )
    },
  ),
]
