import { Button, Stack, Table, Text } from '@mantine/core'
import { IconKey } from '@tabler/icons-react'
import type { ReactNode } from 'react'
import type { LabSdJwt } from '../../../shared/contract/operations/lab.ts'
import { useWorkbench } from '../../stores/hooks.ts'
import { VerdictBanner } from '../../ui/banner.tsx'
import { claimText } from '../../ui/format/claims.ts'
import { CodeView, JsonView } from '../../ui/json-view.tsx'
import { ClaimsTable } from '../../ui/jwt-view.tsx'
import { DecryptPanel } from './decrypt-panel.tsx'
import classes from './lab.module.css'
import { NoTokenYet } from './no-token.tsx'
import { useLab } from './use-lab.ts'

/** What is in the token: header, claims, and what else its form has. */
export function ContentTab() {
  const decoded = useLab((state) => state.decoded)
  const inspection = useLab((state) => state.inspection)
  const draft = useLab((state) => state.draft)
  if (!decoded) return draft.header === '' ? <NoTokenYet /> : <DraftOnly />
  const { header, claims, content, form } = decoded
  if (form === 'opaque') return <Opaque />
  return (
    <Stack gap="md">
      {inspection && inspection.signatures.length > 1 && <Signatures />}
      {header && (
        <Part part="header" title="Header">
          <ClaimsTable claims={header} where="header" />
        </Part>
      )}
      {claims && (
        <Part part="payload" title="Claims">
          <ClaimsTable claims={claims} countdown />
        </Part>
      )}
      {content !== null && (
        <Part part="payload" title="Payload: text, not claims">
          <CodeView text={content} label="payload" maxHeight={260} />
        </Part>
      )}
      {form === 'jwe' && <DecryptPanel />}
      {inspection?.sdJwt && <SdJwtParts sdJwt={inspection.sdJwt} />}
    </Stack>
  )
}

function Part({ part, title, children }: { part: 'header' | 'payload'; title: string; children: ReactNode }) {
  return (
    <section>
      <h3 className={classes.partTitle} data-part={part}>
        <span className={classes.swatch} aria-hidden />
        {title}
      </h3>
      {children}
    </section>
  )
}

function DraftOnly() {
  const { navigation } = useWorkbench()
  return (
    <VerdictBanner
      tone="info"
      verdict="Content to sign"
      reason="The ledger keeps what a token says, but not the token. Sign this again to get one."
      actions={
        <Button size="xs" variant="default" onClick={() => navigation.setParams({ tab: 'edit' })}>
          Edit and sign
        </Button>
      }
    />
  )
}

function Opaque() {
  const row = useLab((state) => state.inspection?.row ?? null)
  return (
    <Text fz="sm" c="dimmed">
      {row
        ? 'An opaque token is a reference: what it stands for lies in the ledger, behind the link above.'
        : 'There is nothing in it to read: its issuer keeps what it stands for, and tells at its introspection endpoint.'}
    </Text>
  )
}

/** Each signature of a JWS in JSON form (RFC 7515 7.2.1). */
function Signatures() {
  const signatures = useLab((state) => state.inspection?.signatures ?? [])
  return (
    <Stack gap="xs">
      {signatures.map(({ header, state, reason }, index) => (
        <VerdictBanner
          // biome-ignore lint/suspicious/noArrayIndexKey: the signatures of one token never change places
          key={index}
          tone={state === 'valid' ? 'good' : state === 'invalid' || state === 'none' ? 'bad' : 'warn'}
          verdict={`Signature ${index + 1}: ${String(header.alg)}`}
          reason={reason}
        />
      ))}
    </Stack>
  )
}

/** The disclosures of an SD-JWT, each with its place, and what the verifier ends up with. */
function SdJwtParts({ sdJwt }: { sdJwt: LabSdJwt }) {
  const { disclosures, undisclosed, keyBinding, claims } = sdJwt
  const kept = undisclosed === 1 ? 'One digest is' : `${undisclosed} digests are`
  return (
    <section className={classes.stack} data-testid="sd-jwt">
      <h3 className={classes.partTitle}>Disclosures</h3>
      <Table.ScrollContainer minWidth={420}>
        <Table className={classes.table} verticalSpacing={5} layout="fixed">
          <Table.Thead>
            <Table.Tr>
              <Table.Th w="30%">Stands at</Table.Th>
              <Table.Th>Value</Table.Th>
              <Table.Th w="27%">Digest</Table.Th>
            </Table.Tr>
          </Table.Thead>
          <Table.Tbody>
            {disclosures.map(({ digest, path, name, value, problem }) => (
              <Table.Tr key={digest}>
                <Table.Th scope="row" className={classes.mono}>
                  {path ?? name ?? 'nowhere'}
                </Table.Th>
                <Table.Td className={classes.mono}>{claimText(value)}</Table.Td>
                <Table.Td className={classes.mono}>
                  {problem ? <span className={classes.removed}>{problem}</span> : `✓ ${digest.slice(0, 12)}…`}
                </Table.Td>
              </Table.Tr>
            ))}
          </Table.Tbody>
        </Table>
      </Table.ScrollContainer>
      {undisclosed > 0 && (
        <Text fz="xs" c="dimmed">
          {kept} left: claims kept back, or decoys. Nobody can tell which.
        </Text>
      )}
      {keyBinding && (
        <VerdictBanner
          tone={keyBinding.holds ? 'good' : 'bad'}
          verdict={keyBinding.holds ? 'Key binding holds' : 'Key binding does not hold'}
          reason={keyBinding.reason}
        />
      )}
      {keyBinding && <JsonView value={keyBinding.claims} label="claims of the key binding" />}
      <h3 className={classes.partTitle}>
        <IconKey size={15} aria-hidden />
        What the verifier gets
      </h3>
      <JsonView value={claims} label="processed claims" />
    </section>
  )
}
