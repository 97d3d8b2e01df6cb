CREATE TABLE clients (
  client_id              TEXT PRIMARY KEY,
  name                   TEXT NOT NULL,
  kind                   TEXT NOT NULL CHECK (kind IN ('confidential', 'public')),
  -- SHA-256 of the client secret, or of a public client's approval code.
  secret_hash            TEXT NOT NULL,
  scopes                 TEXT NOT NULL,
  redirect_uris          TEXT NOT NULL,
  token_lifetime_seconds INTEGER NOT NULL,
  created_at             INTEGER NOT NULL,
  revoked_at             INTEGER
) STRICT;

CREATE TABLE tokens (
  token_hash TEXT PRIMARY KEY,
  client_id  TEXT NOT NULL REFERENCES clients (client_id) ON DELETE CASCADE,
  scopes     TEXT NOT NULL,
  expires_at INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX tokens_by_end ON tokens (expires_at);

CREATE TABLE authorization_codes (
  code_hash      TEXT PRIMARY KEY,
  client_id      TEXT NOT NULL REFERENCES clients (client_id) ON DELETE CASCADE,
  redirect_uri   TEXT NOT NULL,
  scopes         TEXT NOT NULL,
  code_challenge TEXT NOT NULL,
  expires_at     INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX authorization_codes_by_end ON authorization_codes (expires_at);

CREATE TABLE contacts (
  seq             INTEGER PRIMARY KEY AUTOINCREMENT,
  id              TEXT NOT NULL UNIQUE,
  conversation_id TEXT NOT NULL UNIQUE,
  state           TEXT NOT NULL CHECK (state IN ('queued', 'active', 'closed')),
  channel         TEXT NOT NULL,
  address         TEXT,
  display_name    TEXT,
  attributes      TEXT,
  -- The unguessable part of the customer's link.
  chat_token      TEXT NOT NULL UNIQUE,
  created_at      INTEGER NOT NULL,
  updated_at      INTEGER NOT NULL,
  last_inbound_at INTEGER,
  closed_at       INTEGER
) STRICT;

CREATE TABLE messages (
  -- Rises in the order of the commits: the order of the conversation.
  seq               INTEGER PRIMARY KEY AUTOINCREMENT,
  id                TEXT NOT NULL UNIQUE,
  contact_id        TEXT NOT NULL REFERENCES contacts (id) ON DELETE CASCADE,
  direction         TEXT NOT NULL CHECK (direction IN ('outbound', 'inbound')),
  status            TEXT NOT NULL,
  content           TEXT NOT NULL,
  metadata          TEXT,
  reason            TEXT,
  client_message_id TEXT,
  created_at        INTEGER NOT NULL
) STRICT;
CREATE INDEX messages_by_contact ON messages (contact_id, seq);
CREATE UNIQUE INDEX messages_by_client_message ON messages (contact_id, client_message_id)
  WHERE client_message_id IS NOT NULL;
CREATE INDEX messages_unfinished ON messages (contact_id, seq) WHERE status IN ('queued', 'sending');

CREATE TABLE attempts (
  message_id TEXT NOT NULL REFERENCES messages (id) ON DELETE CASCADE,
  number     INTEGER NOT NULL,
  started_at INTEGER NOT NULL,
  ended_at   INTEGER,
  outcome    TEXT,
  reason     TEXT,
  PRIMARY KEY (message_id, number)
) STRICT, WITHOUT ROWID;

CREATE TABLE events (
  id              INTEGER PRIMARY KEY AUTOINCREMENT,
  type            TEXT NOT NULL,
  contact_id      TEXT NOT NULL,
  conversation_id TEXT NOT NULL,
  message_id      TEXT,
  -- The message's status or the conversation's state that this event tells.
  value           TEXT NOT NULL,
  reason          TEXT,
  created_at      INTEGER NOT NULL
) STRICT;
CREATE INDEX events_by_contact ON events (contact_id, id);

CREATE TABLE idempotency_keys (
  client_id   TEXT NOT NULL,
  route       TEXT NOT NULL,
  key         TEXT NOT NULL,
  -- SHA-256 of the canonical form of the body.
  fingerprint TEXT NOT NULL,
  contact_id  TEXT NOT NULL,
  -- What was made: the id of the message or of the contact.
  subject_id  TEXT NOT NULL,
  -- A contact as it was made; a message is read from its own table, where only its status has moved.
  record      TEXT,
  expires_at  INTEGER NOT NULL,
  PRIMARY KEY (client_id, route, key)
) STRICT, WITHOUT ROWID;
CREATE INDEX idempotency_keys_by_end ON idempotency_keys (expires_at);
CREATE INDEX idempotency_keys_by_contact ON idempotency_keys (contact_id);
