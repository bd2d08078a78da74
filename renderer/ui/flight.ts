import { useEffect, useRef } from 'react'

export interface Motion {
  /** Pixels from the top. */
  offset: number
  isScrolling: boolean
  /** Pixels that are on screen. */
  screen: number
}

export interface Flight {
  offset: number
  flying: boolean
}

/**
 * Whether a list goes by faster than anybody reads: by more than a screen between two pictures. A picture that is drawn
 * for another reason than a scroll says nothing about that.
 */
export function isFlying(last: Flight, { offset, isScrolling, screen }: Motion): boolean {
  const jumped = Math.abs(offset - last.offset)
  return isScrolling && (jumped === 0 ? last.flying : screen > 0 && jumped > screen)
}

/** Rows that fly by are drawn as outlines, so that the window keeps up with the hand; in full as soon as they slow down. */
export function useFlight(motion: Motion): boolean {
  const { offset } = motion
  const last = useRef<Flight>({ offset, flying: false })
  const flying = isFlying(last.current, motion)
  useEffect(() => {
    last.current = { offset, flying }
  })
  return flying
}
