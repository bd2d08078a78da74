import { statSync } from 'node:fs'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, onTestFinished, test } from 'vitest'
import { openDatabase, type Writer } from '../../electron/server/store/database.ts'
import { listScopes, saveScope } from '../../electron/server/store/scopes.ts'

const scope = { name: 'read', description: '', claims: [], createdAt: 0 }

async function temporaryFile(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'grantscope-'))
  onTestFinished(() => rm(folder, { recursive: true }))
  return join(folder, 'database.db')
}

// Windows has no such modes: there the user's folder keeps others out.
if (process.platform !== 'win32') {
  test("a new database and its side files are their owner's alone", async () => {
    const file = await temporaryFile()
    const database = openDatabase(file)
    database.write((writer) => saveScope(writer, scope))
    for (const name of [file, `${file}-wal`, `${file}-shm`]) expect(statSync(name).mode & 0o777).toBe(0o600)
    database.close()
  })
}

test('a transaction that fails leaves nothing behind', () => {
  const database = openDatabase(':memory:')
  expect(() =>
    database.write((writer) => {
      saveScope(writer, scope)
      throw new Error('half way')
    }),
  ).toThrow('half way')
  expect(listScopes(database.read)).toEqual([])
  database.close()
})

test('what is written soon is stored once its promise resolves, in one transaction with the others of that turn', async () => {
  const database = openDatabase(':memory:')
  onTestFinished(() => database.close())
  const rows = () => listScopes(database.read).map(({ name }) => name)
  const seen = ['first', 'second'].map((name) =>
    database.writeSoon((writer) => {
      saveScope(writer, { ...scope, name })
      return listScopes(writer).length
    }),
  )
  expect(rows()).toEqual([])
  expect(await Promise.all(seen)).toEqual([1, 2])
  expect(rows()).toEqual(['first', 'second'])
})

test('one that throws leaves nothing behind, and takes none of the others along', async () => {
  const database = openDatabase(':memory:')
  onTestFinished(() => database.close())
  const save = (name: string) => (writer: Writer) => saveScope(writer, { ...scope, name })
  const settled = await Promise.allSettled([
    database.writeSoon(save('before')),
    database.writeSoon((writer) => {
      save('half')(writer)
      throw new Error('half way')
    }),
    database.writeSoon(save('after')),
  ])
  expect(settled.map(({ status }) => status)).toEqual(['fulfilled', 'rejected', 'fulfilled'])
  expect(listScopes(database.read).map(({ name }) => name)).toEqual(['before', 'after'])
})
