import { existsSync } from 'node:fs'
import { ensureDebianPackages } from './debian.mjs'

const files = [
  '/usr/sbin/apache2',
  '/usr/lib/apache2/modules/mod_auth_openidc.so',
  '/usr/lib/python3/dist-packages/authlib',
  '/usr/lib/python3/dist-packages/requests',
]

const packages = ['apache2-bin', 'libapache2-mod-auth-openidc', 'python3-authlib', 'python3-requests']

/**
 * Makes sure that the clients are there which only Debian packages.
 *
 * @param {import('./progress.mjs').Progress} progress
 * @throws {import('./failure.mjs').Failure}
 */
export function ensureDebianClients(progress) {
  const isThere = () => files.every((file) => existsSync(file))
  return ensureDebianPackages(isThere, 'Apache with mod_auth_openidc, or Authlib,', packages, progress)
}
