import { Text } from '@mantine/core'
import { diffClaims } from '../../../shared/protocol/claim-diff.ts'
import { parseObject } from '../../../shared/protocol/jose.ts'
import type { TokenDraft } from '../../stores/lab-draft.ts'
import { VerdictBanner } from '../../ui/banner.tsx'
import { DifferenceText } from './difference.tsx'
import classes from './lab.module.css'

/** What was changed since the token was signed. */
export function Changes({ before, after }: { before: TokenDraft; after: TokenDraft }) {
  const differences = [
    ...differencesOf('header', before.header, after.header),
    ...differencesOf('payload', before.payload, after.payload),
  ]
  return (
    <div data-testid="lab-changes">
      <VerdictBanner
        tone="warn"
        verdict="Unsigned changes"
        reason={
          differences.length > 0 ? (
            <span className={classes.stack} style={{ gap: 2 }}>
              {differences.map(({ where, difference }) => (
                <span key={`${where} ${difference.path}`} className={classes.change}>
                  {where} · <DifferenceText difference={difference} />
                </span>
              ))}
            </span>
          ) : (
            'Only the writing is another: spaces, order, or what is no JSON.'
          )
        }
      />
      <Text fz="xs" c="dimmed" mt={4}>
        The token on the left stays as it is until you sign.
      </Text>
    </div>
  )
}

function differencesOf(where: string, before: string, after: string) {
  const [old, now] = [parseObject(before) ?? {}, parseObject(after) ?? {}]
  return diffClaims(old, now)
    .filter(({ change }) => change !== 'same')
    .map((difference) => ({ where, difference }))
}
