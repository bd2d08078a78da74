import assert from 'node:assert/strict'
import { refusal, rule, wrongPaths } from '../subject.ts'

export const recipeCases = [
  rule("recipes.list gives the tutorial's topics in order", async ({ client }) => {
    const recipes = await client.call('recipes.list', {})
    assert.deepEqual(
      recipes.map(({ topic }) => topic),
      Array.from({ length: 11 }, (_, index) => index + 1),
    )
    assert.equal(new Set(recipes.map(({ id }) => id)).size, 11)
  }),

  rule('recipes.run sends real requests and gives a verdict on them', async ({ client }) => {
    const { id } = (await client.call('recipes.list', {})).find(({ topic }) => topic === 2)!
    const run = await client.call('recipes.run', { id })
    const unmet = run.steps.flatMap(({ expectations }) => expectations.filter(({ met }) => !met))
    assert.deepEqual([run.verdict, unmet], ['passed', []], run.summary)
    const sent = run.steps.flatMap(({ exchangeId }) => (exchangeId === null ? [] : [exchangeId]))
    assert.ok(sent.length > 0)
    for (const exchange of sent) {
      assert.equal((await client.call('exchanges.get', { id: exchange })).id, exchange)
    }
  }),

  rule('recipes.run refuses a recipe that is not there', async ({ client }) => {
    await refusal(client.call('recipes.run', { id: 'soup' }), 'not_found')
    assert.deepEqual(await wrongPaths(client.call('recipes.run', {} as never)), ['id'])
  }),
]
