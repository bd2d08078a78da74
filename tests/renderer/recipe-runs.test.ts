import { beforeEach, expect, test } from 'vitest'
import { summarize } from '../../renderer/features/recipes/summary.ts'
import { createRecipeRuns, type RecipeRuns } from '../../renderer/stores/recipe-runs.ts'
import { createClient } from '../../shared/contract/client.ts'
import type { RecipeRun } from '../../shared/contract/operations/recipes.ts'
import { createFakeCore, type FakeCore, settle } from './fake-core.ts'

let core: FakeCore
let runs: RecipeRuns
let reported: string[]

const outcome = (id: string, verdict: RecipeRun['verdict'] = 'passed'): RecipeRun => ({
  id,
  verdict,
  summary: '',
  steps: [],
})

const recipe = (id: string) => ({ id, topic: 1, title: id, teaches: [], ruleOfThumb: '', steps: [] })

beforeEach(() => {
  core = createFakeCore()
  reported = []
  runs = createRecipeRuns(createClient(core), (title) => reported.push(title))
})

test('a result is kept until the next run of the same recipe', async () => {
  core.answer('recipes.run', outcome('a'))
  expect(await runs.run('a')).toEqual(outcome('a'))
  core.answer('recipes.run', outcome('a', 'failed'))
  await runs.run('a')
  expect(runs.store.getState()).toMatchObject({ running: null, results: { a: outcome('a', 'failed') } })
})

test('one runs at a time', async () => {
  core.answer('recipes.run', outcome('a'))
  const release = core.hold('recipes.run')
  const first = runs.run('a')
  expect(runs.store.getState().running).toBe('a')
  expect(await runs.run('b')).toBeNull()
  await runs.runAll(['b'])
  release()
  await first
  expect(core.calls).toEqual([{ operation: 'recipes.run', input: { id: 'a' } }])
})

test('all run in order, and stopping lets the running one end', async () => {
  core.answer('recipes.run', outcome('x'))
  const release = core.hold('recipes.run')
  const all = runs.runAll(['a', 'b', 'c'])
  release()
  await settle()
  expect(runs.store.getState()).toMatchObject({ running: 'b', queue: ['c'] })
  runs.stop()
  release()
  await all
  expect(core.calls.map(({ input }) => input)).toEqual([{ id: 'a' }, { id: 'b' }])
  expect(runs.store.getState()).toMatchObject({ running: null, queue: null })
})

test('a core that refuses is reported, and ends the row', async () => {
  core.refuse('recipes.run', { code: 'refused', message: 'no' })
  await runs.runAll(['a', 'b'])
  expect(core.calls).toHaveLength(1)
  expect(reported).toEqual(['Refused'])
  expect(runs.store.getState()).toEqual({ running: null, queue: null, results: {} })
})

test('the summary counts what passed and failed of all', () => {
  const results = { a: outcome('a'), b: outcome('b', 'failed'), gone: outcome('gone') }
  expect(summarize(['a', 'b', 'c'].map(recipe), { results })).toEqual({
    passed: 1,
    failed: 1,
    done: 2,
    total: 3,
    words: '1 passed, 1 failed of 3',
  })
  expect(summarize([recipe('a')], { results: {} }).words).toBe('0 passed of 1')
})
