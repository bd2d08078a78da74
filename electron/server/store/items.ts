import type { Reader, Writer } from './database.ts'

/** A thing the sample API guards. */
export interface ItemRecord {
  id: number
  title: string
  /** `sub` of who made it; null for those that come with the workspace. */
  owner: string | null
}

/** At most the newest thousand, oldest first. */
export const listItems = (reader: Reader): ItemRecord[] =>
  reader.all<ItemRecord>('SELECT id, title, owner FROM items ORDER BY id DESC LIMIT 1000').reverse()

export function insertItem(
  writer: Writer,
  item: { title: string; owner: string | null; createdAt: number },
): ItemRecord {
  const row = writer.get<{ id: number }>(
    'INSERT INTO items (title, owner, created_at) VALUES (?, ?, ?) RETURNING id',
    item.title,
    item.owner,
    item.createdAt,
  )
  return { id: row!.id, title: item.title, owner: item.owner }
}

export function clearItems(writer: Writer): void {
  writer.run('DELETE FROM items')
}

export function deleteItem(writer: Writer, id: number): void {
  writer.run('DELETE FROM items WHERE id = ?', id)
}
