import type { FlowHop } from '../../../../shared/contract/operations/flows.ts'
import type { RedirectAnswer } from '../../../../shared/flow/client/types.ts'
import type { Core } from '../../core.ts'
import type { LoginWindow, OpenRedirect } from '../../options.ts'
import { addAttempt } from './attempts.ts'
import { expectedState, whyNot } from './awaited.ts'
import { redirectUri as freshRedirectUri } from './begin.ts'
import { createLoginWindows } from './login-windows.ts'
import { type How, redirectUriOf, stepAt } from './play.ts'
import { prepare } from './prepare.ts'
import { readRedirect } from './read.ts'
import { definitionOf, type RunRecord, type StepRecord } from './record.ts'
import { mustBeConfirmed } from './send.ts'

// A login by a person: a browser or window is opened, and something waits for it to come back. Threat: any program or page on this
// machine can call the listener. So it takes one redirect only, at the exact path and with the state of the run, which
// nobody else knows; whatever else comes is refused, and the listener goes on waiting.

/** How long a person has. */
export const PATIENCE_MS = 300_000

export interface WaitingRoom {
  /** Opens the login of a step, and waits for its redirect where there will be one. */
  open(run: RunRecord, index: number, how: How): Promise<void>
  /** Opens the page once more, and listens again where nothing does. */
  reopen(run: RunRecord, confirmed: boolean): Promise<void>
  /** Stops listening for a run, and closes the window it waits for. */
  leave(id: string): void
  isListening(id: string): boolean
}

export interface Arrivals {
  /** The redirect of a run came. */
  arrived(id: string, redirect: RedirectAnswer): void
  /** Something came that was not it. */
  refused(id: string, reason: string): void
}

export function createWaitingRoom(core: Core, { arrived, refused }: Arrivals): WaitingRoom {
  const listeners = new Map<string, OpenRedirect>()
  const windows = createLoginWindows()
  const leave = (id: string) => {
    windows.close(id)
    void listeners.get(id)?.close()
    listeners.delete(id)
  }
  core.closing.addEventListener('abort', () => {
    for (const id of [...listeners.keys()]) leave(id)
    windows.closeAll()
  })

  /** @throws when the port is taken */
  async function listen(run: RunRecord, step: StepRecord, redirectUri: string): Promise<void> {
    leave(run.id)
    const place = placeOf(run, redirectUri)
    const redirects = core.where()?.flows?.redirects
    if (!place || !redirects) return
    const state = expectedState(core, run, step)
    const { id } = run
    const opened = await redirects.open({
      ...place,
      async accept(parameters) {
        const reason = await whyNot(run, parameters, state)
        if (reason === null) arrived(id, { address: redirectUri.split('?')[0]!, parameters })
        else refused(id, reason)
        return reason
      },
    })
    listeners.set(id, opened)
  }

  /** Tells a browser or window to open the page. Whether one was. */
  async function show(run: RunRecord, url: string, redirectUri: string | null): Promise<boolean> {
    const host = core.where()?.flows
    if (run.login.by === 'window' && host?.loginWindow) {
      return host.loginWindow(url, { partition: run.id, ...endOf(run.id, redirectUri) })
    }
    return (await host?.openExternal?.(url)) ?? false
  }

  /** How its window ends. One that nobody comes back from stays until the user closes it. */
  function endOf(id: string, redirectUri: string | null): Omit<LoginWindow, 'partition'> {
    if (redirectUri === null) return { signal: core.closing, arriving: () => false }
    const caught = listeners.has(id) ? null : (redirect: RedirectAnswer) => arrived(id, redirect)
    return windows.replace(id, redirectUri, caught)
  }

  return {
    async open(run, index, how) {
      const step = stepAt(run, index)
      if (redirectUriOf(core, run, step) === null) return openOnly(core, run, step, how, show)
      mustBeConfirmed(step.prepared!.url, how.confirmed)
      const problem = await listenSomewhere(core, run, step, listen)
      const { url } = step.prepared!
      if (problem !== null) return failed(core, run, step, how, problem)
      beginWaiting(core, run, {
        index,
        step,
        how,
        opened: await show(run, url, redirectUriOf(core, run, step)),
      })
    },
    async reopen(run, confirmed) {
      const { waiting } = run
      if (!waiting) return
      mustBeConfirmed(waiting.url, confirmed)
      if (!listeners.has(run.id)) await listen(run, stepAt(run, waiting.step), waiting.redirectUri)
      waiting.opened = await show(run, waiting.url, waiting.redirectUri)
      waiting.deadline = core.clock.real.now() + PATIENCE_MS
    },
    leave,
    isListening: (id) => listeners.has(id),
  }
}

/** The run waits from now on; what comes of it becomes the outcome of this attempt. */
function beginWaiting(
  core: Core,
  run: RunRecord,
  { index, step, how, opened }: { index: number; step: StepRecord; how: How; opened: boolean },
): void {
  const by = run.login.by === 'window' ? 'window' : 'browser'
  run.waiting = {
    step: index,
    by,
    url: step.prepared!.url,
    opened,
    redirectUri: redirectUriOf(core, run, step)!,
    deadline: core.clock.real.now() + PATIENCE_MS,
    refused: [],
    goOn: how.by === 'run',
    confirmed: how.confirmed,
  }
  const summary = 'Waiting for the browser to come back.'
  const reading = { outcome: 'waiting' as const, summary, kept: {}, checks: [] }
  addAttempt(core, run, step, { by: how.by, login: by, hops: [pageHop(core, step)], redirect: null, reading })
}

type Listen = (run: RunRecord, step: StepRecord, redirectUri: string) => Promise<void>

/** Listens; on another port where the run may choose and the first is taken. Why it cannot, or null. */
async function listenSomewhere(
  core: Core,
  run: RunRecord,
  step: StepRecord,
  listen: Listen,
): Promise<string | null> {
  const redirectUri = redirectUriOf(core, run, step)!
  try {
    await listen(run, step, redirectUri)
    return null
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error)
    if (!mayMove(run, step)) return `The redirect cannot be waited for: ${reason}.`
  }
  const other = await freshRedirectUri(core, run)
  for (const name of ['redirect_uri', 'post_logout_redirect_uri']) {
    if (run.initial[name] === redirectUri) run.initial[name] = other
  }
  step.prepared = (await prepare(core, run, step)).request
  await listen(run, step, other)
  return null
}

/** A request that was pushed or edited has its redirect URI for good. */
const mayMove = ({ profile: { redirect }, steps }: RunRecord, step: StepRecord): boolean =>
  redirect.kind === 'loopback' &&
  redirect.port === null &&
  !step.edited &&
  !steps.some(({ id }) => id === 'par')

/** Where to listen for a redirect URI; null for one that is somebody else's. */
function placeOf(run: RunRecord, redirectUri: string): { port: number; path: string } | null {
  if (run.profile.redirect.kind !== 'loopback' || !URL.canParse(redirectUri)) return null
  const { protocol, hostname, port, pathname } = new URL(redirectUri)
  const ours = protocol === 'http:' && ['127.0.0.1', 'localhost'].includes(hostname) && port !== ''
  return ours ? { port: Number(port), path: pathname } : null
}

/** A page that a person opens, and that answers nobody here. */
const pageHop = (core: Core, { prepared }: StepRecord): FlowHop => ({
  at: core.clock.real.now(),
  durationMs: 0,
  request: prepared!,
  response: null,
  problem: null,
  exchangeId: null,
})

function failed(core: Core, run: RunRecord, step: StepRecord, how: How, summary: string): void {
  const reading = { outcome: 'failed' as const, summary, kept: {}, checks: [] }
  addAttempt(core, run, step, { by: how.by, login: run.login.by, hops: [], redirect: null, reading })
}

type Show = (run: RunRecord, url: string, redirectUri: string | null) => Promise<boolean>

/** A page nobody comes back from, as that of the device flow. */
async function openOnly(core: Core, run: RunRecord, step: StepRecord, how: How, show: Show): Promise<void> {
  const definition = definitionOf(step)
  if (definition.type !== 'login') return
  const { url } = step.prepared!
  mustBeConfirmed(url, how.confirmed)
  const opened = await show(run, url, null)
  const redirect = { address: url, parameters: [] }
  const reading = await readRedirect(core, run, { step, definition, redirect, how })
  const summary = opened ? reading.summary : `Open ${url} in a browser. ${reading.summary}`
  addAttempt(core, run, step, {
    by: how.by,
    login: run.login.by,
    hops: [pageHop(core, step)],
    redirect: null,
    reading: { ...reading, summary },
  })
}
