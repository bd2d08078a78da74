import type {
  FaultAction,
  FaultActionOf,
  FaultKind,
} from '../../../../../shared/contract/faults/actions/index.ts'
import { cut, drop, hang } from './break-off.ts'
import { content, patch } from './content.ts'
import type { Deed } from './deed.ts'
import { answer, error } from './instead.ts'
import { jwks } from './jwks.ts'
import { redirect } from './redirect.ts'
import { breakToken, claims } from './token.ts'
import { delay } from './wait.ts'

/** What the actions of each kind do. */
const deeds: { readonly [Kind in FaultKind]: Deed<FaultActionOf<Kind>> } = {
  error,
  answer,
  delay,
  hang,
  drop,
  cut,
  content,
  patch,
  redirect,
  claims,
  break: breakToken,
  jwks,
}

/** The deed of an action's kind, which takes that action. */
export const deedOf = ({ kind }: FaultAction): Deed => deeds[kind] as Deed
