import { operations } from '../../shared/contract/operations/index.ts'
import { contractCases, watched } from '../contract/suite.ts'
import { windowTransport } from '../support/window-transport.ts'
import { expect, test } from '../support/workbench.ts'

test('the contract, over IPC', async ({ workbench, issuer }) => {
  test.setTimeout(180_000)
  const subject = watched({
    transport: await windowTransport(workbench),
    send: (path, init) => fetch(issuer + path, init),
  })
  for (const { name, run } of contractCases) await test.step(name, () => run(subject))
  const everyOperation = Object.keys(operations).sort()
  expect([...subject.carriedOut].sort()).toEqual(everyOperation)
  expect([...subject.refused].filter((name) => Object.hasOwn(operations, name)).sort()).toEqual(
    everyOperation,
  )
})
