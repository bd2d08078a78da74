import { readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { desktopPort, openDesktopPreferences } from '../../electron/host/desktop-preferences.ts'
import { temporaryFolder } from '../support/temporary-folder.ts'

const inFolder = async (run: (file: string) => Promise<void>) => {
  const folder = await temporaryFolder()
  await run(join(folder.path, 'new', 'desktop.json')).finally(folder.remove)
}

test('preferences outlive the app, each change alone', () =>
  inFolder(async (file) => {
    const first = openDesktopPreferences(file)
    expect(first.read()).toEqual({ port: 4400, keepRunning: false, notifyFailures: false })
    await first.change({ port: 5500 })
    await first.change({ keepRunning: true })
    expect(openDesktopPreferences(file).read()).toEqual({
      port: 5500,
      keepRunning: true,
      notifyFailures: false,
    })
    expect(JSON.parse(await readFile(file, 'utf8'))).toEqual(first.read())
  }))

test.each(['half a fi', '{"port":"4400"}', '{"port":99999}', 'null'])(
  'a damaged file counts as empty: %s',
  (text) =>
    inFolder(async (file) => {
      await openDesktopPreferences(file).change({ port: 5500 })
      await writeFile(file, text)
      expect(openDesktopPreferences(file).read().port).toBe(4400)
    }),
)

test('the environment says the port, else the preferences', () => {
  expect(desktopPort(undefined, { port: 5500 })).toBe(5500)
  expect(desktopPort('0', { port: 5500 })).toBe(0)
  for (const wrong of ['', '80.5', '-1', '65536', 'http'])
    expect(() => desktopPort(wrong, { port: 5500 }), wrong).toThrow('GRANTSCOPE_PORT wants a port')
})
