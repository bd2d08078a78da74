import { accepted, groupBy, refreshesOf, type Step, type TraceFacts } from './facts.ts'

/** The answer to the first was still on its way, or just being stored. */
const TOGETHER_MS = 250

export interface ReusedRefreshToken {
  /** The refresh that was answered with another refresh token. */
  first: Step
  /** Sent before the app can have put the new one in its place. */
  parallel: Step[]
  /** Sent later. */
  later: Step[]
}

/** Refresh tokens that were sent again although their first use gave another in their place. */
export const reusedRefreshTokens = ({ steps }: TraceFacts): ReusedRefreshToken[] =>
  [...groupBy(refreshesOf(steps), ({ parameters }) => parameters.get('refresh_token'))].flatMap(
    ([token, uses]) => {
      const first = uses.findIndex((step) => accepted(step) && isRotated(step, token))
      if (first < 0) return []
      const [used, again] = [uses[first]!, uses.filter((_, index) => index !== first)]
      const parallel = again.filter((step) => areTogether(step, used))
      return {
        first: used,
        parallel,
        later: again.filter((step) => !parallel.includes(step) && step.began > used.began),
      }
    },
  )

/** Also while a fault, or a slow network, holds the answer back. */
const areTogether = (step: Step, used: Step): boolean =>
  Math.abs(step.began - used.began) < TOGETHER_MS ||
  (step.began > used.began && step.began < used.exchange.at)

const isRotated = ({ answer }: Step, token: string): boolean =>
  typeof answer.refresh_token === 'string' && answer.refresh_token !== token
