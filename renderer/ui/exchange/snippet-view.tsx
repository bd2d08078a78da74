import { Menu, Switch, UnstyledButton } from '@mantine/core'
import { IconChevronDown } from '@tabler/icons-react'
import { useMemo } from 'react'
import type { Exchange } from '../../../shared/contract/operations/traces.ts'
import { type Language, languageNames, languages, toSnippet } from '../../../shared/flow/snippet.ts'
import { CopyButton } from '../copy.tsx'
import { CodeView } from '../json-view.tsx'
import classes from './exchange.module.css'
import { Part } from './message-view.tsx'

export interface SnippetProps {
  exchange: Exchange
  language: Language
  includeSecrets: boolean
}

export interface SnippetControlsProps extends SnippetProps {
  onLanguage: (language: Language) => void
  onIncludeSecrets: (includeSecrets: boolean) => void
}

/** The copy button, whose name says what it copies and when secrets go along, beside what decides both. */
export function SnippetControls({
  exchange,
  language,
  includeSecrets,
  onLanguage,
  onIncludeSecrets,
}: SnippetControlsProps) {
  const what = `as ${languageNames[language]}${includeSecrets ? ' with secrets' : ''}`
  return (
    <>
      <Switch
        label="With secrets"
        checked={includeSecrets}
        onChange={(event) => onIncludeSecrets(event.currentTarget.checked)}
      />
      <div className={classes.split}>
        <CopyButton value={() => toSnippet(exchange, language, { includeSecrets })} what={what}>
          {`Copy ${what}`}
        </CopyButton>
        <Menu position="bottom-end">
          <Menu.Target>
            <UnstyledButton className={classes.splitMore} aria-label="Copy as another language">
              <IconChevronDown size={14} aria-hidden />
            </UnstyledButton>
          </Menu.Target>
          <Menu.Dropdown>
            {languages.map((other) => (
              <Menu.Item key={other} onClick={() => onLanguage(other)}>
                {languageNames[other]}
              </Menu.Item>
            ))}
          </Menu.Dropdown>
        </Menu>
      </div>
    </>
  )
}

/** The code as it would be copied. */
export function SnippetView({ exchange, language, includeSecrets }: SnippetProps) {
  const text = useMemo(
    () => toSnippet(exchange, language, { includeSecrets }),
    [exchange, language, includeSecrets],
  )
  return (
    <Part
      title={`As ${languageNames[language]}`}
      note={includeSecrets ? 'with passwords, secrets and tokens' : 'passwords, secrets and tokens taken out'}
    >
      <CodeView
        text={text}
        label={`${languageNames[language]} ${language === 'curl' ? 'command' : 'code'}`}
        maxHeight={260}
      />
    </Part>
  )
}
