import { VerdictBanner } from './banner.tsx'
import classes from './import-failure.module.css'

interface ImportFailureProps {
  title: string
  /** One for each thing that is wrong, with its place in the file. */
  lines: readonly string[]
  testId: string
}

/** Why a file was not imported. */
export function ImportFailure({ title, lines, testId }: ImportFailureProps) {
  return (
    <div role="alert">
      <VerdictBanner
        tone="bad"
        verdict={title}
        testId={testId}
        reason={
          <ul className={classes.issues}>
            {lines.map((line) => (
              <li key={line}>{line}</li>
            ))}
          </ul>
        }
      />
    </div>
  )
}
