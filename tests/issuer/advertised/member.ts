import type { World } from './world.ts'

/** How one member of a discovery document is held to its word. */
export interface Member {
  /** Calls what it names, and fails the test when that does not work. */
  holds(world: World, value: unknown): Promise<void>
  /** What is not named does not work either. */
  absent?(world: World): Promise<void>
}

type Call = (world: World, item: string) => Promise<void>

/** A list: each of its values works, and each of the known ones it leaves out is refused. */
export const list = (works: Call, every: readonly string[] = [], refused: Call = nothing): Member => {
  const hold = async (world: World, named: readonly string[]) => {
    for (const item of named) await works(world, item)
    for (const item of every) if (!named.includes(item)) await refused(world, item)
  }
  return {
    holds: (world, value) => hold(world, value as readonly string[]),
    ...(every.length > 0 ? { absent: (world: World) => hold(world, []) } : {}),
  }
}

async function nothing(): Promise<void> {}

/** A single value. */
export const single = (
  holds: (world: World, value: string) => Promise<void>,
  absent?: (world: World) => Promise<void>,
): Member => ({
  holds: (world, value) => holds(world, value as string),
  ...(absent ? { absent } : {}),
})

/** A flag that says what goes: true works, and what is false is refused. */
export const flag = (
  works: (world: World) => Promise<void>,
  refused: (world: World) => Promise<void>,
): Member => ({
  holds: (world, value) => (value === true ? works(world) : refused(world)),
  absent: refused,
})
