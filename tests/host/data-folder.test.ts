import { homedir } from 'node:os'
import { join, resolve } from 'node:path'
import { describe, expect, test } from 'vitest'
import {
  dataFolder,
  defaultDatabase,
  desktopDatabase,
  desktopFolder,
} from '../../electron/host/data-folder.ts'

const home = (...parts: string[]) => join(homedir(), ...parts)

describe('where data lies', () => {
  test.each<[NodeJS.Platform, Record<string, string>, string]>([
    ['linux', {}, home('.local', 'share', 'grantscope')],
    ['linux', { XDG_DATA_HOME: '/data' }, '/data/grantscope'],
    ['linux', { XDG_DATA_HOME: 'relative' }, home('.local', 'share', 'grantscope')],
    ['freebsd', { XDG_DATA_HOME: '/data' }, '/data/grantscope'],
    ['darwin', { XDG_DATA_HOME: '/data' }, home('Library', 'Application Support', 'grantscope')],
    ['win32', { APPDATA: '/Roaming' }, join('/Roaming', 'grantscope')],
    ['win32', {}, home('AppData', 'Roaming', 'grantscope')],
  ])('on %s with %j: %s', (platform, env, folder) => {
    expect(dataFolder(env, platform)).toBe(folder)
  })

  test('the desktop keeps to what Electron calls userData', () => {
    expect(desktopFolder({ XDG_CONFIG_HOME: '/config' }, 'linux')).toBe('/config/grantscope')
    expect(desktopFolder({}, 'darwin')).toBe(dataFolder({}, 'darwin'))
    expect(desktopFolder({ GRANTSCOPE_USER_DATA: 'here' }, 'linux')).toBe(resolve('here'))
  })

  test('GRANTSCOPE_DB names the database of both', () => {
    const env = { GRANTSCOPE_DB: ':memory:' }
    expect([defaultDatabase(env), desktopDatabase(env)]).toEqual([':memory:', ':memory:'])
  })
})
