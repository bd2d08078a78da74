import type { Page } from '@playwright/test'
import type { Bridge } from '../../shared/contract/bridge.ts'
import { ContractError, type Envelope } from '../../shared/contract/envelope.ts'
import type { InputOf, OperationName, OutputOf } from '../../shared/contract/operations/index.ts'

/**
 * Calls the core behind a workbench, by the same road as its page: the desktop's bridge, or the control API with the tab's token.
 * @throws ContractError
 */
export async function callCore<N extends OperationName>(
  page: Page,
  name: N,
  input: InputOf<N>,
): Promise<OutputOf<N>> {
  const envelope = await page.evaluate<Envelope, [string, unknown]>(
    async ([operation, value]) => {
      const { grantscope } = globalThis as unknown as { grantscope?: Bridge }
      if (grantscope) return grantscope.call(operation, value)
      const response = await fetch(`/api/call/${operation}`, {
        method: 'POST',
        headers: {
          'content-type': 'application/json',
          authorization: `Bearer ${sessionStorage.getItem('grantscope.token')}`,
        },
        body: JSON.stringify(value),
      })
      return (await response.json()) as Envelope
    },
    [name, input],
  )
  if (!envelope.ok)
    throw new ContractError(envelope.error.code, envelope.error.message, envelope.error.issues)
  return envelope.value as OutputOf<N>
}

/** Issues tokens that are alike, a few at a time. Each gives two rows of the ledger: access and refresh. */
export async function issueMany(page: Page, count: number, input: InputOf<'tokens.issue'>): Promise<void> {
  await page.evaluate(
    async ([total, body, atOnce]) => {
      const { grantscope } = globalThis as unknown as { grantscope?: Bridge }
      const headers = {
        'content-type': 'application/json',
        authorization: `Bearer ${sessionStorage.getItem('grantscope.token')}`,
      }
      const issue = () =>
        grantscope
          ? grantscope.call('tokens.issue', body)
          : fetch('/api/call/tokens.issue', { method: 'POST', headers, body: JSON.stringify(body) })
      let left = total
      const worker = async () => {
        while (left-- > 0) await issue()
      }
      await Promise.all(Array.from({ length: atOnce }, worker))
    },
    [count, input, 6] as const,
  )
}
