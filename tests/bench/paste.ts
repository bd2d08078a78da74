import { createGrantscope } from '../../electron/server/index.ts'
import { createLab } from '../../renderer/stores/lab.ts'
import { createClient } from '../../shared/contract/client.ts'

const FRAME_MS = 1000 / 60
const RUNS = 40

const part = (value: unknown) => Buffer.from(JSON.stringify(value)).toString('base64url')
const median = (numbers: number[]) => numbers.toSorted((a, b) => a - b)[Math.floor(numbers.length / 2)]!

/**
 * What a pasted token of 64 KB costs the lab: until it is read and shown (which blocks the window), and until the core's verdict
 * is there (which does not).
 */
export async function benchPaste(): Promise<void> {
  const core = await createGrantscope({ database: ':memory:', host: 'embedded', version: '0.0.0-bench' })
  const client = createClient({ call: core.dispatch, subscribe: () => () => {} })
  const key = (await client.call('keys.list', {})).find(({ use, active }) => use === 'access' && active)!
  const lab = createLab(client)
  const read: number[] = []
  const judged: number[] = []
  for (let run = 0; run < RUNS; run++) {
    const payload = JSON.stringify({ sub: `user ${run}`, note: '🦊 ÿþ', big: 'y'.repeat(48_000) })
    const header = JSON.stringify({ alg: key.alg, kid: key.kid })
    const { token } = await client.call('lab.sign', {
      header,
      payload,
      key: { kind: 'issuer', kid: key.kid },
    })
    const began = performance.now()
    lab.setText(`{"access_token":"${token}","id_token":"${part({ alg: 'none' })}.e30."}`)
    read.push(performance.now() - began)
    await new Promise<void>((resolve) => {
      const stop = lab.store.subscribe(({ checking }) => {
        if (checking) return
        stop()
        resolve()
      })
    })
    judged.push(performance.now() - began)
    if (lab.store.getState().inspection?.verdict !== 'valid')
      throw new Error('the token of the bench is not valid')
  }
  await core.close()
  const line = (name: string, milliseconds: number) =>
    console.log(
      `${name.padEnd(44)} ${milliseconds.toFixed(1).padStart(6)} ms, ${(milliseconds / FRAME_MS).toFixed(2)} frames`,
    )
  line('64 KB token, paste to content on screen', median(read))
  line('64 KB token, paste to verdict of the core', median(judged))
}
