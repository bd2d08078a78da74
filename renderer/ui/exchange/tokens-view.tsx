import { Anchor, Stack, Text, Title } from '@mantine/core'
import type { ReactNode } from 'react'
import { type FoundToken, jtiOf } from '../../../shared/flow/tokens.ts'
import { VerdictBanner } from '../banner.tsx'
import { CodeView } from '../json-view.tsx'
import { JwtView } from '../jwt-view.tsx'
import classes from './exchange.module.css'

export interface TokensViewProps {
  tokens: readonly FoundToken[]
  /** Token ids the issuer took note of; only these have a page to link to. */
  jtis: readonly string[]
  /** The banner on top of a token: whether it holds now. */
  verdict: (token: string) => ReactNode
  /** Beside the name of a token: what can be done with it. */
  actions?: (token: string) => ReactNode
}

/** Every token of an exchange, decoded where it was found. */
export function TokensView({ tokens, jtis, verdict, actions }: TokensViewProps) {
  if (tokens.length === 0)
    return (
      <Text fz="sm" c="dimmed">
        No token in the headers, the URL or the bodies of this exchange.
      </Text>
    )
  return (
    <Stack gap="xl">
      {tokens.map((found) => (
        <Token key={found.token} found={found} jtis={jtis} verdict={verdict} actions={actions} />
      ))}
    </Stack>
  )
}

function Token({ found, jtis, verdict, actions }: { found: FoundToken } & Omit<TokensViewProps, 'tokens'>) {
  const { name, places, token, decoded } = found
  const jti = jtiOf(decoded)
  return (
    <section className={classes.token} aria-label={`${name} in ${places.join(' and ')}`}>
      <div className={classes.partHead}>
        <Title order={3}>{name}</Title>
        <Text fz="xs" c="dimmed" className={classes.partNote}>
          {places.join(' · ')}
        </Text>
        {jti !== null && jtis.includes(jti) && (
          <Anchor href={`#/tokens/${encodeURIComponent(jti)}`} fz="xs">
            Open in Tokens
          </Anchor>
        )}
        {actions?.(token)}
      </div>
      <Stack gap="sm">
        {verdict(token)}
        {decoded.problems.map(({ message }) => (
          <VerdictBanner key={message} tone="bad" verdict="Malformed" reason={message} />
        ))}
        {decoded.form === 'opaque' ? (
          <CodeView text={token} label={name} maxHeight={140} />
        ) : (
          <JwtView token={token} header={decoded.header} claims={decoded.claims} />
        )}
      </Stack>
    </section>
  )
}
