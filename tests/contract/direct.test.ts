import { createGrantscope } from '../../electron/server/index.ts'
import { directTransport, testOptions } from '../support/core.ts'
import { runContractSuite } from './run.ts'

const ISSUER = 'http://127.0.0.1:4400'

runContractSuite('called directly', async () => {
  const grantscope = await createGrantscope({ ...testOptions, log: console.log })
  grantscope.listening({ issuer: ISSUER, control: null, warnings: [] })
  return {
    transport: directTransport(grantscope),
    send: (path, init) => grantscope.provider(new Request(ISSUER + path, init)),
    close: grantscope.close,
  }
})
