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
  seq                INTEGER PRIMARY KEY AUTOINCREMENT,
  id                 TEXT NOT NULL UNIQUE,
  contact_seq        INTEGER NOT NULL REFERENCES contacts (seq) ON DELETE CASCADE,
  direction          TEXT NOT NULL CHECK (direction IN ('outbound', 'inbound')),
  status             TEXT NOT NULL,
  content            TEXT NOT NULL,
  metadata           TEXT,
  reason             TEXT,
  client_message_id  TEXT,
  created_at         INTEGER NOT NULL,
  -- From here on of outbound messages, but for finished_at.
  mode               TEXT,
  send_at            INTEGER,
  expires_at         INTEGER,
  channel_message_id TEXT,
  -- The place in the lane: seq, and halfway to the next for one that is sent again.
  position           REAL,
  -- When it left its lane; for an inbound message, when it came.
  finished_at        INTEGER
) STRICT;
CREATE INDEX messages_by_contact ON messages (contact_seq, seq);
CREATE UNIQUE INDEX messages_by_client_message ON messages (contact_seq, client_message_id)
  WHERE client_message_id IS NOT NULL;
CREATE INDEX messages_by_status ON messages (status, seq) WHERE direction = 'outbound';
CREATE INDEX messages_waiting ON messages (contact_seq, position, seq, send_at) WHERE status = 'queued';
CREATE INDEX messages_finished ON messages (finished_at) WHERE finished_at IS NOT NULL;

CREATE TABLE attempts (
  message_seq INTEGER NOT NULL REFERENCES messages (seq) ON DELETE CASCADE,
  number      INTEGER NOT NULL,
  started_at  INTEGER NOT NULL,
  ended_at    INTEGER,
  outcome     TEXT,
  reason      TEXT,
  next_at     INTEGER,
  PRIMARY KEY (message_seq, number)
) STRICT, WITHOUT ROWID;

-- A contact's queue: which message it is at, and who may work on it.
CREATE TABLE lanes (
  contact_seq     INTEGER PRIMARY KEY REFERENCES contacts (seq) ON DELETE CASCADE,
  channel         TEXT NOT NULL,
  -- The message that the lane stays with until it is finished; NULL between two messages.
  head_seq        INTEGER,
  -- When the lane is next to be looked at: ready for work, or its lease run out. NULL where nothing waits.
  due_at          INTEGER,
  is_leased       INTEGER NOT NULL DEFAULT 0,
  -- Rises with every claim, and whenever a claim is made void.
  epoch           INTEGER NOT NULL DEFAULT 0,
  searches        INTEGER NOT NULL DEFAULT 0,
  ambiguous_since INTEGER,
  -- The contact is to be left alone until then, whatever is accepted meanwhile.
  rests_until     INTEGER NOT NULL DEFAULT 0
) STRICT;
CREATE INDEX lanes_due ON lanes (channel, due_at) WHERE due_at IS NOT NULL;

CREATE TABLE pauses (
  channel TEXT PRIMARY KEY,
  ends_at INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

-- What was spent of each channel's quota in the present window.
CREATE TABLE grants (
  id      INTEGER PRIMARY KEY,
  channel TEXT NOT NULL,
  at      INTEGER NOT NULL,
  permits INTEGER NOT NULL
) STRICT;
CREATE INDEX grants_by_channel ON grants (channel, at);

CREATE TABLE events (
  id              INTEGER PRIMARY KEY AUTOINCREMENT,
  type            TEXT NOT NULL,
  contact_seq     INTEGER NOT NULL,
  message_seq     INTEGER REFERENCES messages (seq) ON DELETE CASCADE,
  -- Of an event that outlives its contact.
  contact_id      TEXT,
  conversation_id TEXT,
  -- The message's status or the conversation's state that this event tells.
  value           TEXT NOT NULL,
  reason          TEXT,
  created_at      INTEGER NOT NULL
) STRICT;
CREATE INDEX events_by_contact ON events (contact_seq, id);
CREATE INDEX events_by_message ON events (message_seq) WHERE message_seq IS NOT NULL;
CREATE UNIQUE INDEX events_of_deleted ON events (contact_id) WHERE contact_id IS NOT NULL;

CREATE TABLE idempotency_keys (
  client_id   TEXT NOT NULL,
  route       TEXT NOT NULL,
  key         TEXT NOT NULL,
  -- SHA-256 of the canonical form of the body.
  fingerprint TEXT NOT NULL,
  contact_seq INTEGER NOT NULL REFERENCES contacts (seq) ON DELETE CASCADE,
  -- The message that was made; NULL where it was the contact.
  message_seq INTEGER,
  -- What was made, as it was then. NULL for a message that can still be read from its own table.
  record      TEXT,
  expires_at  INTEGER NOT NULL,
  PRIMARY KEY (client_id, route, key)
) STRICT, WITHOUT ROWID;
CREATE INDEX idempotency_keys_by_end ON idempotency_keys (expires_at);
CREATE INDEX idempotency_keys_by_subject ON idempotency_keys (contact_seq, message_seq);
