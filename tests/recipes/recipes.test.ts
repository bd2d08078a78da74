import { describe, expect, test } from 'vitest'
import { recipes } from '../../electron/server/flows/recipes/index.ts'
import type { RecipeRun } from '../../shared/contract/operations/recipes.ts'
import { openListening, workspaceOf } from './listening.ts'

const ids = recipes.map(({ id }) => id)

/** What went wrong, for a test's message: nothing. */
const unmet = ({ steps }: RecipeRun) =>
  steps.flatMap(({ title, expectations }) =>
    expectations.filter(({ met }) => !met).map(({ text, observed }) => `${title}: ${text}: ${observed}`),
  )

describe('the list', () => {
  test('has the eleven topics in order, each with something to read and to do', async () => {
    const { client } = await openListening()
    const list = await client.call('recipes.list', {})
    expect(list.map(({ topic }) => topic)).toEqual([1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11])
    expect(new Set(list.map(({ id }) => id)).size).toBe(11)
    for (const { teaches, steps, ruleOfThumb, title } of list) {
      expect(teaches.length).toBeGreaterThanOrEqual(2)
      expect(teaches.length).toBeLessThanOrEqual(4)
      expect(steps.length).toBeGreaterThanOrEqual(3)
      expect([title, ruleOfThumb].every((text) => text.length > 10)).toBe(true)
    }
  })
})

describe.each(ids)('%s', (id) => {
  test('passes, with the steps it announced and exchanges that are in the log', async () => {
    const listening = await openListening()
    const { client } = listening
    const run = await client.call('recipes.run', { id })
    expect(unmet(run)).toEqual([])
    expect(run).toMatchObject({ id, verdict: 'passed' })
    const announced = (await client.call('recipes.list', {})).find((recipe) => recipe.id === id)
    expect(run.steps.map(({ title }) => title)).toEqual(announced?.steps)
    for (const { expectations } of run.steps) expect(expectations.length).toBeGreaterThan(0)
    const exchangeIds = run.steps.flatMap(({ exchangeId }) => exchangeId ?? [])
    expect(exchangeIds.length).toBeGreaterThan(2)
    for (const exchangeId of exchangeIds) {
      const { request } = await client.call('exchanges.get', { id: exchangeId })
      expect(Object.fromEntries(request.headers)['x-request-id']).toMatch(/^recipe-/)
    }
  })

  test('leaves the workspace as it found it, after one run and after another', async () => {
    const listening = await openListening()
    const before = await workspaceOf(listening)
    for (const _run of [1, 2]) {
      expect((await listening.client.call('recipes.run', { id })).verdict).toBe('passed')
      expect(await workspaceOf(listening)).toEqual(before)
    }
    expect(listening.log).toEqual([])
  })

  test('passes twice at the same time', async () => {
    const listening = await openListening()
    const before = await workspaceOf(listening)
    const runs = await Promise.all([1, 2].map(() => listening.client.call('recipes.run', { id })))
    expect(runs.flatMap(unmet)).toEqual([])
    expect(await workspaceOf(listening)).toEqual(before)
  })

  test('ends in a verdict when the issuer is out of reach, and cleans up', async () => {
    const listening = await openListening()
    const before = await workspaceOf(listening)
    await listening.hangUp()
    const run = await listening.client.call('recipes.run', { id })
    expect(run.verdict).toBe('failed')
    expect(run.summary).toContain('could not be reached')
    expect(await workspaceOf(listening)).toEqual(before)
  })
})

test('all of them pass at the same time', async () => {
  const listening = await openListening()
  const before = await workspaceOf(listening)
  const runs = await Promise.all(ids.map((id) => listening.client.call('recipes.run', { id })))
  expect(runs.flatMap(unmet)).toEqual([])
  expect(await workspaceOf(listening)).toEqual(before)
})

test('an unknown recipe is not found', async () => {
  const { client } = await openListening()
  await expect(client.call('recipes.run', { id: 'nothing' })).rejects.toMatchObject({ code: 'not_found' })
})
