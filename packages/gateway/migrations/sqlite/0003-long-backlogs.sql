-- With a million messages waiting, what is written next to each other should lie next to each other: an index that has a
-- place for each contact costs a page of its own for each of them in every commit.

-- Events of a contact are found block by block. What is written now is all in the last block.
CREATE TABLE event_blocks (block INTEGER PRIMARY KEY) STRICT;
INSERT INTO event_blocks SELECT DISTINCT id >> 12 FROM events;
CREATE TRIGGER event_blocks_grow AFTER INSERT ON events BEGIN
  INSERT OR IGNORE INTO event_blocks VALUES (new.id >> 12);
END;
ALTER TABLE events ADD COLUMN block INTEGER AS (id >> 12) VIRTUAL;
DROP INDEX events_by_contact;
CREATE INDEX events_by_contact ON events (block, contact_seq);

-- A lane's messages are found in the order of the conversation, from here on: those at or before it that are neither
-- scheduled nor sent again wait no more. This index does not change with a message's status.
ALTER TABLE lanes ADD COLUMN passed_seq INTEGER NOT NULL DEFAULT 0;
UPDATE lanes SET passed_seq = ifnull(
  (SELECT min(seq) - 1 FROM messages WHERE contact_seq = lanes.contact_seq AND status = 'queued'),
  ifnull((SELECT max(seq) FROM messages WHERE contact_seq = lanes.contact_seq), 0));
DROP INDEX messages_waiting;
CREATE INDEX messages_out_of_turn ON messages (contact_seq, position, seq, send_at)
  WHERE status = 'queued' AND (send_at IS NOT NULL OR position <> seq);
