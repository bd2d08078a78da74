import { globSync, readFileSync, writeFileSync } from 'node:fs'
import { basename, dirname, join } from 'node:path'
import { expect, test } from 'vitest'
import type { Check } from '../../shared/protocol/check.ts'

const root = join(import.meta.dirname, '../..')
const checks = join(root, 'shared/protocol/checks')
const file = join(root, 'docs/protocol.md')

const HEAD = `# The rules of the issuer

Every rule a client can break, as the issuer checks it. A rule is enforced unless its level says otherwise for a profile: \`warn\` lets
the request pass and keeps the finding, \`off\` does not look. Profiles are set per issuer and overridden per client.

Generated from the checks; \`UPDATE_SNAPSHOT=1 npx vitest run tests/protocol/document.test.ts\` writes it anew.
`

const profiles = ['strict', 'standard', 'lenient'] as const

const TABLE_HEAD = `| check | rule | spec | ${profiles.join(' | ')} |\n| --- | --- | --- | --- | --- | --- |`

async function load(path: string): Promise<Check<never>> {
  const exported: [string, unknown][] = Object.entries(await import(join(checks, path)))
  const [, value] = exported.find(([name]) => name.startsWith('check'))!
  return (typeof value === 'function' ? value({ error: 'invalid_grant' }) : value) as Check<never>
}

const row = ({ id, title, spec, levels }: Check<never>): string => {
  const cells = [`\`${id}\``, title, spec, ...profiles.map((profile) => levels?.[profile] ?? 'enforce')]
  return `| ${cells.join(' | ')} |`
}

async function render(): Promise<string> {
  const paths = globSync('**/check-*.ts', { cwd: checks }).sort((a, b) =>
    dirname(a) === dirname(b) ? basename(a).localeCompare(basename(b)) : dirname(a).localeCompare(dirname(b)),
  )
  const parts = [HEAD]
  for (const theme of new Set(paths.map(dirname))) {
    const members = paths.filter((path) => dirname(path) === theme)
    const rows = await Promise.all(members.map(async (path) => row(await load(path))))
    parts.push(`\n## ${theme}\n\n${TABLE_HEAD}\n${rows.join('\n')}\n`)
  }
  return parts.join('')
}

test('docs/protocol.md says what the checks are', async () => {
  const rendered = await render()
  if (process.env.UPDATE_SNAPSHOT) writeFileSync(file, rendered)
  expect(readFileSync(file, 'utf8'), 'stale: run this test with UPDATE_SNAPSHOT=1').toBe(rendered)
})
