import { VerdictBanner } from '../../ui/banner.tsx'
import type { Tone } from '../../ui/state-badge.tsx'
import { faultSentence, type Told } from './sentence.ts'

const looks: Readonly<Record<Told['state'], { tone: Tone; verdict: string }>> = {
  new: { tone: 'info', verdict: 'What it will do' },
  armed: { tone: 'warn', verdict: 'Armed' },
  disarmed: { tone: 'muted', verdict: 'Disarmed: nothing happens' },
  spent: { tone: 'muted', verdict: 'Spent' },
}

/** What a fault will do, in words; or why it never could. */
export function SentencePanel({ fault, misfit }: { fault: Told; misfit: string | null }) {
  if (misfit !== null)
    return <VerdictBanner tone="bad" verdict="It could not strike" reason={misfit} testId="fault-sentence" />
  const { tone, verdict } = looks[fault.state]
  return <VerdictBanner tone={tone} verdict={verdict} reason={faultSentence(fault)} testId="fault-sentence" />
}
