import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { builtInScenarios } from '../../electron/server/scenarios/built-in.ts'
import { faultActions } from '../../shared/contract/faults/actions/index.ts'
import { jwksEdits } from '../../shared/contract/faults/actions/jwks.ts'
import { faultCatalogue } from '../../shared/contract/faults/catalogue.ts'
import { faultEndpoints } from '../../shared/contract/faults/endpoints.ts'
import { faultPresets } from '../../shared/contract/faults/presets.ts'

const file = join(import.meta.dirname, '../../docs/faults.md')

const HEAD = `# Faults

A fault makes the issuer misbehave: a match says for which requests, an action what goes wrong, a count how often. Faults are made in the
workbench, by a script (\`grantscope call faults.create '{…}'\`), or in the workspace file (\`faults\`); they and their counters are kept. One
that could never take effect on an endpoint it names is refused. Exchanges say which fault struck them.

    {
      "name": "Refresh is lost for alice, twice",
      "match": { "endpoints": ["token"], "grantType": "refresh_token", "userId": "alice" },
      "skip": 1, "every": 1, "count": 2,
      "action": { "kind": "drop", "when": "after" }
    }

\`match\` takes \`issuers\`, \`endpoints\`, \`method\`, \`clientId\`, \`userId\`, \`grantType\` and \`parameter\` (\`{ "name", "value" }\`); what is left out sets no
condition. \`skip\` lets the first requests pass, \`every\` takes one of so many, \`count\` ends it. Faults strike in their order: one that answers keeps
the others from it, and each that changes an answer changes what the one before has left of it.

Generated from the tables; \`UPDATE_SNAPSHOT=1 npx vitest run tests/core/faults-document.test.ts\` writes it anew.
`

const table = (heads: string[], rows: string[][]): string =>
  [heads, heads.map(() => '---'), ...rows].map((cells) => `| ${cells.join(' | ')} |\n`).join('')

const code = (text: string): string => `\`${text}\``

const placesOf = (endpoints: readonly string[]): string =>
  endpoints.length === faultEndpoints.length ? 'all' : endpoints.map(code).join(' ')

const actions = table(
  ['action', 'what it does', 'endpoints', 'such as'],
  faultCatalogue.actions.map(({ kind, title, about, endpoints }) => [
    code(kind),
    `${title}. ${about}`,
    placesOf(endpoints),
    code(JSON.stringify(faultActions[kind as keyof typeof faultActions].example)),
  ]),
)

const presets = table(
  ['preset', 'name', 'what it shows'],
  faultPresets.map(({ id, title, about }) => [code(id), title, about]),
)

const scenarios = table(
  ['scenario', 'name', 'what it is', 'steps'],
  builtInScenarios.map(({ id, file: { name, about, steps } }) => [
    code(id),
    name,
    about,
    String(steps.length || ''),
  ]),
)

const edits = table(
  ['edit', 'a JWKS that'],
  Object.entries(jwksEdits).map(([id, words]) => [code(id), words]),
)

const rendered = `${HEAD}
## Actions

${actions}
The edits of \`jwks\`:

${edits}
## Ready faults

\`grantscope call faults.addPreset '{"preset":"refresh-lost"}'\` adds one, armed.

${presets}
## Scenarios

A scenario is a named bundle of faults, clock, settings and steps, as a file of its own (\`"format": "grantscope-scenario", "version": 1\`). Applied, it
takes the place of all faults; what it returns leads back. These come along:

${scenarios}`

test('docs/faults.md says what the tables are', () => {
  if (process.env.UPDATE_SNAPSHOT) writeFileSync(file, rendered)
  expect(readFileSync(file, 'utf8'), 'stale: run this test with UPDATE_SNAPSHOT=1').toBe(rendered)
})

test('every preset and scenario has an id and a name of its own', () => {
  for (const all of [
    faultPresets.map(({ title, ...preset }) => ({ ...preset, name: title })),
    builtInScenarios,
  ]) {
    expect(new Set(all.map(({ id }) => id)).size).toBe(all.length)
    expect(new Set(all.map((one) => ('name' in one ? one.name : one.file.name))).size).toBe(all.length)
  }
})
