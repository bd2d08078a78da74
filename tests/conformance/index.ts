import type { Standard } from './requirement.ts'
import { rfc9207 } from './rfc-9207.ts'

/** In the order of the document. */
export const standards: readonly Standard[] = [rfc9207]
