import type { Finding } from '../contract/operations/findings.ts'
import type { Exchange, Message, Participant, TraceSummary, Verdict } from '../contract/operations/traces.ts'
import { readBody } from './body.ts'
import { redactExchange } from './redact.ts'
import { type SequenceStep, toSequence } from './sequence.ts'
import { specParts } from './spec-links.ts'
import { count, durationWords, exchangeWords, faultWords, traceWords } from './words.ts'

export interface MarkdownTrace extends TraceSummary {
  exchanges: readonly Exchange[]
  findings: readonly Finding[]
}

const names: Readonly<Record<Participant, string>> = {
  browser: 'Browser',
  app: 'App',
  issuer: 'Issuer',
  api: 'API',
}

/** A trace as a text for an issue tracker: a diagram (Mermaid), the findings, and each exchange with the checks that failed. */
export function toMarkdown(trace: MarkdownTrace, { includeSecrets }: { includeSecrets: boolean }): string {
  const exchanges = trace.exchanges.map((exchange) => (includeSecrets ? exchange : redactExchange(exchange)))
  const { steps } = toSequence(exchanges)
  const began = new Date(trace.startedAt).toISOString()
  return [
    `# ${line(trace.name ?? `Trace of ${traceWords(trace)}`)}`,
    `${count(trace.exchangeCount, 'exchange')}, ${count(trace.refusals, 'refusal')}, began ${began}. ${
      includeSecrets
        ? '**With passwords, secrets and tokens.**'
        : 'Passwords, secrets and tokens were taken out.'
    }`,
    diagram(steps),
    ...(trace.findings.length > 0 ? ['## Findings', trace.findings.map(findingText).join('\n')] : []),
    '## Exchanges',
    ...steps.map(exchangeText),
    '',
  ].join('\n\n')
}

const line = (text: string): string => text.replace(/\s+/g, ' ').trim()

/** Without what Mermaid would take for its own. */
const label = (text: string): string => line(text).replace(/[;#%<>{}"]/g, ' ')

const diagram = (steps: readonly SequenceStep[]): string =>
  [
    '```mermaid',
    'sequenceDiagram',
    ...[...new Set(steps.flatMap(({ from, to }) => [from, to]))].map((who) => `  participant ${names[who]}`),
    ...steps.flatMap(({ from, to, request, response, refused }) => [
      `  ${names[from]}->>${names[to]}: ${label(request)}`,
      `  ${names[to]}${refused ? '--x' : '-->>'}${names[from]}: ${label(response)}`,
    ]),
    '```',
  ].join('\n')

const specLinks = (spec: string): string =>
  specParts(spec)
    .map(({ text, url }) => (url === null ? text : `[${text}](${url})`))
    .join(', ')

const findingText = ({ severity, title, observed, expected, hint, spec, exchanges }: Finding): string =>
  [
    `- **${severity}: ${line(title)}** (${exchanges.map((id) => `#${id}`).join(', ')}; ${specLinks(spec)})`,
    `  - Observed: ${line(observed)}`,
    `  - Expected: ${line(expected)}`,
    `  - ${line(hint)}`,
  ].join('\n')

function exchangeText({ exchange, from, to, failed }: SequenceStep): string {
  const { id, method, target, status, request, response, faults } = exchange
  return [
    `### #${id} ${names[from]} to ${names[to]}: ${line(exchangeWords(exchange))}`,
    ...(faults.length > 0 ? [`Struck by ${count(faults.length, 'fault')}: ${line(faultWords(faults))}`] : []),
    ...(failed.length > 0 ? [failed.map(verdictText).join('\n')] : []),
    fenced('http', message(`${method} ${target} HTTP/1.1`, request)),
    ...(status === 0
      ? ['No answer was sent.']
      : [
          `Answered after ${durationWords(exchange.durationMs)}:`,
          fenced('http', message(`HTTP/1.1 ${status}`, response)),
        ]),
  ].join('\n\n')
}

const verdictText = ({ title, outcome, observed, expected, hint, spec }: Verdict): string =>
  [
    `- ${outcome === 'warned' ? 'Warning' : 'Check failed'}: **${line(title)}** (${specLinks(spec)})`,
    ...(observed ? [`  - Observed: ${line(observed)}`] : []),
    ...(expected ? [`  - Expected: ${line(expected)}`] : []),
    ...(hint ? [`  - ${line(hint)}`] : []),
  ].join('\n')

function message(start: string, { headers, ...rest }: Message): string {
  const { content, kept, cut } = readBody({ headers, ...rest })
  const body =
    content.kind === 'binary' || rest.encoding === 'base64'
      ? `(${count(rest.bytes, 'byte')}, not text)`
      : rest.body
  const note = cut ? `\n(cut: ${kept} of ${rest.bytes} bytes were kept)` : ''
  return [
    start,
    ...headers.map(([name, value]) => `${name}: ${value}`),
    ...(body === '' ? [] : ['', body + note]),
  ].join('\n')
}

/** A fence longer than any in the text. */
function fenced(language: string, text: string): string {
  const longest = Math.max(2, ...[...text.matchAll(/`+/g)].map(([run]) => run.length))
  const fence = '`'.repeat(longest + 1)
  return `${fence}${language}\n${text}\n${fence}`
}
