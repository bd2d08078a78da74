import { CopyButton } from './copy.tsx'
import { jsonTokens } from './format/json.ts'
import classes from './json-view.module.css'

export interface JsonViewProps {
  value: unknown
  /** What it is, for screen readers and the copy button: "claims". */
  label: string
  maxHeight?: number | string
}

/** JSON to read and copy. */
export function JsonView({ value, label, maxHeight }: JsonViewProps) {
  return (
    <CodeView text={JSON.stringify(value, null, 2) ?? 'undefined'} label={label} maxHeight={maxHeight} json />
  )
}

export interface CodeViewProps {
  text: string
  label: string
  maxHeight?: number | string
  /** Colour it as JSON. */
  json?: boolean
}

/** Text in monospace that wraps, scrolls by keyboard and can be copied. */
export function CodeView({ text, label, maxHeight, json = false }: CodeViewProps) {
  return (
    <div className={classes.root}>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a scrolling region must be reachable by keyboard */}
      <section className={classes.scroll} aria-label={label} tabIndex={0} style={{ maxHeight }}>
        <pre className={classes.code}>{json ? <Coloured json={text} /> : text}</pre>
      </section>
      <div className={classes.copy}>
        <CopyButton value={text} what={label} />
      </div>
    </div>
  )
}

function Coloured({ json }: { json: string }) {
  return jsonTokens(json).map((token, index) =>
    token.kind === 'space' ? (
      token.text
    ) : (
      // biome-ignore lint/suspicious/noArrayIndexKey: the pieces of one text never change places
      <span key={index} data-kind={token.kind}>
        {token.text}
      </span>
    ),
  )
}
