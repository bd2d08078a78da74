import { expect, test } from 'vitest'
import { createGrantscope } from '../../electron/server/index.ts'
import { testOptions } from '../support/core.ts'

test('a core without sockets refuses to run a recipe, in a plain sentence', async () => {
  const { dispatch, close } = await createGrantscope(testOptions)
  const envelope = await dispatch('recipes.run', { id: 'logout' })
  expect(envelope).toEqual({
    ok: false,
    error: {
      code: 'refused',
      message: 'This issuer is on no socket, so there is nowhere to send requests to.',
    },
  })
  await close()
})
