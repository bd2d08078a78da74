import { Checkbox, Table, Text } from '@mantine/core'
import { useMemo, useState } from 'react'
import { type ClaimDifference, diffClaims } from '../../../shared/protocol/claim-diff.ts'
import { decodeToken } from '../../../shared/protocol/jose.ts'
import type { JsonObject } from '../../../shared/protocol/jwt.ts'
import { useWorkbench } from '../../stores/hooks.ts'
import { claimText } from '../../ui/format/claims.ts'
import { CodeEditor } from './editor/code-editor.tsx'
import { firstToken, tokenColours } from './editor/token-colours.ts'
import classes from './lab.module.css'
import { useLab } from './use-lab.ts'

const words = {
  added: 'only in the second',
  removed: 'only in the first',
  changed: 'differs',
  same: 'same',
} as const

/** The token on the left and a second one, member by member. */
export function CompareTab() {
  const { lab } = useWorkbench()
  const first = useLab((state) => state.decoded)
  const other = useLab((state) => state.other)
  const [all, setAll] = useState(false)
  const extensions = useMemo(() => tokenColours(firstToken), [])
  const second = useMemo(() => {
    const token = firstToken(other)
    return token === '' ? null : decodeToken(token)
  }, [other])
  return (
    <div className={classes.stack}>
      <CodeEditor
        label="Second token"
        value={other}
        placeholder="Paste a second token: it is compared with the one on the left."
        extensions={extensions}
        breaksAnywhere
        minHeight={84}
        maxHeight={180}
        onChange={lab.setOther}
        testId="lab-other"
      />
      {first?.header && second?.header ? (
        <>
          <Checkbox
            label="Show what is the same, too"
            checked={all}
            onChange={(event) => setAll(event.currentTarget.checked)}
          />
          <Differences title="Header" before={first.header} after={second.header} all={all} />
          <Differences title="Claims" before={first.claims ?? {}} after={second.claims ?? {}} all={all} />
        </>
      ) : (
        <Text fz="sm" c="dimmed">
          Two readable tokens are compared claim by claim, here.
        </Text>
      )}
    </div>
  )
}

interface DifferencesProps {
  title: string
  before: JsonObject
  after: JsonObject
  all: boolean
}

function Differences({ title, before, after, all }: DifferencesProps) {
  const found = diffClaims(before, after)
  const different = found.filter(({ change }) => change !== 'same')
  const shown = all ? found : different
  return (
    <section data-testid={`diff-${title.toLowerCase()}`}>
      <h3 className={classes.partTitle} data-part={title === 'Header' ? 'header' : 'payload'}>
        <span className={classes.swatch} aria-hidden />
        {title}: {different.length === 0 ? 'no difference' : `${different.length} of ${found.length} differ`}
      </h3>
      {shown.length > 0 && (
        <Table.ScrollContainer minWidth={420}>
          <Table className={classes.table} verticalSpacing={5} layout="fixed">
            <Table.Thead>
              <Table.Tr>
                <Table.Th w="22%">Name</Table.Th>
                <Table.Th>First</Table.Th>
                <Table.Th>Second</Table.Th>
                <Table.Th w="18%">Verdict</Table.Th>
              </Table.Tr>
            </Table.Thead>
            <Table.Tbody>
              {shown.map((difference) => (
                <DifferenceRow key={difference.path} difference={difference} />
              ))}
            </Table.Tbody>
          </Table>
        </Table.ScrollContainer>
      )}
    </section>
  )
}

function DifferenceRow({ difference: { path, change, before, after } }: { difference: ClaimDifference }) {
  const same = change === 'same'
  return (
    <Table.Tr>
      <Table.Th scope="row" className={classes.mono}>
        {path}
      </Table.Th>
      <Table.Td className={classes.change}>
        {before !== undefined && (
          <span className={same ? undefined : classes.removed}>{claimText(before)}</span>
        )}
      </Table.Td>
      <Table.Td className={classes.change}>
        {after !== undefined && <span className={same ? undefined : classes.added}>{claimText(after)}</span>}
      </Table.Td>
      <Table.Td>{words[change]}</Table.Td>
    </Table.Tr>
  )
}
