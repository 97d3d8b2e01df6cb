-- What customers sent from their page: the bytes of a picture, beside its message and for as long.
CREATE TABLE message_media (
  message_seq bigint PRIMARY KEY REFERENCES messages (seq) ON DELETE CASCADE,
  bytes       bytea NOT NULL
);
-- Pictures are compressed already.
ALTER TABLE message_media ALTER COLUMN bytes SET STORAGE EXTERNAL;

-- Keeps one message of a customer's with the bytes that it brings; of a repeated one the first bytes stay.
CREATE FUNCTION accept_inbound_media(batch json, media_bytes bytea, clock_offset_ms bigint)
RETURNS TABLE (n integer, kind text, conversation_id text, id text, content text, created_at bigint)
LANGUAGE plpgsql AS $$
#variable_conflict use_column
DECLARE
  answer record;
BEGIN
  SELECT * INTO answer FROM accept_inbound(batch, clock_offset_ms);
  IF answer.kind = 'created' THEN
    INSERT INTO message_media (message_seq, bytes)
    SELECT m.seq, media_bytes FROM messages m WHERE m.id = batch -> 0 ->> 'id';
  END IF;
  RETURN QUERY SELECT answer.n, answer.kind, answer.conversation_id, answer.id, answer.content, answer.created_at;
END $$;

SELECT plan_by_index('accept_inbound_media(json, bytea, bigint)');
