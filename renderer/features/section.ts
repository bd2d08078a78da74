import type { ComponentType, ReactNode } from 'react'
import type { SectionId } from '../stores/navigation.ts'
import type { Workbench } from '../stores/workbench.ts'

/** Something the command palette can do. */
export interface PaletteAction {
  /** Unique among all: "users.add". */
  id: string
  label: string
  description?: string
  /** Further words it is found by. */
  keywords?: string
  icon?: ReactNode
  run: () => void
}

/** One entry of the rail. */
export interface Section {
  id: SectionId
  label: string
  Icon: ComponentType<{ size?: number; stroke?: number; 'aria-hidden'?: boolean }>
  /** The page; it reads what is selected from `useRoute()`. */
  Component: ComponentType
  /** Fetches what the page is drawn with, where that comes in a file of its own. */
  prepare?: () => Promise<unknown>
  /** What the section can do from anywhere. */
  actions?: (workbench: Workbench) => PaletteAction[]
  /** Things in it to jump to (users, clients, ...); read anew each time the palette opens. */
  find?: (workbench: Workbench) => Promise<PaletteAction[]>
}
