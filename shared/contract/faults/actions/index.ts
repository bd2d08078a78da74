import { z } from 'zod'
import type { ActionDefinition } from '../action.ts'
import { answerAction } from './answer.ts'
import { breakAction } from './break.ts'
import { claimsAction } from './claims.ts'
import { contentAction } from './content.ts'
import { cutAction } from './cut.ts'
import { delayAction } from './delay.ts'
import { dropAction } from './drop.ts'
import { errorAction } from './error.ts'
import { hangAction } from './hang.ts'
import { jwksAction } from './jwks.ts'
import { patchAction } from './patch.ts'
import { redirectAction } from './redirect.ts'

/** Every way to misbehave, by kind. */
export const faultActions = {
  error: errorAction,
  answer: answerAction,
  delay: delayAction,
  hang: hangAction,
  drop: dropAction,
  cut: cutAction,
  content: contentAction,
  patch: patchAction,
  redirect: redirectAction,
  claims: claimsAction,
  break: breakAction,
  jwks: jwksAction,
} as const
export type FaultKind = keyof typeof faultActions

export const faultAction = z.discriminatedUnion('kind', [
  errorAction.schema,
  answerAction.schema,
  delayAction.schema,
  hangAction.schema,
  dropAction.schema,
  cutAction.schema,
  contentAction.schema,
  patchAction.schema,
  redirectAction.schema,
  claimsAction.schema,
  breakAction.schema,
  jwksAction.schema,
])
export type FaultAction = z.output<typeof faultAction>
export type FaultActionOf<Kind extends FaultKind> = Extract<FaultAction, { kind: Kind }>

/** The definition of an action's kind, which takes that action. */
export const definitionOf = (action: Pick<FaultAction, 'kind'>): ActionDefinition<FaultKind> =>
  faultActions[action.kind] as ActionDefinition<FaultKind>
