import { globSync, readFileSync, writeFileSync } from 'node:fs'
import { basename, dirname, join } from 'node:path'
import { expect, test } from 'vitest'
import type { Check } from '../../shared/protocol/check.ts'
import { checksOfEndpoints as generated } from '../../shared/protocol/checks/endpoints.ts'
import { checksById } from '../../shared/protocol/checks/registry.ts'
import { checksOfEndpoints } from './checks-of-endpoints.ts'

const root = join(import.meta.dirname, '../..')
const checks = join(root, 'shared/protocol/checks')
const file = join(root, 'docs/protocol.md')

const HEAD = `# The rules of the issuer

Every rule a client can break, as the issuer checks it. A rule is enforced unless its level says otherwise for a profile: \`warn\` lets
the request pass and keeps the finding, \`off\` does not look. Profiles are set per issuer and overridden per client.
Endpoints have the names that exchanges are stored with.

Generated from the checks; \`UPDATE_SNAPSHOT=1 npx vitest run tests/protocol/document.test.ts\` writes it anew.
`

type Endpoints = ReadonlyMap<string, ReadonlySet<string>>

const profiles = ['strict', 'standard', 'lenient'] as const

const TABLE_HEAD = `| check | endpoints | rule | spec | ${profiles.join(' | ')} |\n| --- | --- | --- | --- | --- | --- | --- |`

async function load(path: string): Promise<Check<never>> {
  const exported: [string, unknown][] = Object.entries(await import(join(checks, path)))
  const [, value] = exported.find(([name]) => name.startsWith('check'))!
  return (typeof value === 'function' ? value({ error: 'invalid_grant' }) : value) as Check<never>
}

const row = (endpoints: Endpoints, { id, title, spec, levels }: Check<never>): string => {
  const running = [...endpoints].filter(([, ids]) => ids.has(id)).map(([name]) => name)
  const cells = [
    `\`${id}\``,
    running.join(', '),
    title,
    spec,
    ...profiles.map((profile) => levels?.[profile] ?? 'enforce'),
  ]
  return `| ${cells.join(' | ')} |`
}

async function render(): Promise<string> {
  const paths = globSync('**/check-*.ts', { cwd: checks }).sort((a, b) =>
    dirname(a) === dirname(b) ? basename(a).localeCompare(basename(b)) : dirname(a).localeCompare(dirname(b)),
  )
  const endpoints = await checksOfEndpoints()
  const parts = [HEAD]
  for (const theme of new Set(paths.map(dirname))) {
    const members = paths.filter((path) => dirname(path) === theme)
    const rows = await Promise.all(members.map(async (path) => row(endpoints, await load(path))))
    parts.push(`\n## ${theme}\n\n${TABLE_HEAD}\n${rows.join('\n')}\n`)
  }
  return parts.join('')
}

const generatedFile = join(checks, 'endpoints.ts')

/** The source of shared/protocol/checks/endpoints.ts. */
const moduleOf = (
  endpoints: Endpoints,
): string => `// Generated: \`UPDATE_SNAPSHOT=1 npx vitest run tests/protocol/document.test.ts\` writes it anew.

const words = (text: string): readonly string[] => text.trim().split(/\\s+/)

/** Which checks each endpoint runs, as its source has it, by the name exchanges are stored with. */
export const checksOfEndpoints: Readonly<Record<string, readonly string[]>> = {
${tableOf(endpoints)}
}

/** Names of the endpoints that run a check. */
export const endpointsOf = (id: string): string[] =>
  Object.entries(checksOfEndpoints).flatMap(([endpoint, ids]) => (ids.includes(id) ? [endpoint] : []))
`

function tableOf(endpoints: Endpoints): string {
  const entries = [...endpoints].filter(([, ids]) => ids.size > 0)
  return entries
    .map(([name, ids]) => {
      const lines = [...ids].sort().reduce<string[]>(wrapped, [])
      return `  ${/^[a-z]+$/.test(name) ? name : `'${name}'`}: words(\`\n${lines.join('\n')}\n  \`),`
    })
    .join('\n')
}

function wrapped(lines: string[], id: string): string[] {
  const last = lines.at(-1)
  if (last === undefined || last.length + id.length > 105) lines.push(`    ${id}`)
  else lines.splice(-1, 1, `${last} ${id}`)
  return lines
}

test('the list of what endpoints run is what their source says', async () => {
  const endpoints = await checksOfEndpoints()
  if (process.env.UPDATE_SNAPSHOT) {
    writeFileSync(generatedFile, moduleOf(endpoints))
    return
  }
  const found = Object.fromEntries(
    [...endpoints].filter(([, ids]) => ids.size > 0).map(([name, ids]) => [name, [...ids].sort()]),
  )
  expect(generated, 'stale: run this test with UPDATE_SNAPSHOT=1').toEqual(found)
})

test('every check is run by an endpoint, and nothing runs at one it has no business at', async () => {
  const endpoints = await checksOfEndpoints()
  const run = new Set([...endpoints.values()].flatMap((ids) => [...ids]))
  expect([...checksById.keys()].filter((id) => !run.has(id))).toEqual([])
  expect([...endpoints.get('revocation')!]).toContain('revocation.token-of-client')
  expect([...endpoints.get('token')!]).toEqual(
    expect.arrayContaining(['code.verifier-matches', 'password.right']),
  )
  expect([...endpoints.get('discovery')!]).toEqual(['issuer.address'])
  expect([...endpoints.get('jwks')!]).toEqual([])
})

test('docs/protocol.md says what the checks are', async () => {
  const rendered = await render()
  if (process.env.UPDATE_SNAPSHOT) writeFileSync(file, rendered)
  expect(readFileSync(file, 'utf8'), 'stale: run this test with UPDATE_SNAPSHOT=1').toBe(rendered)
})
