import type { ContractClient } from '../../../shared/contract/client.ts'
import type { LabSigningKey } from '../../../shared/contract/operations/lab.ts'
import type { RightAnswer } from '../../../shared/protocol/breaks/index.ts'

export interface Outcome {
  /** `unfit`: it could not be made of this token; `unsent`: no answer came. */
  kind: 'answered' | 'unfit' | 'unsent'
  /** What a right API says. */
  right: RightAnswer
  /** Null where no answer came. */
  status: number | null
  reason: string
}

interface Shown {
  token: string
  key: LabSigningKey
  url: string
  confirmed: boolean
}

/** Breaks the token in one way and shows it to the API. Never rejects. */
export async function tryBreak(
  client: ContractClient,
  breakId: string,
  right: RightAnswer,
  { token, key, url, confirmed }: Shown,
): Promise<Outcome> {
  const failed = (kind: 'unfit' | 'unsent', error: unknown): Outcome => ({
    kind,
    right,
    status: null,
    reason: error instanceof Error ? error.message : String(error),
  })
  let broken: string
  try {
    broken = (await client.call('lab.break', { token, breakId, key })).token
  } catch (error) {
    return failed('unfit', error)
  }
  try {
    const { status } = await client.call('lab.send', { url, token: broken, confirmed })
    return { kind: 'answered', right, status, reason: `The API answered ${status}.` }
  } catch (error) {
    return failed('unsent', error)
  }
}

export interface OutcomeLook {
  tone: 'good' | 'bad' | 'warn' | 'muted'
  text: string
}

/** An outcome in a word: whether the API did right. */
export function outcomeLook({ kind, right, status }: Outcome): OutcomeLook {
  if (kind === 'unfit') return { tone: 'muted', text: 'Not possible' }
  if (kind === 'unsent' || status === null) return { tone: 'muted', text: 'No answer' }
  if (status >= 500) return { tone: 'bad', text: `Fell over: ${status}` }
  if (right === 'survive') return { tone: 'good', text: `Survived: ${status}` }
  if (status < 300) return { tone: 'bad', text: `ACCEPTED: ${status}` }
  return status < 400
    ? { tone: 'warn', text: `Redirect: ${status}` }
    : { tone: 'good', text: `Refused: ${status}` }
}

/** How an API came off, in a sentence; empty before anything was tried. */
export function summaryOf(outcomes: readonly Outcome[]): string {
  if (outcomes.length === 0) return ''
  const count = (tone: OutcomeLook['tone']) => outcomes.filter((one) => outcomeLook(one).tone === tone).length
  const [good, bad, others] = [count('good'), count('bad'), count('muted') + count('warn')]
  const rest = others > 0 ? ` ${others} could not be judged.` : ''
  if (bad === 0) return `The API did right with all ${good}.${rest}`
  return `The API did wrong with ${bad} of ${good + bad}.${rest}`
}
