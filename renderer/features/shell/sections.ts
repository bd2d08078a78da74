import { clientsSection } from '../clients/section.tsx'
import { faultsSection } from '../faults/section.tsx'
import { flowsSection } from '../flows/section.tsx'
import { issuersSection } from '../issuers/section.tsx'
import { labSection } from '../jwt-lab/section.tsx'
import { keysSection } from '../keys/section.tsx'
import { overviewSection } from '../overview/section.tsx'
import { recipesSection } from '../recipes/section.tsx'
import type { Section } from '../section.ts'
import { settingsSection } from '../settings/section.tsx'
import { tokensSection } from '../tokens/section.tsx'
import { tracesSection } from '../traces/section.tsx'
import { usersSection } from '../users/section.tsx'

/** The rail, from top to bottom. The n-th section answers to Ctrl/Cmd+n. */
export const sections: readonly Section[] = [
  overviewSection,
  flowsSection,
  tracesSection,
  tokensSection,
  labSection,
  usersSection,
  clientsSection,
  issuersSection,
  keysSection,
  faultsSection,
  recipesSection,
  settingsSection,
]
