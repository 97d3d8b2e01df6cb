-- Beside the web, a customer's address on a channel belongs to one contact.
CREATE UNIQUE INDEX contacts_by_address ON contacts (channel, address) WHERE channel <> 'web' AND address IS NOT NULL;

-- What a channel is given in place of a message's content.
CREATE TABLE renderings (
  message_seq bigint PRIMARY KEY REFERENCES messages (seq) ON DELETE CASCADE,
  -- JSON: the requests, the notices, and the answers that they ask for.
  rendering   text NOT NULL,
  -- How many requests there are.
  parts       integer NOT NULL
);

-- The parts of messages that channels have taken.
CREATE TABLE message_parts (
  message_seq        bigint NOT NULL REFERENCES messages (seq) ON DELETE CASCADE,
  number             integer NOT NULL,
  attempt            integer NOT NULL,
  channel            text COLLATE "C" NOT NULL,
  channel_message_id text COLLATE "C",
  status             text COLLATE "C" NOT NULL CHECK (status IN ('sent', 'delivered', 'read', 'failed')),
  reason             text,
  sent_at            bigint NOT NULL,
  -- Whether the process that sent it has had the answer.
  is_noted           boolean NOT NULL,
  PRIMARY KEY (message_seq, number)
);
CREATE INDEX message_parts_by_channel_id ON message_parts (channel, channel_message_id)
  WHERE channel_message_id IS NOT NULL;

-- Takes messages for delivery with what their channels are to be given, in one transaction.
CREATE FUNCTION accept_rendered_messages(batch json, clock_offset_ms bigint)
RETURNS TABLE (n integer, kind text, conversation_id text, record text, content text, metadata text)
LANGUAGE plpgsql AS $$
#variable_conflict use_column
DECLARE
  answer record;
  created integer[] := '{}';
BEGIN
  FOR answer IN SELECT * FROM accept_messages(batch, clock_offset_ms) LOOP
    IF answer.kind = 'created' THEN
      created := created || answer.n;
    END IF;
    RETURN QUERY SELECT answer.n, answer.kind, answer.conversation_id, answer.record, answer.content, answer.metadata;
  END LOOP;
  INSERT INTO renderings (message_seq, rendering, parts)
  SELECT m.seq, r.rendering, r.parts
  FROM json_to_recordset(batch) AS r(n integer, id text, rendering text, parts integer) JOIN messages m ON m.id = r.id
  WHERE r.rendering IS NOT NULL AND r.n = ANY (created);
END $$;

-- Notes word of a part, as `mergePart` does; whether that changes anything. The caller holds the lane.
CREATE FUNCTION take_part(of_seq bigint, word json) RETURNS boolean LANGUAGE plpgsql AS $$
DECLARE
  w record;
  known message_parts;
  moves boolean;
BEGIN
  SELECT * INTO w FROM json_to_record(word) AS r(
    number integer, attempt integer, channel_message_id text, status text, reason text, sent_at bigint,
    is_noted boolean);
  SELECT * INTO known FROM message_parts p WHERE p.message_seq = of_seq AND p.number = w.number;
  IF NOT FOUND OR w.attempt > known.attempt THEN
    INSERT INTO message_parts AS p (message_seq, number, attempt, channel, channel_message_id, status, reason, sent_at,
      is_noted)
    SELECT m.seq, w.number, w.attempt, c.channel, w.channel_message_id, w.status, w.reason, w.sent_at, w.is_noted
    FROM messages m JOIN contacts c ON c.id = m.contact_id WHERE m.seq = of_seq
    ON CONFLICT (message_seq, number) DO UPDATE SET attempt = excluded.attempt, status = excluded.status,
      channel_message_id = excluded.channel_message_id, reason = excluded.reason, sent_at = excluded.sent_at,
      is_noted = excluded.is_noted;
    RETURN FOUND;
  END IF;
  IF w.channel_message_id <> known.channel_message_id THEN
    RETURN false;
  END IF;
  moves := (known.status = 'sent' AND w.status IN ('delivered', 'read', 'failed'))
    OR (known.status = 'delivered' AND w.status = 'read');
  IF NOT moves AND (known.is_noted OR NOT w.is_noted)
    AND (known.channel_message_id IS NOT NULL OR w.channel_message_id IS NULL) THEN
    RETURN false;
  END IF;
  UPDATE message_parts p SET channel_message_id = coalesce(w.channel_message_id, p.channel_message_id),
    status = CASE WHEN moves THEN w.status ELSE p.status END,
    is_noted = p.is_noted OR w.is_noted,
    reason = CASE WHEN moves THEN coalesce(w.reason, p.reason) ELSE p.reason END
  WHERE p.message_seq = of_seq AND p.number = w.number;
  RETURN true;
END $$;

CREATE FUNCTION record_part(message_id text, word json) RETURNS SETOF message_parts LANGUAGE plpgsql AS $$
DECLARE
  d deliveries := lock_message(message_id);
BEGIN
  IF d.seq IS NOT NULL THEN
    PERFORM take_part(d.seq, word);
  END IF;
  RETURN QUERY SELECT * FROM message_parts p WHERE p.message_seq = d.seq ORDER BY p.number;
END $$;

-- Takes a channel's own word of a part; once all parts are known of, the message moves on with them.
CREATE FUNCTION report_part(message_id text, word json, clock_offset_ms bigint) RETURNS boolean LANGUAGE plpgsql AS $$
DECLARE
  d deliveries := lock_message(message_id);
  now_ms bigint := store_now(clock_offset_ms);
  known integer;
  furthest_behind integer;
  told text;
  why text;
  newest text;
  may_turn_out_applied boolean := d.status IN ('sending', 'retry_wait', 'ambiguous', 'reconciling', 'unknown');
BEGIN
  IF d.seq IS NULL OR NOT take_part(d.seq, word) THEN
    RETURN false;
  END IF;
  SELECT count(*), min(array_position(ARRAY['failed', 'sent', 'delivered', 'read'], p.status)),
    min(p.reason) FILTER (WHERE p.status = 'failed'), (array_agg(p.channel_message_id ORDER BY p.number DESC))[1]
  INTO known, furthest_behind, why, newest FROM message_parts p WHERE p.message_seq = d.seq;
  IF known < coalesce((SELECT r.parts FROM renderings r WHERE r.message_seq = d.seq), 1) THEN
    RETURN true;
  END IF;
  told := (ARRAY['failed', 'sent', 'delivered', 'read'])[furthest_behind];
  IF may_turn_out_applied THEN
    PERFORM arrive(d.contact_id, ARRAY[ROW(d.seq,
      CASE WHEN told = 'failed' THEN 'sent' ELSE told END, NULL, newest)::status_change], now_ms);
  ELSIF (told = 'delivered' AND d.status = 'sent') OR (told = 'read' AND d.status IN ('sent', 'delivered')) THEN
    PERFORM arrive(d.contact_id, ARRAY[ROW(d.seq, told, NULL, newest)::status_change], now_ms);
  END IF;
  IF told = 'failed' AND (may_turn_out_applied OR d.status = 'sent') THEN
    PERFORM set_statuses(ARRAY[ROW(d.seq, 'failed', why, NULL)::status_change], now_ms);
  END IF;
  RETURN true;
END $$;

-- As in 0007.
DO $$
DECLARE
  called regprocedure;
BEGIN
  FOR called IN
    SELECT oid::regprocedure FROM pg_proc
    WHERE pronamespace = 'quickcard'::regnamespace
      AND proname IN ('accept_rendered_messages', 'record_part', 'report_part')
  LOOP
    EXECUTE format('ALTER FUNCTION %s SET search_path = quickcard, pg_temp', called);
    EXECUTE format('ALTER FUNCTION %s SET plan_cache_mode = force_generic_plan', called);
    EXECUTE format('ALTER FUNCTION %s SET enable_seqscan = off', called);
    EXECUTE format('ALTER FUNCTION %s SET enable_bitmapscan = off', called);
    EXECUTE format('ALTER FUNCTION %s SET enable_hashjoin = off', called);
    EXECUTE format('ALTER FUNCTION %s SET enable_mergejoin = off', called);
    EXECUTE format('ALTER FUNCTION %s SET jit = off', called);
  END LOOP;
END $$;
