CREATE TYPE status_change AS (seq bigint, status text, reason text, channel_message_id text);

-- Gives messages a status and tells of it. The caller holds their lanes and has announced events.
CREATE FUNCTION set_statuses(changes status_change[], now_ms bigint) RETURNS void LANGUAGE plpgsql AS $$
BEGIN
  WITH changed AS (
    UPDATE deliveries d SET status = c.status, reason = c.reason,
      channel_message_id = coalesce(c.channel_message_id, d.channel_message_id),
      finished_at = CASE WHEN c.status IN ('queued', 'sending', 'retry_wait', 'ambiguous', 'reconciling')
        THEN d.finished_at ELSE coalesce(d.finished_at, now_ms) END
    FROM unnest(changes) WITH ORDINALITY AS c(seq, status, reason, channel_message_id, place)
    WHERE d.seq = c.seq
    RETURNING c.place, d.contact_id, d.seq, d.status, d.reason)
  INSERT INTO events (type, contact_id, message_seq, value, reason, created_at)
  SELECT 'message.status', contact_id, seq, status, reason, now_ms FROM changed ORDER BY place;
END $$;

-- Lets lanes go on to the next message, after a pause where the channel wants one.
CREATE FUNCTION go_on(contact_ids text[], pauses_ms bigint[], now_ms bigint) RETURNS void LANGUAGE plpgsql AS $$
BEGIN
  UPDATE lanes l SET head_seq = NULL, is_leased = false, searches = 0, ambiguous_since = NULL,
    rests_until = CASE WHEN u.pause_ms > 0 THEN now_ms + u.pause_ms ELSE l.rests_until END,
    due_at = CASE WHEN next.due_at IS NOT NULL
      THEN greatest(next.due_at, CASE WHEN u.pause_ms > 0 THEN now_ms + u.pause_ms ELSE l.rests_until END) END
  FROM unnest(contact_ids, pauses_ms) AS u(contact_id, pause_ms) CROSS JOIN LATERAL (
    SELECT least(
      (SELECT now_ms FROM deliveries d
       WHERE d.contact_id = u.contact_id AND d.status = 'queued' AND d.send_at IS NULL LIMIT 1),
      (SELECT greatest(d.send_at, now_ms) FROM deliveries d
       WHERE d.contact_id = u.contact_id AND d.status = 'queued' AND d.send_at IS NOT NULL
       ORDER BY d.send_at LIMIT 1)) AS due_at OFFSET 0) AS next
  WHERE l.contact_id = u.contact_id;
END $$;

-- Lets a lane go on where one of these messages is at its head, whoever works on it.
CREATE FUNCTION leave_lane(of_contact text, seqs bigint[], now_ms bigint) RETURNS void LANGUAGE plpgsql AS $$
BEGIN
  UPDATE lanes SET epoch = epoch + 1 WHERE contact_id = of_contact AND head_seq = ANY (seqs);
  IF FOUND THEN
    PERFORM go_on(ARRAY[of_contact], ARRAY[0::bigint], now_ms);
  END IF;
END $$;

-- Takes word that the channel has messages of a contact: whatever was under way for them is over.
CREATE FUNCTION arrive(of_contact text, changes status_change[], now_ms bigint) RETURNS void LANGUAGE plpgsql AS $$
DECLARE
  seqs bigint[] := ARRAY(SELECT c.seq FROM unnest(changes) AS c);
BEGIN
  UPDATE attempts SET ended_at = now_ms, outcome = 'applied' WHERE message_seq = ANY (seqs) AND ended_at IS NULL;
  PERFORM set_statuses(changes, now_ms);
  PERFORM leave_lane(of_contact, seqs, now_ms);
END $$;

CREATE FUNCTION record_receipts(of_contact text, message_ids text[], new_status text, clock_offset_ms bigint)
RETURNS boolean LANGUAGE plpgsql AS $$
DECLARE
  changes status_change[];
BEGIN
  PERFORM lock_lanes(ARRAY[of_contact]);
  changes := ARRAY(
    SELECT ROW(d.seq, new_status, NULL, NULL)::status_change FROM messages m JOIN deliveries d ON d.seq = m.seq
    WHERE m.id = ANY (message_ids) AND m.contact_id = of_contact
      AND (d.status IN ('sending', 'retry_wait', 'ambiguous', 'reconciling', 'sent', 'unknown')
        OR (d.status = 'delivered' AND new_status = 'read'))
    ORDER BY d.seq);
  IF cardinality(changes) = 0 THEN
    RETURN false;
  END IF;
  PERFORM announce_events();
  PERFORM arrive(of_contact, changes, store_now(clock_offset_ms));
  RETURN true;
END $$;

-- Locks the lane of a message and tells how far it has come: nothing where there is no such outbound message.
CREATE FUNCTION lock_message(message_id text) RETURNS deliveries LANGUAGE plpgsql AS $$
DECLARE
  of_seq bigint;
  of_contact text;
  found_row deliveries;
BEGIN
  SELECT seq, contact_id INTO of_seq, of_contact FROM messages WHERE id = message_id;
  IF FOUND THEN
    PERFORM lock_lanes(ARRAY[of_contact]);
    PERFORM announce_events();
    SELECT * INTO found_row FROM deliveries WHERE seq = of_seq;
  END IF;
  RETURN found_row;
END $$;

CREATE FUNCTION record_applied(message_id text, channel_id text, clock_offset_ms bigint) RETURNS boolean
LANGUAGE plpgsql AS $$
DECLARE
  d deliveries := lock_message(message_id);
BEGIN
  IF d.status IS NULL OR d.status NOT IN ('sending', 'retry_wait', 'ambiguous', 'reconciling', 'unknown') THEN
    RETURN false;
  END IF;
  PERFORM arrive(d.contact_id, ARRAY[ROW(d.seq, 'sent', NULL, channel_id)::status_change], store_now(clock_offset_ms));
  RETURN true;
END $$;

CREATE FUNCTION cancel_message(message_id text, clock_offset_ms bigint) RETURNS boolean LANGUAGE plpgsql AS $$
DECLARE
  d deliveries := lock_message(message_id);
  now_ms bigint := store_now(clock_offset_ms);
BEGIN
  IF d.status IS NULL OR d.status NOT IN ('queued', 'retry_wait') THEN
    RETURN false;
  END IF;
  PERFORM set_statuses(ARRAY[ROW(d.seq, 'cancelled', NULL, NULL)::status_change], now_ms);
  PERFORM leave_lane(d.contact_id, ARRAY[d.seq], now_ms);
  RETURN true;
END $$;

-- Puts a dead letter behind what its contact has waiting.
CREATE FUNCTION retry_message(message_id text, new_end bigint, clock_offset_ms bigint) RETURNS boolean
LANGUAGE plpgsql AS $$
DECLARE
  d deliveries := lock_message(message_id);
  now_ms bigint := store_now(clock_offset_ms);
BEGIN
  IF d.status IS NULL OR d.status NOT IN ('failed', 'unknown', 'expired') THEN
    RETURN false;
  END IF;
  UPDATE deliveries SET send_at = NULL, finished_at = NULL, expires_at = new_end, position = nextval('messages_seq_seq')
  WHERE seq = d.seq;
  PERFORM set_statuses(ARRAY[ROW(d.seq, 'queued', NULL, NULL)::status_change], now_ms);
  UPDATE lanes SET due_at = least(due_at, greatest(now_ms, rests_until))
  WHERE contact_id = d.contact_id AND head_seq IS NULL AND NOT is_leased;
  RETURN true;
END $$;

CREATE FUNCTION drop_message(message_id text) RETURNS boolean LANGUAGE plpgsql AS $$
DECLARE
  d deliveries := lock_message(message_id);
BEGIN
  IF d.status IS NULL OR d.status NOT IN ('failed', 'unknown', 'expired') THEN
    RETURN false;
  END IF;
  PERFORM remove_messages(ARRAY[d.seq]);
  RETURN true;
END $$;

CREATE FUNCTION remove_messages(seqs bigint[]) RETURNS void LANGUAGE plpgsql AS $$
BEGIN
  DELETE FROM events WHERE message_seq = ANY (seqs);
  DELETE FROM attempts WHERE message_seq = ANY (seqs);
  DELETE FROM deliveries WHERE seq = ANY (seqs);
  DELETE FROM messages WHERE seq = ANY (seqs);
END $$;

-- Removes messages that were finished before an instant, those first that have been finished longest.
CREATE FUNCTION remove_finished(before_ms bigint, max_messages integer) RETURNS integer LANGUAGE plpgsql AS $$
DECLARE
  seqs bigint[];
BEGIN
  seqs := ARRAY(
    SELECT old.seq FROM (
      (SELECT seq, finished_at AS at FROM deliveries WHERE finished_at < before_ms
       ORDER BY finished_at, seq LIMIT max_messages)
      UNION ALL
      (SELECT seq, created_at FROM messages WHERE direction = 'inbound' AND created_at < before_ms
       ORDER BY created_at, seq LIMIT max_messages)) AS old
    ORDER BY old.at, old.seq LIMIT max_messages);
  -- A dead letter may have been sent again since we looked.
  PERFORM 1 FROM deliveries WHERE seq = ANY (seqs) ORDER BY seq FOR UPDATE;
  seqs := ARRAY(
    SELECT old.seq FROM unnest(seqs) AS old(seq) LEFT JOIN deliveries d ON d.seq = old.seq
    WHERE d.seq IS NULL OR d.finished_at < before_ms);
  PERFORM remove_messages(seqs);
  RETURN cardinality(seqs);
END $$;
