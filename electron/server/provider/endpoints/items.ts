import { checkItemTitle } from '../../../../shared/protocol/checks/items/index.ts'
import { insertItem, listItems } from '../../store/items.ts'
import { authenticateBearer, type Needs } from '../bearer.ts'
import { check, jsonBody, type RequestContext } from '../context.ts'
import type { Endpoint } from '../endpoint.ts'
import { json, type Reply } from '../reply.ts'

export const itemsNeeds = {
  GET: { scope: 'read', sampleApi: true },
  POST: { scope: 'write', sampleApi: true },
} satisfies Record<string, Needs>

/** The sample API: reading wants the scope `read`, adding wants `write` (topic 5 of the tutorial). */
export const itemsEndpoint: Endpoint = {
  name: 'items',
  path: '/items',
  methods: ['GET', 'POST'],
  cors: true,
  handle: (context) => (context.method === 'POST' ? addItem(context) : readItems(context)),
}

async function readItems(context: RequestContext): Promise<Reply> {
  await authenticateBearer(context, itemsNeeds.GET)
  return json(listItems(context.core.database.read))
}

async function addItem(context: RequestContext): Promise<Reply> {
  const { core } = context
  const { token } = await authenticateBearer(context, itemsNeeds.POST)
  const { title } = jsonBody(context)
  check(context, [checkItemTitle], { title })
  const item = { title: String(title), owner: token.userId ?? token.clientId, createdAt: core.clock.now() }
  return json(
    core.database.write((writer) => insertItem(writer, item)),
    { status: 201 },
  )
}
