import { describe, expect, test } from 'vitest'
import { ISSUER } from '../support/issuer.ts'
import {
  adopt,
  byDocument,
  type Combination,
  combinationsAt,
  documentOf,
  oneForEach,
  type Shown,
  shownBy,
} from './advertised/combinations.ts'
import { at, openWorld } from './advertised/world.ts'

// discovery-calls-*.test.ts call what each of these documents names.

describe('the documents of an issuer, whatever it is set to', () => {
  const all = combinationsAt('')

  test('are equal when they show the same, and else are not', { timeout: 120_000 }, async () => {
    const world = await openWorld()
    const documents = new Map<string, string>()
    for (const combination of all) {
      const here = await adopt(world, combination)
      const text = JSON.stringify(sorted(await documentOf(here)))
      const shown = JSON.stringify(shownBy(combination))
      expect(documents.get(shown) ?? text, JSON.stringify(combination)).toBe(text)
      documents.set(shown, text)
      // An issuer beside it has the same in its own name.
      const beside = JSON.stringify(sorted(await documentOf(at(here, '/acme', here.scope))))
      expect(beside.replaceAll(`"${ISSUER}/acme`, `"${ISSUER}`)).toBe(text)
    }
    expect(new Set(documents.values()).size).toBe(documents.size)
    expect(documents.size).toBe(byDocument(all).length)
  })

  test('each profile meets every two features, of those that are called', () => {
    const met = new Set(oneForEach(all).flatMap(pairsOf))
    expect(met.size).toBe(new Set(all.flatMap(pairsOf)).size)
  })
})

/** Each two of the features a document shows, with the profile it is called under. */
function pairsOf(combination: Combination): string[] {
  const features = Object.entries(shownBy(combination) satisfies Shown).map(
    ([name, value]) => `${name} ${value}`,
  )
  return features.flatMap((one) => features.map((other) => `${combination.profile}: ${one}, ${other}`))
}

/** Member by member, and list by list: no order is promised. */
const sorted = (document: object): object =>
  Object.fromEntries(
    Object.entries(document)
      .map(([name, value]) => [name, Array.isArray(value) ? value.toSorted() : value] as const)
      .toSorted(([one], [other]) => (one < other ? -1 : 1)),
  )
