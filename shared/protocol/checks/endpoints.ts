// Generated: `UPDATE_SNAPSHOT=1 npx vitest run tests/protocol/document.test.ts` writes it anew.

const words = (text: string): readonly string[] => text.trim().split(/\s+/)

/** Which checks each endpoint runs, as its source has it, by the name exchanges are stored with. */
export const checksOfEndpoints: Readonly<Record<string, readonly string[]>> = {
  discovery: words(`
    issuer.address
  `),
  'oauth-metadata': words(`
    issuer.address
  `),
  webfinger: words(`
    webfinger.resource-known webfinger.resource-named
  `),
  authorization: words(`
    authorization-details.bounded authorization-details.fields authorization-details.readable
    authorization-details.type-allowed authorization-details.type-known authorization-details.type-present
    authorize.challenge-hashed authorize.challenge-method authorize.challenge-syntax
    authorize.client-id-present authorize.client-known authorize.client-may-use-code
    authorize.consent-not-needed authorize.display authorize.forgery-protected authorize.id-token-hint
    authorize.login-not-needed authorize.max-age authorize.no-registration authorize.nonce-present
    authorize.openid-asked authorize.pkce-present authorize.prompt authorize.redirect-uri-present
    authorize.redirect-uri-registered authorize.response-mode-safe authorize.response-mode-supported
    authorize.response-type-present authorize.response-type-registered authorize.response-type-safe
    authorize.response-type-supported authorize.user-first claims.parameter dpop.thumbprint-syntax
    encryption.client-key interaction.acr-met issuer.address issuer.own pushed.request-uri-known
    pushed.request-uri-not-expired pushed.request-uri-of-client pushed.request-uri-unused pushed.required
    request-object.algorithm request-object.algorithm-registered request-object.alone
    request-object.audience request-object.audience-named request-object.client request-object.complete
    request-object.content-type request-object.decrypted request-object.encryption
    request-object.encryption-registered request-object.expires-soon request-object.expiry-present
    request-object.issued-at request-object.issuer request-object.issuer-named request-object.keys
    request-object.not-assertion request-object.not-before request-object.not-expired
    request-object.not-nested request-object.parameters request-object.readable request-object.required
    request-object.same-beside request-object.secret-length request-object.signature request-object.signed
    request-object.signed-inside request-object.size request-object.type request-object.typed
    request-object.unused request-uri.fetched request-uri.hash request-uri.jwt request-uri.media-type
    request-uri.registered request.body-size request.form request.form-media-type resource.bounded
    resource.listed resource.registered resource.syntax scope.allowed-for-client scope.allowed-for-user
    scope.known scope.syntax
  `),
  'pushed-authorization': words(`
    assertion.algorithm assertion.audience assertion.expires-soon assertion.expiry-present
    assertion.issued-at assertion.issuer assertion.jti-present assertion.keys assertion.media-type
    assertion.not-before assertion.not-expired assertion.readable assertion.secret-length
    assertion.signature assertion.subject assertion.unused authorization-details.bounded
    authorization-details.fields authorization-details.readable authorization-details.type-allowed
    authorization-details.type-known authorization-details.type-present authorize.challenge-hashed
    authorize.challenge-method authorize.challenge-syntax authorize.client-may-use-code authorize.display
    authorize.forgery-protected authorize.id-token-hint authorize.max-age authorize.no-registration
    authorize.nonce-present authorize.openid-asked authorize.pkce-present authorize.prompt
    authorize.redirect-uri-present authorize.redirect-uri-registered authorize.response-mode-safe
    authorize.response-mode-supported authorize.response-type-present authorize.response-type-registered
    authorize.response-type-safe authorize.response-type-supported claims.parameter
    client.assertion-algorithm-registered client.assertion-pair client.assertion-type
    client.basic-well-formed client.known client.method-registered client.named client.one-client
    client.one-method client.secret dpop.algorithm dpop.claims dpop.fresh dpop.key dpop.key-public
    dpop.method dpop.nonce dpop.one-proof dpop.present dpop.readable dpop.signature dpop.target
    dpop.thumbprint-of-proof dpop.thumbprint-syntax dpop.token-hash dpop.type dpop.unused issuer.own
    pushed.no-request-uri request-object.algorithm request-object.algorithm-registered
    request-object.alone request-object.audience request-object.audience-named request-object.client
    request-object.complete request-object.content-type request-object.decrypted request-object.encryption
    request-object.encryption-registered request-object.expires-soon request-object.expiry-present
    request-object.issued-at request-object.issuer request-object.issuer-named request-object.keys
    request-object.not-assertion request-object.not-before request-object.not-expired
    request-object.not-nested request-object.parameters request-object.readable request-object.required
    request-object.same-beside request-object.secret-length request-object.signature request-object.signed
    request-object.signed-inside request-object.size request-object.type request-object.typed
    request-object.unused request.body-size request.form request.form-media-type resource.bounded
    resource.listed resource.registered resource.syntax scope.allowed-for-client scope.allowed-for-user
    scope.known scope.syntax throttle.secret
  `),
  'device-authorization': words(`
    assertion.algorithm assertion.audience assertion.expires-soon assertion.expiry-present
    assertion.issued-at assertion.issuer assertion.jti-present assertion.keys assertion.media-type
    assertion.not-before assertion.not-expired assertion.readable assertion.secret-length
    assertion.signature assertion.subject assertion.unused authorization-details.bounded
    authorization-details.fields authorization-details.readable authorization-details.type-allowed
    authorization-details.type-known authorization-details.type-present
    client.assertion-algorithm-registered client.assertion-pair client.assertion-type
    client.basic-well-formed client.known client.method-registered client.named client.one-client
    client.one-method client.secret issuer.own request.body-size request.form request.form-media-type
    resource.bounded resource.listed resource.registered resource.syntax scope.allowed-for-client
    scope.allowed-for-user scope.known scope.syntax throttle.secret token.client-may-use-grant
  `),
  device: words(`
    issuer.own request.body-size request.form request.form-media-type scope.allowed-for-client
    scope.allowed-for-user scope.known scope.syntax user-code.known user-code.not-expired
    user-code.present user-code.unanswered
  `),
  interaction: words(`
    authorize.user-first encryption.client-key interaction.acr-met interaction.hinted-user
    interaction.known interaction.not-denied interaction.open interaction.same-browser issuer.own
    password.credentials-present password.right request.body-size request.form request.form-media-type
    scope.allowed-for-client scope.allowed-for-user scope.known scope.syntax second-factor.code-format
    second-factor.code-right second-factor.enrolled second-factor.not-locked throttle.password
    user-code.known user-code.not-expired user-code.present user-code.unanswered user.active
  `),
  registration: words(`
    registration.backchannel-uri registration.encryption-keys registration.frontchannel-fragment
    registration.frontchannel-uri registration.initial-token-present registration.initial-token-valid
    registration.initiate-login-uri registration.keys-present registration.logout-uris-harmless
    registration.media-type registration.members-known registration.members-usable
    registration.metadata-nesting registration.metadata-object registration.on registration.one-key-source
    registration.redirect-uris-harmless registration.redirect-uris-of-native
    registration.redirect-uris-of-web registration.redirect-uris-present
    registration.redirect-uris-private-scheme registration.redirect-uris-secure
    registration.redirect-uris-well-formed registration.request-object-signed registration.request-uris
    registration.response-types-supported registration.scope-known registration.sector-covers
    registration.sector-named registration.sector-readable registration.sector-secure
    registration.software-statement registration.statement-approved registration.statement-genuine
    registration.types-consistent request.body-size
  `),
  'client-configuration': words(`
    registration.backchannel-uri registration.encryption-keys registration.frontchannel-fragment
    registration.frontchannel-uri registration.initiate-login-uri registration.keys-present
    registration.logout-uris-harmless registration.media-type registration.members-known
    registration.members-usable registration.metadata-nesting registration.metadata-object registration.on
    registration.one-key-source registration.redirect-uris-harmless registration.redirect-uris-of-native
    registration.redirect-uris-of-web registration.redirect-uris-present
    registration.redirect-uris-private-scheme registration.redirect-uris-secure
    registration.redirect-uris-well-formed registration.registration-token-present
    registration.registration-token-valid registration.request-object-signed registration.request-uris
    registration.response-types-supported registration.scope-known registration.sector-covers
    registration.sector-named registration.sector-readable registration.sector-secure
    registration.software-statement registration.statement-approved registration.statement-genuine
    registration.types-consistent registration.update-client-id registration.update-members
    registration.update-secret request.body-size
  `),
  token: words(`
    assertion.algorithm assertion.audience assertion.expires-soon assertion.expiry-present
    assertion.issued-at assertion.issuer assertion.jti-present assertion.keys assertion.media-type
    assertion.not-before assertion.not-expired assertion.readable assertion.secret-length
    assertion.signature assertion.subject assertion.unused authorization-details.bounded
    authorization-details.fields authorization-details.narrow authorization-details.readable
    authorization-details.type-allowed authorization-details.type-known authorization-details.type-present
    claims.parameter client.assertion-algorithm-registered client.assertion-pair client.assertion-type
    client.basic-well-formed client.known client.method-registered client.named client.one-client
    client.one-method client.secret code.known code.not-expired code.of-client code.present
    code.redirect-uri-same code.unused code.verifier-expected code.verifier-matches code.verifier-present
    code.verifier-syntax device-code.approved device-code.known device-code.not-denied
    device-code.not-expired device-code.of-client device-code.polling-slow device-code.present
    device-code.unused dpop.algorithm dpop.claims dpop.fresh dpop.key dpop.key-of-code
    dpop.key-of-refresh-token dpop.key-public dpop.method dpop.nonce dpop.one-proof dpop.present
    dpop.readable dpop.signature dpop.target dpop.token-hash dpop.type dpop.unused encryption.client-key
    exchange.actor-token-pair exchange.actor-token-type exchange.audience exchange.chain-bounded
    exchange.client-confidential exchange.may-act exchange.requested-token-type exchange.scope-narrows
    exchange.subject-token-present exchange.subject-token-type exchange.token-live
    exchange.token-of-issuer issuer.address issuer.own jwt-bearer.assertion-present jwt-bearer.user-known
    password.credentials-present password.right refresh.rotation-safe refresh.scope-narrows
    refresh.token-genuine refresh.token-not-expired refresh.token-not-revoked refresh.token-of-client
    refresh.token-present refresh.token-unused request.body-size request.form request.form-media-type
    resource.bounded resource.listed resource.narrows resource.registered resource.syntax
    scope.allowed-for-client scope.allowed-for-user scope.known scope.syntax throttle.password
    throttle.secret token.client-may-use-grant token.client-proven token.grant-type-present
    token.grant-type-supported token.password-kept user.active
  `),
  introspection: words(`
    assertion.algorithm assertion.audience assertion.expires-soon assertion.expiry-present
    assertion.issued-at assertion.issuer assertion.jti-present assertion.keys assertion.media-type
    assertion.not-before assertion.not-expired assertion.readable assertion.secret-length
    assertion.signature assertion.subject assertion.unused client.assertion-algorithm-registered
    client.assertion-pair client.assertion-type client.basic-well-formed client.known
    client.method-registered client.one-client client.one-method client.secret encryption.client-key
    introspection.caller-authenticated introspection.caller-is-audience issuer.own request.body-size
    request.form request.form-media-type throttle.secret token-parameter.present
  `),
  revocation: words(`
    assertion.algorithm assertion.audience assertion.expires-soon assertion.expiry-present
    assertion.issued-at assertion.issuer assertion.jti-present assertion.keys assertion.media-type
    assertion.not-before assertion.not-expired assertion.readable assertion.secret-length
    assertion.signature assertion.subject assertion.unused client.assertion-algorithm-registered
    client.assertion-pair client.assertion-type client.basic-well-formed client.known
    client.method-registered client.one-client client.one-method client.secret issuer.own
    request.body-size request.form request.form-media-type revocation.token-of-client throttle.secret
    token-parameter.present
  `),
  userinfo: words(`
    bearer.one-place bearer.scope-sufficient bearer.second-factor-done bearer.token-audience
    bearer.token-genuine bearer.token-issuer bearer.token-not-expired bearer.token-not-revoked
    bearer.token-present bearer.token-stored bearer.token-type bearer.user-present dpop.algorithm
    dpop.claims dpop.fresh dpop.key dpop.key-of-token dpop.key-public dpop.method dpop.nonce
    dpop.one-proof dpop.present dpop.readable dpop.scheme-of-token dpop.signature dpop.target
    dpop.token-hash dpop.type dpop.unused encryption.client-key issuer.own request.body-size request.form
    request.form-media-type user.active
  `),
  'end-session': words(`
    end-session.client end-session.hint end-session.redirect-uri issuer.own logout.accepted
    request.body-size request.form request.form-media-type
  `),
  me: words(`
    bearer.one-place bearer.scope-sufficient bearer.second-factor-done bearer.token-audience
    bearer.token-genuine bearer.token-issuer bearer.token-not-expired bearer.token-not-revoked
    bearer.token-present bearer.token-stored bearer.token-type bearer.user-present dpop.algorithm
    dpop.claims dpop.fresh dpop.key dpop.key-of-token dpop.key-public dpop.method dpop.nonce
    dpop.one-proof dpop.present dpop.readable dpop.scheme-of-token dpop.signature dpop.target
    dpop.token-hash dpop.type dpop.unused issuer.own request.body-size request.form
    request.form-media-type session.known session.live session.second-factor-done user.active
  `),
  items: words(`
    bearer.one-place bearer.scope-sufficient bearer.second-factor-done bearer.token-audience
    bearer.token-genuine bearer.token-issuer bearer.token-not-expired bearer.token-not-revoked
    bearer.token-present bearer.token-stored bearer.token-type bearer.user-present dpop.algorithm
    dpop.claims dpop.fresh dpop.key dpop.key-of-token dpop.key-public dpop.method dpop.nonce
    dpop.one-proof dpop.present dpop.readable dpop.scheme-of-token dpop.signature dpop.target
    dpop.token-hash dpop.type dpop.unused issuer.own items.title request.body-size request.form
    request.form-media-type user.active
  `),
  refresh: words(`
    authorization-details.bounded authorization-details.fields authorization-details.narrow
    authorization-details.readable authorization-details.type-allowed authorization-details.type-known
    authorization-details.type-present dpop.algorithm dpop.claims dpop.fresh dpop.key
    dpop.key-of-refresh-token dpop.key-public dpop.method dpop.nonce dpop.one-proof dpop.present
    dpop.readable dpop.signature dpop.target dpop.token-hash dpop.type dpop.unused encryption.client-key
    issuer.own refresh.rotation-safe refresh.scope-narrows refresh.token-genuine refresh.token-not-expired
    refresh.token-not-revoked refresh.token-of-client refresh.token-present refresh.token-unused
    request.body-size request.form request.form-media-type resource.bounded resource.listed
    resource.narrows resource.registered resource.syntax user.active
  `),
  logout: words(`
    bearer.one-place bearer.scope-sufficient bearer.second-factor-done bearer.token-audience
    bearer.token-genuine bearer.token-issuer bearer.token-not-expired bearer.token-not-revoked
    bearer.token-present bearer.token-stored bearer.token-type bearer.user-present dpop.algorithm
    dpop.claims dpop.fresh dpop.key dpop.key-of-token dpop.key-public dpop.method dpop.nonce
    dpop.one-proof dpop.present dpop.readable dpop.scheme-of-token dpop.signature dpop.target
    dpop.token-hash dpop.type dpop.unused issuer.own logout.accepted request.body-size request.form
    request.form-media-type session.known session.live session.second-factor-done user.active
  `),
  login: words(`
    issuer.own password.credentials-present password.right request.body-size request.form
    request.form-media-type throttle.password user.active
  `),
  '2fa-setup': words(`
    bearer.one-place bearer.scope-sufficient bearer.second-factor-done bearer.token-audience
    bearer.token-genuine bearer.token-issuer bearer.token-not-expired bearer.token-not-revoked
    bearer.token-present bearer.token-stored bearer.token-type bearer.user-present dpop.algorithm
    dpop.claims dpop.fresh dpop.key dpop.key-of-token dpop.key-public dpop.method dpop.nonce
    dpop.one-proof dpop.present dpop.readable dpop.scheme-of-token dpop.signature dpop.target
    dpop.token-hash dpop.type dpop.unused issuer.own request.body-size request.form
    request.form-media-type second-factor.not-enrolled user.active
  `),
  '2fa-verify': words(`
    bearer.one-place bearer.scope-sufficient bearer.second-factor-done bearer.token-audience
    bearer.token-genuine bearer.token-issuer bearer.token-not-expired bearer.token-not-revoked
    bearer.token-present bearer.token-stored bearer.token-type bearer.user-present dpop.algorithm
    dpop.claims dpop.fresh dpop.key dpop.key-of-token dpop.key-public dpop.method dpop.nonce
    dpop.one-proof dpop.present dpop.readable dpop.scheme-of-token dpop.signature dpop.target
    dpop.token-hash dpop.type dpop.unused encryption.client-key issuer.own request.body-size request.form
    request.form-media-type scope.allowed-for-client scope.allowed-for-user scope.known scope.syntax
    second-factor.code-format second-factor.code-right second-factor.enrolled second-factor.not-locked
    session.known session.live session.second-factor-done user.active
  `),
}

/** Names of the endpoints that run a check. */
export const endpointsOf = (id: string): string[] =>
  Object.entries(checksOfEndpoints).flatMap(([endpoint, ids]) => (ids.includes(id) ? [endpoint] : []))
