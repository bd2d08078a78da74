import { toHar } from './har.ts'
import { type MarkdownTrace, toMarkdown } from './markdown.ts'
import { traceWords } from './words.ts'

export interface ExportOptions {
  format: 'har' | 'markdown'
  includeSecrets: boolean
  version: string
}

export interface ExportedFile {
  fileName: string
  mediaType: string
  text: string
}

/** Traces as one file to hand on. */
export function exportTraces(traces: readonly MarkdownTrace[], options: ExportOptions): ExportedFile {
  const stem = traces.length === 1 ? `trace-${traces[0]!.id}` : 'traces'
  if (options.format === 'markdown')
    return {
      fileName: `${stem}.md`,
      mediaType: 'text/markdown',
      text: traces.map((trace) => toMarkdown(trace, options)).join('\n'),
    }
  const pages = traces.map((trace) => ({ ...trace, title: trace.name ?? `Trace of ${traceWords(trace)}` }))
  return {
    fileName: `${stem}.har`,
    mediaType: 'application/json',
    text: `${JSON.stringify(toHar(pages, options), null, 2)}\n`,
  }
}
