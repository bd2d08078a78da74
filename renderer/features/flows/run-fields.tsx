import {
  Button,
  Group,
  Input,
  PasswordInput,
  SegmentedControl,
  Select,
  SimpleGrid,
  Stack,
  Switch,
  TagsInput,
  Text,
  Textarea,
  TextInput,
} from '@mantine/core'
import { IconChevronDown } from '@tabler/icons-react'
import { useState } from 'react'
import type { ProfileIssuer } from '../../../shared/contract/operations/flow-profiles.ts'
import type { FlowAbilities, FlowKind, FlowParameter } from '../../../shared/contract/operations/flows.ts'
import { useOperation } from '../../stores/hooks.ts'
import { JsonEditor } from '../../ui/json-editor.tsx'
import { isCommon, loginsFor, loginWords, parameterValue, type StartForm } from './start-form.ts'

export type RunForm = Pick<StartForm, 'label' | 'parameters' | 'dpop' | 'by' | 'userId'>

interface RunFieldsProps {
  kind: FlowKind
  abilities: FlowAbilities
  /** Of the profile; null for the built-in default. */
  issuer: ProfileIssuer | null
  value: RunForm
  onChange: (changes: Partial<RunForm>) => void
  errorOf: (parameter: string) => string | undefined
}

/** Who logs in and how, and what the kind asks for. */
export function RunFields({ kind, abilities, issuer, value, onChange, errorOf }: RunFieldsProps) {
  const builtIn = issuer === null || issuer.kind === 'built-in'
  const [all, setAll] = useState(false)
  const shown = kind.parameters.filter(
    (parameter) => all || isCommon(parameter) || value.parameters[parameter.name] || errorOf(parameter.name),
  )
  const hidden = kind.parameters.length - shown.length
  return (
    <Stack gap="md">
      {kind.login && <LoginFields issuer={issuer} abilities={abilities} value={value} onChange={onChange} />}
      {shown.length > 0 && (
        <SimpleGrid cols={{ base: 1, xs: 2 }} spacing="md" verticalSpacing="sm">
          {shown.map((parameter) => (
            <ParameterField
              key={parameter.name}
              parameter={parameter}
              builtIn={builtIn}
              value={parameterValue(value, parameter)}
              error={errorOf(parameter.name)}
              onChange={(text) => onChange({ parameters: { ...value.parameters, [parameter.name]: text } })}
            />
          ))}
        </SimpleGrid>
      )}
      {hidden > 0 && (
        <Group>
          <Button
            variant="subtle"
            size="compact-xs"
            leftSection={<IconChevronDown size={14} aria-hidden />}
            onClick={() => setAll(true)}
          >
            {`${hidden} more parameters`}
          </Button>
        </Group>
      )}
      {kind.options.includes('dpop') && (
        <Switch
          label="DPoP"
          description="Bind the tokens to a key of this flow, with a proof in every request (RFC 9449)."
          checked={value.dpop}
          onChange={(event) => onChange({ dpop: event.currentTarget.checked })}
        />
      )}
      <TextInput
        label="Name"
        description="Tells identities apart; the user’s or the kind’s when left empty."
        placeholder={kind.login && value.by === 'robot' ? (value.userId ?? '') : kind.title}
        maxLength={100}
        autoComplete="off"
        value={value.label}
        onChange={(event) => onChange({ label: event.currentTarget.value })}
      />
    </Stack>
  )
}

type LoginFieldsProps = Pick<RunFieldsProps, 'issuer' | 'abilities' | 'value' | 'onChange'>

function LoginFields({ issuer, abilities, value, onChange }: LoginFieldsProps) {
  const logins = loginsFor(abilities, issuer)
  return (
    <Group align="flex-start" gap="md">
      <Input.Wrapper label="Login by" description={loginWords[value.by].about} flex="1 1 300px">
        <div>
          <SegmentedControl
            mt={6}
            aria-label="Login by"
            value={value.by}
            onChange={(by) => onChange({ by })}
            data={logins.map((by) => ({ value: by, label: loginWords[by].label }))}
          />
        </div>
      </Input.Wrapper>
      {value.by === 'robot' && (
        <UserSelect
          label="As"
          description="A user of the built-in issuer."
          value={value.userId ?? ''}
          onChange={(userId) => onChange({ userId: userId || null })}
        />
      )}
    </Group>
  )
}

interface UserSelectProps {
  label: string
  description: string
  value: string
  error?: string
  onChange: (userId: string) => void
}

function UserSelect({ label, description, value, error, onChange }: UserSelectProps) {
  const { data: users = [] } = useOperation('users.list', {})
  return (
    <Select
      label={label}
      description={description}
      flex="1 1 160px"
      searchable
      allowDeselect={false}
      value={value || null}
      error={error}
      onChange={(user) => onChange(user ?? '')}
      data={users.map(({ id, active }) => ({ value: id, label: active ? id : `${id} (inactive)` }))}
    />
  )
}

interface ParameterFieldProps {
  parameter: FlowParameter
  builtIn: boolean
  value: string
  error: string | undefined
  onChange: (value: string) => void
}

function ParameterField({ parameter, builtIn, value, error, onChange }: ParameterFieldProps) {
  const { name, type, label, about, required, choices } = parameter
  const common = { label, description: about, required, error, 'data-parameter': name }
  const typed = (event: { currentTarget: { value: string } }) => onChange(event.currentTarget.value)
  if (name === 'scope') return <ScopeField {...common} value={value} builtIn={builtIn} onChange={onChange} />
  if (type === 'user')
    return builtIn ? (
      <UserSelect label={label} description={about} value={value} error={error} onChange={onChange} />
    ) : (
      <TextInput {...common} autoComplete="off" spellCheck={false} value={value} onChange={typed} />
    )
  if (type === 'choice')
    return (
      <Select
        {...common}
        data={choices}
        clearable={!required}
        allowDeselect={!required}
        value={value || null}
        onChange={(next) => onChange(next ?? '')}
      />
    )
  if (type === 'secret')
    return <PasswordInput {...common} autoComplete="off" value={value} onChange={typed} />
  if (type === 'json') return <JsonEditor {...common} value={value} onChange={onChange} />
  if (type === 'token')
    return (
      <Textarea
        {...common}
        autosize
        minRows={1}
        maxRows={5}
        spellCheck={false}
        value={value}
        onChange={typed}
        styles={{ input: { fontFamily: 'var(--mantine-font-family-monospace)' } }}
      />
    )
  return <TextInput {...common} autoComplete="off" spellCheck={false} value={value} onChange={typed} />
}

interface ScopeFieldProps {
  label: string
  description: string
  required: boolean
  error: string | undefined
  builtIn: boolean
  value: string
  onChange: (value: string) => void
}

/** Scopes of this workspace to pick from; any other can be typed. */
function ScopeField({ builtIn, value, onChange, ...rest }: ScopeFieldProps) {
  const { data: scopes = [] } = useOperation('scopes.list', {})
  return (
    <TagsInput
      {...rest}
      splitChars={[' ', ',']}
      data={builtIn ? scopes.map(({ name }) => name) : []}
      value={value.split(' ').filter(Boolean)}
      onChange={(names) => onChange(names.join(' '))}
    />
  )
}

/** The errors of parameters no field stands for. */
export const Problems = ({ messages }: { messages: readonly string[] }) =>
  messages.map((message) => (
    <Text key={message} c="var(--gs-bad)" fz="xs" role="alert">
      {message}
    </Text>
  ))
