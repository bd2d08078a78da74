/** The demo workspace as it is documented: facts known to everyone, so its passwords are shown. */
export const demoUsers: readonly { id: string; password: string; note: string }[] = [
  { id: 'alice', password: 'wonderland', note: 'The one to log in with' },
  { id: 'bob', password: 'builder', note: 'Inactive: every login is refused' },
  { id: 'carol', password: 'caroling', note: 'Needs a code of her second factor' },
  { id: 'dave', password: 'davinci', note: 'Nothing special: enrol, lock and change him' },
  { id: 'erin', password: 'erindale', note: 'May only be granted openid, profile, read' },
]

export const demoClients: readonly { id: string; note: string }[] = [
  { id: 'demo-web', note: 'A web app with a server' },
  { id: 'demo-spa', note: 'An app without a secret; also where a request without client_id belongs' },
  { id: 'demo-service', note: 'A service that acts for itself' },
  { id: 'demo-device', note: 'A device without a browser' },
]
