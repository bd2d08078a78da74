import { homedir } from 'node:os'
import { isAbsolute, join, resolve } from 'node:path'

type Environment = Readonly<Record<string, string | undefined>>

/** Where Grantscope keeps a user's data when nobody says otherwise, by the platform's own custom. */
export function dataFolder(env: Environment = process.env, platform = process.platform): string {
  if (platform === 'linux' || !isDesktopPlatform(platform))
    return join(absolute(env.XDG_DATA_HOME) ?? join(homedir(), '.local', 'share'), 'grantscope')
  return applicationFolder(env, platform)
}

/** Where the desktop app keeps its data: Electron's userData, pinned so that the CLI finds a running desktop. */
export function desktopFolder(env: Environment = process.env, platform = process.platform): string {
  return env.GRANTSCOPE_USER_DATA ? resolve(env.GRANTSCOPE_USER_DATA) : applicationFolder(env, platform)
}

export const defaultDatabase = (env: Environment = process.env): string =>
  env.GRANTSCOPE_DB || join(dataFolder(env), 'grantscope.db')

export const desktopDatabase = (env: Environment = process.env): string =>
  env.GRANTSCOPE_DB || join(desktopFolder(env), 'grantscope.db')

const isDesktopPlatform = (platform: NodeJS.Platform) => platform === 'darwin' || platform === 'win32'

function applicationFolder(env: Environment, platform: NodeJS.Platform): string {
  if (platform === 'win32')
    return join(absolute(env.APPDATA) ?? join(homedir(), 'AppData', 'Roaming'), 'grantscope')
  if (platform === 'darwin') return join(homedir(), 'Library', 'Application Support', 'grantscope')
  return join(absolute(env.XDG_CONFIG_HOME) ?? join(homedir(), '.config'), 'grantscope')
}

// The XDG specification: a relative path is invalid and to be ignored.
const absolute = (path: string | undefined) => (path !== undefined && isAbsolute(path) ? path : undefined)
