import { fastApi, jose } from './apis.ts'
import { aspNet, django, golang, oauth2Proxy, springSecurity } from './frameworks.ts'
import { authJs, oauth4webapi, openidClient } from './node-login.ts'
import type { Setup, Snippet } from './snippet.ts'
import { bruno, curl, postman } from './tools.ts'

export { isRegistered, type Setup, type Snippet } from './snippet.ts'

const all = [
  openidClient,
  oauth4webapi,
  authJs,
  springSecurity,
  aspNet,
  django,
  golang,
  oauth2Proxy,
  fastApi,
  jose,
  curl,
  postman,
  bruno,
]

/** Ready-made settings for common client libraries and tools: complete as they stand, for this issuer and client. */
export const snippets = (setup: Setup): Snippet[] => all.map((make) => make(setup))

/** The shortest way to a first exchange. */
export const curlToken = (issuer: string) =>
  `curl ${issuer}/token -d grant_type=password -d username=alice -d password=wonderland -d scope=read`
