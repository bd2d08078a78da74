import type { HarEntry } from '../../contract/operations/har.ts'

/** The parts of an entry that say what it is. */
type Kind = Pick<HarEntry, '_grantscope'> & {
  request: Pick<HarEntry['request'], 'method' | 'url'>
  response: { content?: { mimeType?: string | null | undefined } | null | undefined }
}

export const isHttp = ({ request: { url } }: Kind): boolean => /^https?:/i.test(url)

const assetTypes =
  /^(?:image|font|audio|video)\/|^text\/css\b|^(?:text|application)\/(?:x-)?(?:javascript|ecmascript|wasm|font-)/i
const partsOfALogin = /[?&](?:code|state|error|access_token|id_token|request_uri|response_type)=/

/** A picture, font, style, script or medium of a page: a login may load hundreds, and none of them takes part in it. */
export const isAsset = ({
  request: { method, url },
  response: { content },
  _grantscope: own,
}: Kind): boolean =>
  own === undefined &&
  method === 'GET' &&
  assetTypes.test(content?.mimeType ?? '') &&
  !partsOfALogin.test(url)
