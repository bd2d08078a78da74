import { algorithmBreaks } from './algorithm.ts'
import type { TokenBreak } from './break.ts'
import { claimBreaks } from './claims.ts'
import { keyBreaks } from './key.ts'
import { signatureBreaks } from './signature.ts'
import { writingBreaks } from './writing.ts'

export type { Breakable, BreakTools, RightAnswer, TokenBreak } from './break.ts'

/** Every way to break a token, by theme. */
export const tokenBreaks: readonly TokenBreak[] = [
  ...algorithmBreaks,
  ...keyBreaks,
  ...signatureBreaks,
  ...claimBreaks,
  ...writingBreaks,
]

export const findBreak = (id: string): TokenBreak | undefined => tokenBreaks.find((one) => one.id === id)
