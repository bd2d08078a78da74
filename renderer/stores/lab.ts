import { createStore, type StoreApi } from 'zustand/vanilla'
import type { ContractClient } from '../../shared/contract/client.ts'
import type { ContractError } from '../../shared/contract/envelope.ts'
import type {
  LabInspection,
  LabSigningKey,
  SecretEncoding,
  VerifyingKey,
} from '../../shared/contract/operations/lab.ts'
import { type DecodedToken, decodeToken } from '../../shared/protocol/jose.ts'
import { type Paste, readPaste } from '../../shared/protocol/token-source.ts'
import { draftOf, type TokenDraft } from './lab-draft.ts'
import { asContractError } from './queries.ts'

/** What the lab verifies with, as it was entered; secrets stay in memory, and only for as long as the window is open. */
export interface VerifyChoice {
  kind: 'issuer' | 'url' | 'key' | 'secret'
  url: string
  /** What was fetched from the URL; null before. */
  fetched: { jwksUri: string; issuer: string | null; jwks: string; count: number } | null
  text: string
  secret: string
  encoding: SecretEncoding
}

export interface SignChoice {
  kind: 'issuer' | 'key' | 'secret' | 'none'
  /** Empty for the active key of the default issuer. */
  kid: string
  text: string
  secret: string
  encoding: SecretEncoding
}

export interface LabState {
  /** What was pasted, and which of the tokens in it is looked at. */
  text: string
  paste: Paste
  chosen: number
  /** Read here at once; null while there is no token. */
  decoded: DecodedToken | null
  /** The core's answer about `decoded`; the one before stays until it comes. */
  inspection: LabInspection | null
  checking: boolean
  failure: ContractError | null
  verify: VerifyChoice
  sign: SignChoice
  /** Header and payload as edited, and as they were. */
  draft: TokenDraft
  original: TokenDraft
  /** The second token of a comparison. */
  other: string
  keepHistory: boolean
}

export interface Lab {
  store: StoreApi<LabState>
  /** Looks at another text. `remember` puts its token into the history: for what was pasted or made, not for every key pressed. */
  setText(text: string, remember?: boolean): void
  choose(index: number): void
  setVerify(changes: Partial<VerifyChoice>): void
  setSign(changes: Partial<SignChoice>): void
  setDraft(changes: Partial<TokenDraft>): void
  setOther(text: string): void
  setKeepHistory(keep: boolean): void
  /** Header and claims without a signature, ready to be signed. */
  openDraft(header: object, claims: object): void
  /** Asks the core again, for instance after a token was revoked. */
  recheck(): Promise<void>
}

const nothing: Paste = { tokens: [], key: null }
const emptyDraft: TokenDraft = { header: '', payload: '' }

const emptyLab: LabState = {
  text: '',
  paste: nothing,
  chosen: 0,
  decoded: null,
  inspection: null,
  checking: false,
  failure: null,
  verify: { kind: 'issuer', url: '', fetched: null, text: '', secret: '', encoding: 'text' },
  sign: { kind: 'issuer', kid: '', text: '', secret: '', encoding: 'text' },
  draft: emptyDraft,
  original: emptyDraft,
  other: '',
  keepHistory: true,
}

export function createLab(client: ContractClient): Lab {
  const store = createStore<LabState>(() => emptyLab)
  const { getState, setState } = store
  const recheck = createCheck(client, store)

  function look(token: string, remember: boolean) {
    const decoded = token === '' ? null : decodeToken(token)
    const original = decoded ? draftOf(decoded) : emptyDraft
    const same = getState().inspection?.token === decoded?.token
    setState({ decoded, original, draft: original, ...(same ? {} : { inspection: null }) })
    void recheck()
    if (remember && decoded && isReadable(decoded) && getState().keepHistory)
      void client.call('lab.remember', { token: decoded.token }).catch(() => {})
  }

  return {
    store,
    recheck,
    setText(text, remember = false) {
      const paste = readPaste(text)
      if (paste.key !== null) {
        setState(({ verify }) => ({ verify: { ...verify, kind: 'key', text: paste.key ?? '' } }))
        void recheck()
        return
      }
      setState({ text, paste, chosen: 0 })
      look(paste.tokens[0]?.token ?? '', remember)
    },
    choose(chosen) {
      setState({ chosen })
      look(getState().paste.tokens[chosen]?.token ?? '', true)
    },
    setVerify(changes) {
      setState(({ verify }) => ({ verify: { ...verify, ...changes } }))
      void recheck()
    },
    setSign: (changes) => setState(({ sign }) => ({ sign: { ...sign, ...changes } })),
    setDraft: (changes) => setState(({ draft }) => ({ draft: { ...draft, ...changes } })),
    setOther: (other) => setState({ other }),
    setKeepHistory: (keepHistory) => setState({ keepHistory }),
    openDraft(header, claims) {
      const draft = { header: pretty(header), payload: pretty(claims) }
      const { verify, sign } = getState()
      setState({ ...emptyLab, verify, sign, draft })
    },
  }
}

/** Asks the core about the token; of two answers only the one to the newest question counts. */
function createCheck(
  client: ContractClient,
  { getState, setState }: StoreApi<LabState>,
): () => Promise<void> {
  let asked = 0
  return async () => {
    const { decoded, verify } = getState()
    const turn = ++asked
    const key = verifyingKeyOf(verify)
    setState({ checking: decoded !== null && key !== null })
    if (!decoded || !key) {
      setState({ inspection: null, failure: null })
      return
    }
    const answer = await client.call('lab.inspect', { token: decoded.token, key }).then(
      (inspection) => ({ inspection, failure: null }),
      (error: unknown) => ({ inspection: null, failure: asContractError(error) }),
    )
    if (turn === asked) setState({ ...answer, checking: false })
  }
}

/** What the history takes: an opaque text may be any secret. */
const isReadable = ({ form, token }: DecodedToken): boolean =>
  (form === 'jws' || form === 'jwe' || form === 'sd-jwt') && token.length <= 100_000

const pretty = (value: object): string => JSON.stringify(value, null, 2)

/** What the core is asked to verify with; null while what was entered is not enough. */
export function verifyingKeyOf(verify: VerifyChoice): VerifyingKey | null {
  switch (verify.kind) {
    case 'issuer':
      return { kind: 'issuer' }
    case 'url':
      return verify.fetched ? { kind: 'key', text: verify.fetched.jwks } : null
    case 'key':
      return verify.text.trim() === '' ? null : { kind: 'key', text: verify.text }
    case 'secret':
      return verify.secret === ''
        ? null
        : { kind: 'secret', secret: verify.secret, encoding: verify.encoding }
  }
}

/** What the core is asked to sign with; null while what was entered is not enough. `kid` stands for an empty choice. */
export function signingKeyOf(sign: SignChoice, kid: string | undefined): LabSigningKey | null {
  switch (sign.kind) {
    case 'none':
      return { kind: 'none' }
    case 'issuer': {
      const chosen = sign.kid || kid
      return chosen === undefined ? null : { kind: 'issuer', kid: chosen }
    }
    case 'key':
      return sign.text.trim() === '' ? null : { kind: 'key', text: sign.text }
    case 'secret':
      return { kind: 'secret', secret: sign.secret, encoding: sign.encoding }
  }
}
