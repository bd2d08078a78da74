import { globSync, readFileSync, writeFileSync } from 'node:fs'
import { basename, join } from 'node:path'
import { expect, test } from 'vitest'
import { findingRules } from '../../shared/flow/findings/index.ts'
import { specParts } from '../../shared/flow/spec-links.ts'

const root = join(import.meta.dirname, '../..')
const file = join(root, 'docs/findings.md')

const HEAD = `# What whole traces show

Rules over all exchanges of a login or grant, for what no check of a single request can know. \`error\`: broken or unsafe; \`warning\`: will
break, or is unwise; \`info\`: allowed, and worth knowing. A rule may say less or more than its severity here, by what it saw.

Generated from the rules; \`UPDATE_SNAPSHOT=1 npx vitest run tests/flow/findings-document.test.ts\` writes it anew.

| finding | what the client does | spec | severity |
| --- | --- | --- | --- |
`

test('docs/findings.md says what the rules are', () => {
  const rows = findingRules.map(
    ({ id, title, spec, severity }) => `| \`${id}\` | ${title} | ${spec} | ${severity} |\n`,
  )
  const rendered = HEAD + rows.join('')
  if (process.env.UPDATE_SNAPSHOT) writeFileSync(file, rendered)
  expect(readFileSync(file, 'utf8'), 'stale: run this test with UPDATE_SNAPSHOT=1').toBe(rendered)
})

test('every rule has a file of its name, an id of its own, and a document to read', () => {
  const ids = findingRules.map(({ id }) => id)
  expect(new Set(ids).size).toBe(ids.length)
  const files = globSync('*.ts', { cwd: join(root, 'shared/flow/findings') }).map((path) =>
    basename(path, '.ts'),
  )
  expect(files).toEqual(expect.arrayContaining(ids))
  for (const { id, spec } of findingRules)
    for (const { text, url } of specParts(spec)) expect(url, `${id}: ${text}`).not.toBeNull()
})
