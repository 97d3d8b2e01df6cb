-- Beside the web, a customer's address on a channel belongs to one contact.
CREATE UNIQUE INDEX contacts_by_address ON contacts (channel, address) WHERE channel <> 'web' AND address IS NOT NULL;

-- What a channel is given in place of a message's content.
CREATE TABLE renderings (
  message_seq INTEGER PRIMARY KEY REFERENCES messages (seq) ON DELETE CASCADE,
  -- JSON: the requests, the notices, and the answers that they ask for.
  rendering   TEXT NOT NULL,
  -- How many requests there are.
  parts       INTEGER NOT NULL
) STRICT;

-- The parts of messages that channels have taken.
CREATE TABLE message_parts (
  message_seq        INTEGER NOT NULL REFERENCES messages (seq) ON DELETE CASCADE,
  number             INTEGER NOT NULL,
  attempt            INTEGER NOT NULL,
  channel            TEXT NOT NULL,
  channel_message_id TEXT,
  status             TEXT NOT NULL CHECK (status IN ('sent', 'delivered', 'read', 'failed')),
  reason             TEXT,
  sent_at            INTEGER NOT NULL,
  -- Whether the process that sent it has had the answer.
  is_noted           INTEGER NOT NULL,
  PRIMARY KEY (message_seq, number)
) STRICT, WITHOUT ROWID;
CREATE INDEX message_parts_by_channel_id ON message_parts (channel, channel_message_id)
  WHERE channel_message_id IS NOT NULL;
