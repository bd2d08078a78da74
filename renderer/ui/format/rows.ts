/**
 * Where a key moves the selection in a list of `count` rows, from row `current` (-1: none), a screen being `page` rows. Null
 * when the key moves nothing.
 */
export function stepIndex(key: string, current: number, count: number, page: number): number | null {
  if (count === 0) return null
  const within = (index: number) => Math.min(count - 1, Math.max(0, index))
  switch (key) {
    case 'ArrowDown':
      return within(current + 1)
    case 'ArrowUp':
      return within(current < 0 ? count - 1 : current - 1)
    case 'PageDown':
      return within(current + page)
    case 'PageUp':
      return within(current - page)
    case 'Home':
      return 0
    case 'End':
      return count - 1
    default:
      return null
  }
}

/** The least width of CSS grid tracks in pixels: of each "90px" or "minmax(120px, 1fr)" the first length. */
export const leastWidth = (tracks: readonly string[]): number =>
  tracks.reduce((sum, track) => sum + Number(/([\d.]+)px/.exec(track)?.[1] ?? 0), 0)
