CREATE TABLE assertions (
  client_id TEXT NOT NULL REFERENCES clients (id) ON DELETE CASCADE,
  jti_hash TEXT NOT NULL,
  used_at INTEGER NOT NULL,
  expires_at INTEGER NOT NULL,
  PRIMARY KEY (client_id, jti_hash)
) STRICT, WITHOUT ROWID;

CREATE INDEX assertions_expiry ON assertions (expires_at);

CREATE TABLE clients (
  id TEXT PRIMARY KEY,
  name TEXT NOT NULL,
  secret TEXT,
  auth_methods TEXT NOT NULL,
  redirect_uris TEXT NOT NULL,
  grant_types TEXT NOT NULL,
  allowed_scopes TEXT,
  default_scopes TEXT NOT NULL,
  access_token_lifetime INTEGER,
  refresh_token_lifetime INTEGER,
  profile TEXT,
  created_at INTEGER NOT NULL,
  updated_at INTEGER NOT NULL
, post_logout_redirect_uris TEXT NOT NULL DEFAULT '[]', auto_approve INTEGER NOT NULL DEFAULT 0, jwks TEXT, jwks_uri TEXT, options TEXT NOT NULL DEFAULT '{}') STRICT;

CREATE TABLE codes (
  hash TEXT PRIMARY KEY,
  grant_id TEXT NOT NULL REFERENCES grants (id) ON DELETE CASCADE,
  redirect_uri TEXT,
  code_challenge TEXT,
  code_challenge_method TEXT,
  nonce TEXT,
  auth_time INTEGER NOT NULL,
  amr TEXT NOT NULL,
  issued_at INTEGER NOT NULL,
  expires_at INTEGER NOT NULL,
  consumed_at INTEGER
, dpop_jkt TEXT) STRICT;

CREATE INDEX codes_expiry ON codes (expires_at);

CREATE INDEX codes_grant ON codes (grant_id);

CREATE TABLE "consents" (
  issuer TEXT NOT NULL,
  client_id TEXT NOT NULL REFERENCES clients (id) ON DELETE CASCADE,
  user_id TEXT NOT NULL REFERENCES users (id) ON DELETE CASCADE,
  scopes TEXT NOT NULL,
  given_at INTEGER NOT NULL,
  PRIMARY KEY (issuer, client_id, user_id)
) STRICT, WITHOUT ROWID;

CREATE INDEX consents_client ON consents (client_id);

CREATE INDEX consents_user ON consents (user_id);

CREATE TABLE device_codes (
  hash TEXT PRIMARY KEY,
  user_code TEXT NOT NULL UNIQUE,
  client_id TEXT NOT NULL REFERENCES clients (id) ON DELETE CASCADE,
  scopes TEXT NOT NULL,
  interval INTEGER NOT NULL,
  polled_at INTEGER,
  grant_id TEXT REFERENCES grants (id) ON DELETE CASCADE,
  auth_time INTEGER,
  amr TEXT,
  denied_at INTEGER,
  issued_at INTEGER NOT NULL,
  expires_at INTEGER NOT NULL,
  consumed_at INTEGER, issuer TEXT NOT NULL DEFAULT 'default', resources TEXT NOT NULL DEFAULT '[]', authorization_details TEXT NOT NULL DEFAULT '[]',
  CHECK (grant_id IS NULL OR denied_at IS NULL)
) STRICT;

CREATE INDEX device_codes_client ON device_codes (client_id);

CREATE INDEX device_codes_expiry ON device_codes (expires_at);

CREATE INDEX device_codes_grant ON device_codes (grant_id);

CREATE TABLE dpop_proofs (
  hash TEXT PRIMARY KEY,
  used_at INTEGER NOT NULL,
  expires_at INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

CREATE INDEX dpop_proofs_expiry ON dpop_proofs (expires_at);

CREATE TABLE exchanges (
  id INTEGER PRIMARY KEY,
  trace_id TEXT NOT NULL REFERENCES traces (id) ON DELETE CASCADE,
  at INTEGER NOT NULL,
  duration_ms REAL NOT NULL,
  endpoint TEXT,
  method TEXT NOT NULL,
  target TEXT NOT NULL,
  status INTEGER NOT NULL,
  error TEXT,
  grant_type TEXT,
  client_id TEXT,
  user_id TEXT,
  failed_checks INTEGER NOT NULL,
  detail TEXT NOT NULL
, issuer TEXT NOT NULL DEFAULT 'default', direction TEXT NOT NULL DEFAULT 'inbound' CHECK (direction IN ('inbound', 'outbound')), replay_of INTEGER, faults TEXT) STRICT;

CREATE INDEX exchanges_authorizations ON exchanges (client_id) WHERE endpoint IN ('authorization', 'pushed-authorization');

CREATE INDEX exchanges_refused_grants ON exchanges (client_id) WHERE error = 'invalid_grant';

CREATE INDEX exchanges_trace ON exchanges (trace_id);

CREATE TABLE faults (
  id TEXT PRIMARY KEY,
  position INTEGER NOT NULL,
  definition TEXT NOT NULL,
  enabled INTEGER NOT NULL CHECK (enabled IN (0, 1)),
  seen INTEGER NOT NULL DEFAULT 0,
  hits INTEGER NOT NULL DEFAULT 0,
  last_hit_at INTEGER,
  armed_at INTEGER NOT NULL,
  created_at INTEGER NOT NULL,
  updated_at INTEGER NOT NULL
) STRICT;

CREATE TABLE flow_profiles (
  id TEXT PRIMARY KEY,
  name TEXT NOT NULL,
  profile TEXT NOT NULL,
  secrets TEXT NOT NULL,
  kept TEXT NOT NULL,
  created_at INTEGER NOT NULL,
  updated_at INTEGER NOT NULL
) STRICT;

CREATE TABLE flow_runs (
  id TEXT PRIMARY KEY,
  summary TEXT NOT NULL,
  body TEXT NOT NULL,
  started_at INTEGER NOT NULL
) STRICT;

CREATE INDEX flow_runs_started_at ON flow_runs (started_at);

CREATE TABLE grants (
  id TEXT PRIMARY KEY,
  client_id TEXT NOT NULL REFERENCES clients (id) ON DELETE CASCADE,
  user_id TEXT REFERENCES users (id) ON DELETE CASCADE,
  scopes TEXT NOT NULL,
  created_at INTEGER NOT NULL
, sid TEXT, parent_grant_id TEXT REFERENCES grants (id) ON DELETE SET NULL, issuer TEXT NOT NULL DEFAULT 'default', claims TEXT, resources TEXT NOT NULL DEFAULT '[]', authorization_details TEXT NOT NULL DEFAULT '[]') STRICT;

CREATE INDEX grants_client ON grants (client_id);

CREATE INDEX grants_issuer ON grants (issuer) WHERE issuer <> 'default';

CREATE INDEX grants_parent ON grants (parent_grant_id) WHERE parent_grant_id IS NOT NULL;

CREATE INDEX grants_sid ON grants (sid) WHERE sid IS NOT NULL;

CREATE INDEX grants_user ON grants (user_id) WHERE user_id IS NOT NULL;

CREATE TABLE initial_tokens (
  hash TEXT PRIMARY KEY,
  issuer TEXT NOT NULL,
  issued_at INTEGER NOT NULL,
  expires_at INTEGER NOT NULL
) STRICT;

CREATE INDEX initial_tokens_expiry ON initial_tokens (expires_at);

CREATE TABLE interactions (
  hash TEXT PRIMARY KEY,
  browser_hash TEXT NOT NULL,
  client_id TEXT NOT NULL REFERENCES clients (id) ON DELETE CASCADE,
  step TEXT NOT NULL CHECK (step IN ('login', 'second-factor', 'consent')),
  user_id TEXT REFERENCES users (id) ON DELETE CASCADE,
  session_hash TEXT,
  request TEXT NOT NULL,
  created_at INTEGER NOT NULL,
  expires_at INTEGER NOT NULL,
  ended_at INTEGER
, issuer TEXT NOT NULL DEFAULT 'default') STRICT;

CREATE INDEX interactions_client ON interactions (client_id);

CREATE INDEX interactions_expiry ON interactions (expires_at);

CREATE INDEX interactions_user ON interactions (user_id);

CREATE TABLE issuers (
  name TEXT PRIMARY KEY,
  settings TEXT NOT NULL,
  created_at INTEGER NOT NULL,
  updated_at INTEGER NOT NULL
) STRICT;

CREATE TABLE items (
  id INTEGER PRIMARY KEY,
  title TEXT NOT NULL,
  owner TEXT,
  created_at INTEGER NOT NULL
) STRICT;

CREATE TABLE "keys" (
  kid TEXT PRIMARY KEY,
  issuer TEXT NOT NULL DEFAULT 'default',
  use TEXT NOT NULL CHECK (use IN ('access', 'refresh', 'encryption')),
  alg TEXT NOT NULL,
  active INTEGER NOT NULL CHECK (active = 0 OR use <> 'encryption'),
  private_jwk TEXT NOT NULL,
  public_jwk TEXT,
  created_at INTEGER NOT NULL,
  retired_at INTEGER,
  revoked_at INTEGER,
  changed_at INTEGER NOT NULL
) STRICT;

CREATE UNIQUE INDEX keys_active ON keys (issuer, use) WHERE active = 1;

CREATE TABLE outbound_calls (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  at INTEGER NOT NULL,
  purpose TEXT NOT NULL,
  method TEXT NOT NULL,
  url TEXT NOT NULL,
  loopback INTEGER NOT NULL,
  status INTEGER,
  duration_ms REAL NOT NULL
) STRICT;

CREATE TABLE pushed_requests (
  hash TEXT PRIMARY KEY,
  client_id TEXT NOT NULL REFERENCES clients (id) ON DELETE CASCADE,
  parameters TEXT NOT NULL,
  issued_at INTEGER NOT NULL,
  expires_at INTEGER NOT NULL,
  consumed_at INTEGER
, issuer TEXT NOT NULL DEFAULT 'default') STRICT;

CREATE INDEX pushed_requests_client ON pushed_requests (client_id);

CREATE INDEX pushed_requests_expiry ON pushed_requests (expires_at);

CREATE TABLE registrations (
  client_id TEXT PRIMARY KEY REFERENCES clients (id) ON DELETE CASCADE,
  issuer TEXT NOT NULL,
  token_hash TEXT NOT NULL UNIQUE,
  registered_at INTEGER NOT NULL
) STRICT;

CREATE INDEX registrations_age ON registrations (registered_at);

CREATE TABLE retired_subjects (
  id TEXT PRIMARY KEY,
  username TEXT NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE scenarios (
  id TEXT PRIMARY KEY,
  name TEXT NOT NULL UNIQUE,
  file TEXT NOT NULL,
  created_at INTEGER NOT NULL,
  updated_at INTEGER NOT NULL
) STRICT;

CREATE TABLE scopes (
  position INTEGER PRIMARY KEY,
  name TEXT NOT NULL UNIQUE,
  description TEXT NOT NULL,
  created_at INTEGER NOT NULL
, claims TEXT NOT NULL DEFAULT '[]') STRICT;

CREATE TABLE seen_tokens (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  hash TEXT NOT NULL UNIQUE,
  token TEXT NOT NULL,
  seen_at INTEGER NOT NULL,
  form TEXT NOT NULL,
  alg TEXT,
  typ TEXT,
  iss TEXT,
  sub TEXT,
  expires_at REAL
) STRICT;

CREATE TABLE sessions (
  hash TEXT PRIMARY KEY,
  user_id TEXT NOT NULL REFERENCES users (id) ON DELETE CASCADE,
  state TEXT NOT NULL CHECK (state IN ('pending', 'active')),
  grant_id TEXT,
  created_at INTEGER NOT NULL,
  expires_at INTEGER NOT NULL,
  ended_at INTEGER
, sid TEXT NOT NULL DEFAULT '', auth_time INTEGER NOT NULL DEFAULT 0, amr TEXT NOT NULL DEFAULT '["pwd"]', issuer TEXT NOT NULL DEFAULT 'default') STRICT;

CREATE INDEX sessions_user ON sessions (user_id);

CREATE TABLE settings (
  key TEXT PRIMARY KEY,
  value TEXT NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE "tokens" (
  seq INTEGER PRIMARY KEY,
  jti TEXT NOT NULL UNIQUE,
  kind TEXT NOT NULL CHECK (kind IN ('access', 'refresh', 'pending')),
  grant_id TEXT NOT NULL REFERENCES grants (id) ON DELETE CASCADE,
  parent_jti TEXT,
  hash TEXT NOT NULL,
  kid TEXT,
  scopes TEXT NOT NULL,
  header TEXT NOT NULL,
  claims TEXT NOT NULL,
  issued_at INTEGER NOT NULL,
  expires_at INTEGER NOT NULL,
  consumed_at INTEGER,
  reused_at INTEGER,
  revoked_at INTEGER,
  revoked_by TEXT,
  revoked_reason TEXT
) STRICT;

CREATE INDEX tokens_denied ON tokens (expires_at) WHERE revoked_at IS NOT NULL;

CREATE INDEX tokens_expiry ON tokens (expires_at);

CREATE INDEX tokens_grant ON tokens (grant_id);

CREATE INDEX tokens_kid ON tokens (kid, expires_at, revoked_at, consumed_at) WHERE kid IS NOT NULL;

CREATE UNIQUE INDEX tokens_opaque ON tokens (hash) WHERE kid IS NULL;

CREATE TABLE trace_links (
  link TEXT PRIMARY KEY,
  trace_id TEXT NOT NULL REFERENCES traces (id) ON DELETE CASCADE
) STRICT, WITHOUT ROWID;

CREATE INDEX trace_links_trace ON trace_links (trace_id);

CREATE TABLE traces (
  seq INTEGER PRIMARY KEY,
  id TEXT NOT NULL UNIQUE,
  started_at INTEGER NOT NULL,
  last_at INTEGER NOT NULL,
  last_exchange INTEGER NOT NULL,
  exchange_count INTEGER NOT NULL,
  refusals INTEGER NOT NULL,
  client_id TEXT,
  user_id TEXT
, issuer TEXT NOT NULL DEFAULT 'default', name TEXT, pinned INTEGER NOT NULL DEFAULT 0, imported TEXT) STRICT;

CREATE INDEX traces_imported ON traces (id) WHERE imported IS NOT NULL;

CREATE INDEX traces_last ON traces (last_exchange);

CREATE INDEX traces_pinned ON traces (pinned) WHERE pinned = 1;

CREATE TABLE users (
  id TEXT PRIMARY KEY,
  username TEXT NOT NULL UNIQUE,
  password_hash TEXT,
  name TEXT,
  email TEXT,
  active INTEGER NOT NULL,
  allowed_scopes TEXT,
  claims TEXT NOT NULL,
  totp_state TEXT NOT NULL CHECK (totp_state IN ('off', 'pending', 'on')),
  totp_secret TEXT,
  totp_last_step INTEGER,
  totp_failures INTEGER NOT NULL DEFAULT 0,
  totp_locked_until INTEGER,
  last_login_at INTEGER,
  created_at INTEGER NOT NULL,
  updated_at INTEGER NOT NULL
, issuer TEXT) STRICT;
