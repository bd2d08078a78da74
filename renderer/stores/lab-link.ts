import type { Lab } from './lab.ts'
import type { Navigation } from './navigation.ts'

/**
 * Opens the token of a link `#/lab?token=…`, and takes it out of the address before anything is drawn: an address ends up in
 * history, bookmarks and screenshots. The workbench itself makes no such links. Returns how to stop.
 */
export function openLinkedTokens(navigation: Navigation, lab: Pick<Lab, 'setText'>): () => void {
  const take = () => {
    const { section, params } = navigation.store.getState()
    const { token, ...rest } = params
    if (section !== 'lab' || token === undefined) return
    navigation.setParams(rest)
    lab.setText(token, true)
  }
  take()
  return navigation.store.subscribe(take)
}
