import { Stack, Table, Text } from '@mantine/core'
import type { ReactNode } from 'react'
import { CopyButton } from './copy.tsx'
import { Countdown } from './countdown.tsx'
import { claimText, claimTime, meaningOf } from './format/claims.ts'
import { JsonView } from './json-view.tsx'
import classes from './jwt-view.module.css'
import { Time } from './time.tsx'

export interface JwtViewProps {
  /** The compact token; null when only its content is known. */
  token: string | null
  header: Readonly<Record<string, unknown>> | null
  claims: Readonly<Record<string, unknown>> | null
}

/** A JWT taken apart: the three coloured parts, the header, and the claims with what they mean. */
export function JwtView({ token, header, claims }: JwtViewProps) {
  return (
    <Stack gap="md">
      {token !== null && <JwtParts token={token} />}
      {header && (
        <Part name="header" title="Header">
          <JsonView value={header} label="header" />
        </Part>
      )}
      {claims && (
        <Part name="payload" title="Claims">
          <ClaimsTable claims={claims} />
        </Part>
      )}
    </Stack>
  )
}

const partNames = ['header', 'payload', 'signature'] as const

/** The compact form, each part in its colour; a screen reader gets them named. */
export function JwtParts({ token }: { token: string }) {
  const parts = token.split('.')
  return (
    <div className={classes.compact}>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a scrolling region must be reachable by keyboard */}
      <section className={classes.scroll} aria-label="token" tabIndex={0}>
        {parts.map((part, index) => {
          const name = parts.length === 3 ? partNames[index] : undefined
          return (
            // biome-ignore lint/suspicious/noArrayIndexKey: the parts of one token never change places
            <span key={index}>
              {index > 0 && '.'}
              <span data-part={name} title={name}>
                {part}
              </span>
            </span>
          )
        })}
      </section>
      <div className={classes.copy}>
        <CopyButton value={token} what="token" />
      </div>
    </div>
  )
}

function Part({ name, title, children }: { name: string; title: string; children: ReactNode }) {
  return (
    <section>
      <h3 className={classes.partTitle} data-part={name}>
        <span className={classes.swatch} aria-hidden />
        {title}
      </h3>
      {children}
    </section>
  )
}

export interface ClaimsTableProps {
  claims: Readonly<Record<string, unknown>>
  /** Whose names these are: those of a claims set, or of a header. */
  where?: 'claims' | 'header'
  /** Count down to exp, with its announcements. */
  countdown?: boolean
}

/** Claims as a table: name, value (times readable), meaning. */
export function ClaimsTable({ claims, where = 'claims', countdown = false }: ClaimsTableProps) {
  return (
    <Table.ScrollContainer minWidth={420}>
      <Table verticalSpacing={5} horizontalSpacing={10} className={classes.claims}>
        <Table.Thead>
          <Table.Tr>
            <Table.Th w="24%">{where === 'header' ? 'Parameter' : 'Claim'}</Table.Th>
            <Table.Th>Value</Table.Th>
            <Table.Th w="36%">Meaning</Table.Th>
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {Object.entries(claims).map(([name, value]) => (
            <ClaimRow key={name} name={name} value={value} where={where} countdown={countdown} />
          ))}
        </Table.Tbody>
      </Table>
    </Table.ScrollContainer>
  )
}

interface ClaimRowProps {
  name: string
  value: unknown
  where: 'claims' | 'header'
  countdown: boolean
}

function ClaimRow({ name, value, where, countdown }: ClaimRowProps) {
  const at = where === 'claims' ? claimTime(name, value) : null
  return (
    <Table.Tr>
      <Table.Th scope="row" className={classes.name}>
        {name}
      </Table.Th>
      <Table.Td className={classes.value}>
        <ValueText text={claimText(value)} />
        {at !== null && (
          <Text fz="xs" c="dimmed">
            <Time at={at} />
            {countdown && name === 'exp' && (
              <>
                {' · '}
                <Countdown until={at} announceAs="The token" over="over" />
              </>
            )}
          </Text>
        )}
      </Table.Td>
      <Table.Td>
        <Text fz="xs" c="dimmed">
          {meaningOf(where, name, value)}
        </Text>
      </Table.Td>
    </Table.Tr>
  )
}

/** More than fits without scrolling. */
const LONG = 200

function ValueText({ text }: { text: string }) {
  return (
    // A scrolling region must be reachable by keyboard.
    <div className={classes.valueText} tabIndex={text.length > LONG ? 0 : undefined}>
      {text}
    </div>
  )
}
