import { createStore, type StoreApi } from 'zustand/vanilla'
import { importParam, readWorkspaceLink } from '../../shared/contract/link.ts'
import type { ReportFailure } from './commands.ts'
import type { Lab } from './lab.ts'
import type { Navigation } from './navigation.ts'
import { LARGEST_FILE, type OpenedHar, recogniseFile } from './opened-file.ts'

/** A workspace that came by file or link and waits for the user's word. */
export interface IncomingWorkspace {
  /** "team.json", or what else it came by. */
  name: string
  value: unknown
}

/** A scenario that came by file and waits for the user's word. */
export type IncomingScenario = IncomingWorkspace

/** An HTTP archive that came by file and waits for the user's word. */
export interface IncomingHar extends OpenedHar {
  /** "login.har" */
  name: string
}

interface Waiting {
  workspace: IncomingWorkspace | null
  har: IncomingHar | null
  scenario: IncomingScenario | null
}

const nothing: Waiting = { workspace: null, har: null, scenario: null }

/** The part of a browser's File that is read. */
export interface ReadableFile {
  name: string
  size: number
  text(): Promise<string>
}

export interface Incoming {
  store: StoreApi<Waiting>
  /** Shows a workspace, and what it would change, before it is imported. */
  offer(workspace: IncomingWorkspace): void
  dismiss(): void
  /** Gives the tokens of the HTTP archive that waits to the JWT lab, and imports nothing. */
  openInLab(): void
  /** Opens a file by what is in it. Never rejects: what cannot be opened is reported. */
  open(file: ReadableFile): Promise<void>
  close(): void
}

export function createIncoming(
  navigation: Navigation,
  lab: Pick<Lab, 'setText'>,
  report: ReportFailure,
): Incoming {
  const store = createStore<Waiting>(() => nothing)
  const offer = (workspace: IncomingWorkspace) => store.setState({ ...nothing, workspace })
  // A workspace in the address is taken out of it before anything is drawn, as tokens are.
  const takeLink = () => {
    const { section, params } = navigation.store.getState()
    const { [importParam]: link, ...rest } = params
    if (section !== 'settings' || link === undefined) return
    navigation.setParams(rest)
    const value = readWorkspaceLink(link)
    if (value) offer({ name: 'the link', value })
    else report('The link was not opened', 'What it carries is no workspace file.')
  }
  takeLink()
  const dismiss = () => store.setState(nothing)
  const toLab = (text: string) => {
    lab.setText(text, true)
    navigation.go('lab')
  }
  return {
    store,
    offer,
    dismiss,
    openInLab() {
      const text = store.getState().har?.lab
      dismiss()
      if (text) toLab(text)
    },
    async open(file) {
      const title = `${file.name} was not opened`
      if (file.size > LARGEST_FILE) return report(title, 'It is larger than 50 MB.')
      const text = await file.text().catch(() => null)
      if (text === null) return report(title, 'It could not be read. A folder cannot be opened.')
      const opened = recogniseFile(text)
      if (opened.kind === 'unknown') return report(title, opened.why)
      if (opened.kind === 'workspace') return offer({ name: file.name, value: opened.value })
      if (opened.kind === 'scenario')
        return store.setState({ ...nothing, scenario: { name: file.name, value: opened.value } })
      if (opened.kind === 'har')
        return store.setState({ ...nothing, har: { name: file.name, ...opened.har } })
      toLab(opened.text)
    },
    close: navigation.store.subscribe(takeLink),
  }
}
