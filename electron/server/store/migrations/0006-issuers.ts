import type { Migration } from './migration.ts'

// Issuers beside the default one, whose settings are the workspace's. What stems from an issuer carries its name, and goes with
// it. `options` holds what a client says beyond the basics; what it leaves out has its default.
export const issuers: Migration = {
  name: 'issuers',
  sql: `
CREATE TABLE issuers (
  name TEXT PRIMARY KEY,
  settings TEXT NOT NULL,
  created_at INTEGER NOT NULL,
  updated_at INTEGER NOT NULL
) STRICT;

ALTER TABLE clients ADD COLUMN options TEXT NOT NULL DEFAULT '{}';
ALTER TABLE keys ADD COLUMN issuer TEXT NOT NULL DEFAULT 'default';
DROP INDEX keys_active;
CREATE UNIQUE INDEX keys_active ON keys (issuer, use) WHERE active = 1;
ALTER TABLE grants ADD COLUMN issuer TEXT NOT NULL DEFAULT 'default';
ALTER TABLE grants ADD COLUMN claims TEXT;
CREATE INDEX grants_issuer ON grants (issuer);
ALTER TABLE sessions ADD COLUMN issuer TEXT NOT NULL DEFAULT 'default';
ALTER TABLE device_codes ADD COLUMN issuer TEXT NOT NULL DEFAULT 'default';
ALTER TABLE pushed_requests ADD COLUMN issuer TEXT NOT NULL DEFAULT 'default';
ALTER TABLE interactions ADD COLUMN issuer TEXT NOT NULL DEFAULT 'default';
-- What a login asks for has more to it now: one that is half way begins anew.
DELETE FROM interactions;
ALTER TABLE exchanges ADD COLUMN issuer TEXT NOT NULL DEFAULT 'default';
ALTER TABLE traces ADD COLUMN issuer TEXT NOT NULL DEFAULT 'default';
ALTER TABLE users ADD COLUMN issuer TEXT;

CREATE TABLE consents_by_issuer (
  issuer TEXT NOT NULL,
  client_id TEXT NOT NULL REFERENCES clients (id) ON DELETE CASCADE,
  user_id TEXT NOT NULL REFERENCES users (id) ON DELETE CASCADE,
  scopes TEXT NOT NULL,
  given_at INTEGER NOT NULL,
  PRIMARY KEY (issuer, client_id, user_id)
) STRICT, WITHOUT ROWID;
INSERT INTO consents_by_issuer SELECT 'default', client_id, user_id, scopes, given_at FROM consents;
DROP TABLE consents;
ALTER TABLE consents_by_issuer RENAME TO consents;
CREATE INDEX consents_client ON consents (client_id);
CREATE INDEX consents_user ON consents (user_id);

ALTER TABLE scopes ADD COLUMN claims TEXT NOT NULL DEFAULT '[]';
UPDATE scopes SET claims = '["name","family_name","given_name","middle_name","nickname","preferred_username","profile","picture","website","gender","birthdate","zoneinfo","locale","updated_at"]' WHERE name = 'profile';
UPDATE scopes SET claims = '["email","email_verified"]' WHERE name = 'email';
UPDATE scopes SET claims = '["address"]' WHERE name = 'address';
UPDATE scopes SET claims = '["phone_number","phone_number_verified"]' WHERE name = 'phone';
`,
}
