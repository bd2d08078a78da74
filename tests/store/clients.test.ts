import { expect, onTestFinished, test } from 'vitest'
import { deleteClient, findClient, saveClient } from '../../electron/server/store/clients.ts'
import { openDatabase } from '../../electron/server/store/database.ts'
import { dropRegistrationsBeyond, insertRegistration } from '../../electron/server/store/registrations.ts'
import { newClient } from '../../shared/contract/operations/clients.ts'

const client = {
  ...newClient.parse({ id: 'app' }),
  name: 'Before',
  secret: null,
  registeredAt: null,
  createdAt: 0,
  updatedAt: 0,
}

function open() {
  const database = openDatabase(':memory:')
  onTestFinished(() => database.close())
  database.write((writer) => saveClient(writer, client))
  const name = () => findClient(database.read, 'app')?.name
  expect(name()).toBe('Before')
  return { ...database, name }
}

test('a client that is kept in memory is read again once it changed', () => {
  const { write, name } = open()
  write((writer) => saveClient(writer, { ...client, name: 'After' }))
  expect(name()).toBe('After')
  write((writer) => deleteClient(writer, 'app'))
  expect(name()).toBeUndefined()
})

test('what a transaction read of a client before it failed is not kept', () => {
  const { write, name } = open()
  const failing = () =>
    write((writer) => {
      saveClient(writer, { ...client, name: 'Never' })
      expect(findClient(writer, 'app')?.name).toBe('Never')
      throw new Error('half way')
    })
  expect(failing).toThrow('half way')
  expect(name()).toBe('Before')
})

test('a client is known as registered, and gone when registrations are too many', () => {
  const { read, write, name } = open()
  const registration = { clientId: 'app', issuer: 'default', tokenHash: 'hash', registeredAt: 7 }
  write((writer) => insertRegistration(writer, registration))
  expect(findClient(read, 'app')?.registeredAt).toBe(7)
  write((writer) => dropRegistrationsBeyond(writer, 0))
  expect(name()).toBeUndefined()
})
