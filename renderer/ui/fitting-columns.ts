import { useElementSize } from '@mantine/hooks'
import { useMemo } from 'react'

interface Fitting {
  /** The least width of the table, in pixels, at which the column is shown; left out, it always is. */
  from?: number
}

/** The columns there is room for; `ref` goes to what they lie in. */
export function useFittingColumns<C extends Fitting>(columns: readonly C[]) {
  const { ref, width } = useElementSize<HTMLDivElement>()
  const shown = useMemo(
    () => columns.filter(({ from = 0 }) => width === 0 || width >= from),
    [columns, width],
  )
  return { ref, columns: shown }
}
