import { expect, type Page } from '@playwright/test'
import { sectionIds } from '../../renderer/stores/navigation.ts'
import { logIn } from './app.ts'
import { callCore } from './call.ts'

/**
 * A place in each section, as the part of a route after `#/`, with something to see: a record is open where there can be one. Views
 * that no section opens on come last: of traces, and of the token that lies in the lab by then.
 */
export async function placesWithContent(page: Page, issuer: string): Promise<string[]> {
  await logIn(issuer, 'alice', 'wonderland')
  const [token] = (await callCore(page, 'tokens.list', { limit: 1 })).rows
  const [exchange] = (await callCore(page, 'exchanges.list', { limit: 1 })).rows
  const [scenario] = await callCore(page, 'scenarios.list', {})
  const [recipe] = await callCore(page, 'recipes.list', {})
  const { access_token } = await callCore(page, 'tokens.issue', { userId: 'alice' })
  const seen = await callCore(page, 'lab.remember', { token: access_token })
  const flow = await playedFlow(page)
  const fault = await callCore(page, 'faults.addPreset', { preset: 'refresh-lost' })
  await callCore(page, 'faults.addPreset', { preset: 'rate-limited' })
  const ids = {
    flows: flow,
    traces: String(exchange!.id),
    tokens: token!.jti,
    lab: String(seen.id),
    users: 'carol',
    clients: 'demo-web',
    issuers: 'default',
    faults: fault.id,
    recipes: recipe!.id,
  }
  const places = sectionIds.map((section) =>
    section in ids ? `${section}/${encodeURIComponent(ids[section as keyof typeof ids])}` : section,
  )
  const { id, traceId } = exchange!
  return [
    ...places,
    `traces/trace-${traceId}?step=${id}`,
    `traces/compare?a=${traceId}&b=${traceId}`,
    `flows/compare?a=${flow}&b=${flow}`,
    'flows/new?tab=profiles',
    'flows?tab=calls',
    'faults/new',
    'faults/presets',
    `faults/${scenario!.id}?tab=scenarios`,
    'tokens?view=denied',
    'lab?tab=edit',
    'lab?tab=break',
  ]
}

/** A run that came to its end. */
async function playedFlow(page: Page): Promise<string> {
  const login = { by: 'robot', userId: 'alice' } as const
  const { id } = await callCore(page, 'flows.start', { kind: 'authorization_code', label: 'alice', login })
  await callCore(page, 'flows.run', { id })
  return id
}

/** Goes there, and waits until it is read. */
export async function goTo(page: Page, place: string) {
  await page.evaluate(`location.hash = ${JSON.stringify(`#/${place}`)}`)
  await expect(page.getByTestId(`nav-${place.split(/[/?]/)[0]}`)).toHaveAttribute('aria-current', 'page')
  await expect(page.getByRole('status', { name: /^Reading/ })).toHaveCount(0)
}
