import type { SectionId } from '../../stores/navigation.ts'

export interface FirstStep {
  id: string
  title: string
  text: string
  done: boolean
  /** Where to look at what it gave. */
  section: SectionId
  link: string
}

/** What a first run tries, and what of it the record shows to have been done. */
export const firstSteps = (seen: { exchanges: number; tokens: number; refusals: number }): FirstStep[] => [
  {
    id: 'exchange',
    title: 'Send a request',
    text: 'Point your app at the issuer, or paste the curl line below into a terminal.',
    done: seen.exchanges > 0,
    section: 'traces',
    link: 'Watch it in Traces',
  },
  {
    id: 'token',
    title: 'Get a token',
    text: 'Log in as alice / wonderland and read every claim of what came back.',
    done: seen.tokens > 0,
    section: 'tokens',
    link: 'Take it apart in Tokens',
  },
  {
    id: 'refusal',
    title: 'Break something',
    text: 'Log in as bob, who is inactive, or with a wrong password: the refusal names the rule that failed.',
    done: seen.refusals > 0,
    section: 'traces',
    link: 'Read why in Traces',
  },
]
