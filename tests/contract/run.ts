import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { operations } from '../../shared/contract/operations/index.ts'
import { contractCases, type Subject, watched } from './suite.ts'

/** Runs the contract suite on what `open` gives, in vitest. */
export function runContractSuite(
  name: string,
  open: () => Promise<Subject & { close(): Promise<void> }>,
): void {
  describe(`the contract, ${name}`, () => {
    let subject: ReturnType<typeof watched>
    let close: () => Promise<void>

    beforeAll(async () => {
      const opened = await open()
      close = opened.close
      subject = watched(opened)
    })
    afterAll(() => close())

    for (const { name: rule, run } of contractCases) test(rule, () => run(subject))

    test('every operation was carried out and refused', () => {
      const expected = Object.keys(operations).sort()
      expect([...subject.refused].filter((operation) => Object.hasOwn(operations, operation)).sort()).toEqual(
        expected,
      )
      expect([...subject.carriedOut].sort()).toEqual(expected)
    })
  })
}
