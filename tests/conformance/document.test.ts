import { readFileSync } from 'node:fs'
import { readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { standards } from './index.ts'
import type { Requirement, Standard } from './requirement.ts'

const document = new URL('../../docs/conformance.md', import.meta.url)
const tests = join(import.meta.dirname, '..')

function markdown(): string {
  const all = standards.flatMap(({ requirements }) => requirements)
  const count = (is: (requirement: Requirement) => boolean) => all.filter(is).length
  const open = count(({ held }) => 'notDone' in held)
  return `# What the standards demand, and what holds it

Every MUST and MUST NOT that binds the authorization server, by section, in our own words, with the tests that hold it. ${all.length} in all:
${count(({ held }) => Array.isArray(held))} held by tests, ${open} not done, ${count(({ held }) => 'notOurs' in held)} not for a test to hold.

Generated from \`tests/conformance\`; \`UPDATE_SNAPSHOT=1 npx vitest run tests/conformance\` writes it anew. A test fails when a named test
is not there.

${standards.map(sectionOf).join('\n')}`
}

const sectionOf = ({ name, title, url, requirements }: Standard): string => `## ${name}: ${title}

${url === null ? '' : `<${url}>\n\n`}| section | demands | held by |
| --- | --- | --- |
${requirements.map(rowOf).join('\n')}
`

const rowOf = ({ section, level, text, held }: Requirement): string =>
  `| ${section} | **${level}** ${cell(text)} | ${cell(heldBy(held))} |`

function heldBy(held: Requirement['held']): string {
  if ('notDone' in held) return `not done: ${held.notDone}`
  if ('notOurs' in held) return held.notOurs
  return held.map(({ file, title }) => `${file}: ${title}`).join('<br>')
}

const cell = (text: string): string => text.replaceAll('|', '\\|').replaceAll('\n', ' ')

test('docs/conformance.md says what the tables say (after a change: UPDATE_SNAPSHOT=1)', async () => {
  if (process.env.UPDATE_SNAPSHOT === '1') await writeFile(document, markdown())
  expect(await readFile(document, 'utf8')).toBe(markdown())
})

describe.each(standards)('$name', ({ requirements }) => {
  test('names tests that are there, and something for every demand', () => {
    const wrong = requirements.flatMap(({ section, held }) => {
      if (!Array.isArray(held)) return []
      if (held.length === 0) return [`${section}: nothing`]
      return held.flatMap(({ file, title }) =>
        isThere(file, title) ? [] : [`${section}: ${file}: ${title}`],
      )
    })
    expect(wrong).toEqual([])
  })
})

const sources = new Map<string, string>()

/** Whether the file has a string of exactly these words. */
function isThere(file: string, title: string): boolean {
  const source = sources.get(file) ?? read(file)
  sources.set(file, source)
  const written = title.replaceAll("'", "\\'")
  return [`'${title}'`, `'${written}'`, `"${title}"`, `\`${title}\``].some((text) => source.includes(text))
}

function read(file: string): string {
  try {
    return readFileSync(join(tests, file), 'utf8')
  } catch {
    return ''
  }
}
