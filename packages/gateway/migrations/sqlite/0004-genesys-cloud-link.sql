-- Where messages are in Genesys Cloud.
CREATE TABLE linked_messages (
  message_id     TEXT PRIMARY KEY,
  contact_id     TEXT NOT NULL,
  integration_id TEXT NOT NULL,
  -- Genesys Cloud's id.
  remote_id      TEXT NOT NULL,
  role           TEXT NOT NULL CHECK (role IN ('origin', 'transcript')),
  part           INTEGER NOT NULL,
  parts          INTEGER NOT NULL,
  created_at     INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX linked_messages_by_contact ON linked_messages (contact_id);
CREATE INDEX linked_messages_by_age ON linked_messages (created_at);
CREATE TRIGGER linked_messages_go_with_contacts AFTER DELETE ON contacts BEGIN
  DELETE FROM linked_messages WHERE contact_id = old.id;
END;

-- The conversation that Genesys Cloud has with each contact. It outlives the contact, so that it can be ended.
CREATE TABLE linked_conversations (
  contact_id     TEXT PRIMARY KEY,
  integration_id TEXT NOT NULL,
  remote_id      TEXT NOT NULL,
  phase          TEXT NOT NULL CHECK (phase IN ('open', 'ended')),
  -- When it is next to be looked at.
  due_at         INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX linked_conversations_due ON linked_conversations (due_at) WHERE phase = 'open';
