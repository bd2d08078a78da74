import { useStore } from 'zustand/react'
import { useOperation, useWorkbench } from '../../stores/hooks.ts'
import { type LabState, signingKeyOf } from '../../stores/lab.ts'

export const useLab = <T>(select: (state: LabState) => T): T => useStore(useWorkbench().lab.store, select)

/** The keys of this workspace that can sign, the active one for access tokens first. */
export function useSigningKeys() {
  const { data = [] } = useOperation('keys.list', {})
  return data
    .filter(({ use }) => use !== 'encryption')
    .toSorted((a, b) => Number(b.active) - Number(a.active) || a.use.localeCompare(b.use))
}

/**
 * What the lab signs with. Of the issuers' keys, when none was chosen, it is the one the token names, else the active one.
 * Null while what was entered is not enough.
 */
export function useSigningKey() {
  const keys = useSigningKeys()
  const sign = useLab((state) => state.sign)
  const header = useLab((state) => state.decoded?.header ?? null)
  const named = keys.find(({ kid }) => kid === header?.kid)
  const fallback = named ?? keys.find(({ use, active }) => use === 'access' && active)
  const kid = sign.kid || fallback?.kid
  return { key: signingKeyOf(sign, kid), kid, alg: keys.find((one) => one.kid === kid)?.alg ?? null }
}
