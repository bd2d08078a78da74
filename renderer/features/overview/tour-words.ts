import type { Tour, TourRun, TourStep } from '../../../shared/contract/operations/tour.ts'

export interface TourStepWords {
  step: TourStep
  title: string
  text: string
  /** The button, before and after the first run. */
  run: string
  again: string
}

export const tourSteps: readonly TourStepWords[] = [
  {
    step: 'login',
    title: 'A login that works',
    text: 'A small app logs alice in: authorization request, login page, consent, token request, API call.',
    run: 'Log alice in',
    again: 'Log in again',
  },
  {
    step: 'break',
    title: 'The same, broken on purpose',
    text: 'Now the app redeems its code with a mistake that real apps make. It is told invalid_grant and no more; the trace knows why.',
    run: 'Run the broken login',
    again: 'Break it again',
  },
  {
    step: 'fix',
    title: 'Mend it',
    text: 'This is what the app sends to the token endpoint. Change it as the finding says, and run it again.',
    run: 'Run it again',
    again: 'Run it again',
  },
]

export const isDone = (step: TourStep, run: TourRun | null): boolean =>
  run !== null && run.succeeded === (step !== 'break')

/** What screen readers hear when a step has run. */
export function announcement(step: TourStep, run: TourRun): string {
  if (step === 'login') return 'The login worked. Its trace can be opened.'
  if (step === 'break')
    return `Refused as expected: ${run.answer}. ${run.finding ? `Finding: ${run.finding.title}.` : ''}`
  return run.succeeded
    ? 'Mended: the login works. The tour is done.'
    : `Still refused: ${run.answer}. ${run.finding?.hint ?? ''}`
}

/** What the field of the last step begins with: what the broken app sent, until something else was tried. */
export const firstDraft = ({ runs, redirectUri }: Tour): string =>
  runs.fix?.redirectUri ?? runs.break?.redirectUri ?? `${redirectUri}/`
