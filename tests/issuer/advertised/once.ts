/** What was made under this name before, or is made now. */
export function once<T>(
  made: Map<string, Promise<unknown>>,
  name: string,
  make: () => Promise<T>,
): Promise<T> {
  if (!made.has(name)) made.set(name, make())
  return made.get(name) as Promise<T>
}
