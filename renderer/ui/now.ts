import { createContext, useContext, useSyncExternalStore } from 'react'

/** Tells the time in epoch milliseconds, and when a second has passed. */
export interface NowSource {
  now(): number
  subscribe(listener: () => void): () => void
}

/** Which clock times are shown against: the issuer's, in the workbench. */
export const NowContext = createContext<NowSource>({ now: () => 0, subscribe: () => () => {} })

/** The clock's time in whole seconds, as epoch milliseconds; renews each second. */
export function useNow(): number {
  const { now, subscribe } = useContext(NowContext)
  return useSyncExternalStore(subscribe, () => Math.floor(now() / 1000) * 1000)
}

/** Something that follows from the clock's time in whole seconds; renews only when it says something else. */
export function useAtNow<T extends string | number | boolean>(derive: (now: number) => T): T {
  const { now, subscribe } = useContext(NowContext)
  return useSyncExternalStore(subscribe, () => derive(Math.floor(now() / 1000) * 1000))
}
