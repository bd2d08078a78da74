import {
  type AuthorizationStep,
  accepted,
  authorizationsOf,
  clientIdOf,
  type Step,
  type TraceFacts,
} from './facts.ts'

/** A value that an app should have made anew for a login, and did not. */
export interface ReusedValue {
  value: string
  first: AuthorizationStep
  again: AuthorizationStep
}

/**
 * Values of a parameter that more than one login carries. The same request sent twice, by a reload or the back button, is one
 * login until its code was redeemed.
 */
export function reusedIn({ steps, earlier }: TraceFacts, parameter: string): ReusedValue[] {
  const before = authorizationsOf(earlier)
  const here = authorizationsOf(steps)
  const reused = new Map<string, ReusedValue>()
  for (const [index, again] of here.entries()) {
    const value = again.parameters.get(parameter)
    if (value === undefined || reused.has(value)) continue
    const same = (other: AuthorizationStep) =>
      other.parameters.get(parameter) === value && clientIdOf(other) === clientIdOf(again)
    const first =
      before.findLast(same) ??
      here.slice(0, index).find((other) => same(other) && isRedeemed(steps, other, again))
    if (first) reused.set(value, { value, first, again })
  }
  return [...reused.values()]
}

const isRedeemed = (steps: readonly Step[], from: AuthorizationStep, to: AuthorizationStep): boolean =>
  steps.some(
    (step) =>
      step.exchange.grantType === 'authorization_code' &&
      accepted(step) &&
      step.exchange.id > from.step.exchange.id &&
      step.exchange.id < to.step.exchange.id,
  )

export const exchangesOf = ({ first, again }: ReusedValue): number[] => [
  first.step.exchange.id,
  again.step.exchange.id,
]

/** A parameter's value for an explanation, cut. */
export const quoted = (value: string): string => `"${value.length > 60 ? `${value.slice(0, 57)}…` : value}"`
