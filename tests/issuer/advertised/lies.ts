import { expect } from 'vitest'
import { authorization } from './authorization.ts'
import { adopt, type Combination, documentOf } from './combinations.ts'
import { endpoints } from './endpoints.ts'
import type { Member } from './member.ts'
import { openid } from './openid.ts'
import type { Metadata, World } from './world.ts'

const members: Readonly<Record<string, Member>> = { ...endpoints, ...authorization, ...openid }

/** Calls everything the issuer advertises when it is set so, and tries what it leaves out. */
export async function holdToItsWord(world: World, combination: Combination): Promise<void> {
  const here = await adopt(world, combination)
  const document = await documentOf(here)
  expect(await lies(here, document), JSON.stringify(combination)).toEqual([])
  expect(world.issuer.log).toEqual([])
}

/** What keeps the document from being true: a line for each member that does not hold. */
async function lies(here: World, document: Metadata): Promise<string[]> {
  const found = Object.keys(document)
    .filter((name) => !(name in members))
    .map((name) => `${name}: no call proves it`)
  const note = async (name: string, kept: Promise<void> | undefined) =>
    kept?.catch((error: unknown) => found.push(`${name}: ${error instanceof Error ? error.message : error}`))
  await note('document', sameEverywhere(here, document))
  for (const [name, member] of Object.entries(members))
    await note(name, name in document ? member.holds(here, document[name]) : member.absent?.(here))
  return found
}

/** It stands under both names, and before and behind the issuer's path (RFC 8414 3.1, OpenID Connect Discovery 1.0 4.1). */
async function sameEverywhere({ root, prefix }: World, document: Metadata): Promise<void> {
  for (const name of ['openid-configuration', 'oauth-authorization-server'])
    for (const path of [`${prefix}/.well-known/${name}`, `/.well-known/${name}${prefix}`])
      expect((await root.get(path)).text, path).toBe(JSON.stringify(document))
}
