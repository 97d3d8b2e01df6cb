-- Each function is one transaction and one round trip: no process can stop with a lock in its hand. Each locks first and
-- looks afterwards, in a later statement with a newer snapshot, so that it sees what those before it have committed.

CREATE FUNCTION lock_lanes(contact_ids text[]) RETURNS void LANGUAGE plpgsql AS $$
BEGIN
  PERFORM 1 FROM lanes WHERE contact_id = ANY (contact_ids) ORDER BY contact_id FOR UPDATE;
END $$;

-- Another process has kept the same key since we looked: the caller tries again, and finds it.
CREATE FUNCTION raise_conflict() RETURNS text LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION 'an idempotency key was kept meanwhile' USING ERRCODE = 'serialization_failure';
END $$;

-- Takes messages for delivery. No two of a batch have the same key.
CREATE FUNCTION accept_messages(batch json, clock_offset_ms bigint)
RETURNS TABLE (n integer, kind text, conversation_id text, record text, content text, metadata text)
LANGUAGE plpgsql AS $$
#variable_conflict use_column
DECLARE
  now_ms bigint;
BEGIN
  PERFORM lock_lanes(ARRAY(SELECT DISTINCT r.contact_id FROM json_to_recordset(batch) AS r(contact_id text)));
  PERFORM announce_events();
  now_ms := store_now(clock_offset_ms);
  RETURN QUERY
  WITH request AS MATERIALIZED (
    SELECT * FROM json_to_recordset(batch) AS r(
      n integer, id text, contact_id text, content text, metadata text, mode text, send_at bigint, expires_at bigint,
      created_at bigint, key text, fingerprint text, key_expires_at bigint, record text)
  ), judged AS MATERIALIZED (
    SELECT r.*, c.conversation_id, k.subject_id, k.record AS earlier_record, CASE
        WHEN c.id IS NULL THEN 'no-contact'
        WHEN k.fingerprint <> r.fingerprint THEN 'mismatch'
        WHEN k.id IS NOT NULL THEN 'repeated'
        WHEN c.state = 'closed' THEN 'closed'
        ELSE 'created' END AS kind
    FROM request r
      LEFT JOIN contacts c ON c.id = r.contact_id
      LEFT JOIN idempotency_keys k ON k.id = r.key AND k.expires_at > r.created_at
  ), created AS MATERIALIZED (
    SELECT nextval('messages_seq_seq') AS seq, ordered.*
    FROM (SELECT * FROM judged WHERE kind = 'created' ORDER BY n) AS ordered
  ), new_messages AS (
    INSERT INTO messages (seq, id, contact_id, direction, content, metadata, created_at)
    SELECT seq, id, contact_id, 'outbound', content, metadata, created_at FROM created
  ), new_deliveries AS (
    INSERT INTO deliveries (seq, contact_id, position, status, mode, send_at, expires_at)
    SELECT seq, contact_id, seq, 'queued', mode, send_at, expires_at FROM created
  ), new_events AS (
    INSERT INTO events (type, contact_id, message_seq, value, created_at)
    SELECT 'message.status', contact_id, seq, 'queued', now_ms FROM created ORDER BY seq
  ), new_keys AS (
    INSERT INTO idempotency_keys AS k (id, fingerprint, contact_id, subject_id, record, expires_at)
    SELECT key, fingerprint, contact_id, id, record, key_expires_at FROM created WHERE key IS NOT NULL ORDER BY key
    ON CONFLICT (id) DO UPDATE SET fingerprint = excluded.fingerprint, contact_id = excluded.contact_id,
      subject_id = excluded.subject_id, record = excluded.record, expires_at = excluded.expires_at
    WHERE k.expires_at <= (SELECT max(created_at) FROM created)
    RETURNING 1
  ), called AS (
    UPDATE lanes l SET due_at = greatest(c.due_at, l.rests_until)
    FROM (SELECT contact_id, min(greatest(coalesce(send_at, 0), now_ms)) AS due_at FROM created GROUP BY contact_id) c
    WHERE l.contact_id = c.contact_id AND l.head_seq IS NULL AND NOT l.is_leased
      AND (l.due_at IS NULL OR l.due_at > greatest(c.due_at, l.rests_until))
  )
  SELECT j.n, CASE WHEN j.kind = 'created' AND j.key IS NOT NULL
        AND (SELECT count(*) FROM new_keys) < (SELECT count(*) FROM created WHERE key IS NOT NULL)
      THEN raise_conflict() ELSE j.kind END,
    j.conversation_id, j.earlier_record, m.content, m.metadata
  FROM judged j LEFT JOIN messages m ON j.kind = 'repeated' AND m.id = j.subject_id;
END $$;

-- Keeps what customers sent. No two of a batch have the same contact and client message id.
CREATE FUNCTION accept_inbound(batch json, clock_offset_ms bigint)
RETURNS TABLE (n integer, kind text, conversation_id text, id text, content text, created_at bigint)
LANGUAGE plpgsql AS $$
#variable_conflict use_column
DECLARE
  now_ms bigint;
BEGIN
  PERFORM lock_lanes(ARRAY(SELECT DISTINCT r.contact_id FROM json_to_recordset(batch) AS r(contact_id text)));
  PERFORM announce_events();
  now_ms := store_now(clock_offset_ms);
  RETURN QUERY
  WITH request AS MATERIALIZED (
    SELECT * FROM json_to_recordset(batch) AS r(
      n integer, id text, contact_id text, content text, client_message_id text, created_at bigint)
  ), judged AS MATERIALIZED (
    SELECT r.*, c.conversation_id, m.seq AS earlier_seq, CASE
        WHEN c.id IS NULL THEN 'no-contact'
        WHEN m.seq IS NOT NULL THEN 'repeated'
        WHEN c.state = 'closed' THEN 'closed'
        ELSE 'created' END AS kind
    FROM request r
      LEFT JOIN contacts c ON c.id = r.contact_id
      LEFT JOIN messages m ON m.contact_id = r.contact_id AND m.client_message_id = r.client_message_id
  ), created AS MATERIALIZED (
    SELECT nextval('messages_seq_seq') AS seq, ordered.*
    FROM (SELECT * FROM judged WHERE kind = 'created' ORDER BY n) AS ordered
  ), new_messages AS (
    INSERT INTO messages (seq, id, contact_id, direction, content, client_message_id, created_at)
    SELECT seq, id, contact_id, 'inbound', content, client_message_id, created_at FROM created
  ), new_events AS (
    INSERT INTO events (type, contact_id, message_seq, value, created_at)
    SELECT 'message.inbound', contact_id, seq, 'received', now_ms FROM created ORDER BY seq
  ), noted AS (
    UPDATE contacts c SET last_inbound_at = last.created_at, updated_at = last.created_at
    FROM (SELECT DISTINCT ON (contact_id) contact_id, created_at FROM created ORDER BY contact_id, seq DESC) AS last
    WHERE c.id = last.contact_id
  )
  SELECT j.n, j.kind, j.conversation_id, m.id, m.content, m.created_at
  FROM judged j LEFT JOIN messages m ON j.kind = 'repeated' AND m.seq = j.earlier_seq;
END $$;

-- Makes a contact with its lane. Of those who come with the same key, the first to keep it makes it.
CREATE FUNCTION insert_contact(made json, claim json, clock_offset_ms bigint)
RETURNS TABLE (kind text, record text)
LANGUAGE plpgsql AS $$
#variable_conflict use_column
DECLARE
  c record;
  k record;
BEGIN
  SELECT * INTO c FROM json_to_record(made) AS r(
    id text, conversation_id text, state text, channel text, address text, display_name text, attributes text,
    chat_token text, created_at bigint, updated_at bigint, last_inbound_at bigint, closed_at bigint);
  IF claim IS NOT NULL THEN
    SELECT * INTO k FROM json_to_record(claim) AS r(id text, fingerprint text, record text, expires_at bigint);
    INSERT INTO idempotency_keys AS kept (id, fingerprint, contact_id, subject_id, record, expires_at)
    VALUES (k.id, k.fingerprint, c.id, c.id, k.record, k.expires_at)
    ON CONFLICT (id) DO UPDATE SET fingerprint = excluded.fingerprint, contact_id = excluded.contact_id,
      subject_id = excluded.subject_id, record = excluded.record, expires_at = excluded.expires_at
    WHERE kept.expires_at <= c.created_at;
    IF NOT FOUND THEN
      RETURN QUERY SELECT CASE WHEN kept.fingerprint = k.fingerprint THEN 'repeated' ELSE 'mismatch' END, kept.record
        FROM idempotency_keys kept WHERE kept.id = k.id;
      RETURN;
    END IF;
  END IF;
  PERFORM announce_events();
  INSERT INTO contacts (id, conversation_id, state, channel, address, display_name, attributes, chat_token, created_at,
    updated_at, last_inbound_at, closed_at)
  VALUES (c.id, c.conversation_id, c.state, c.channel, c.address, c.display_name, c.attributes, c.chat_token, c.created_at,
    c.updated_at, c.last_inbound_at, c.closed_at);
  INSERT INTO lanes (contact_id, channel) VALUES (c.id, c.channel);
  PERFORM tell_state(c.id, c.conversation_id, c.state, store_now(clock_offset_ms));
  RETURN QUERY SELECT 'created', NULL::text;
END $$;

CREATE FUNCTION tell_state(of_contact text, conversation_id text, state text, now_ms bigint) RETURNS void
LANGUAGE sql AS $$
  INSERT INTO events (type, contact_id, conversation_id, value, created_at)
  VALUES ('conversation.state', of_contact, tell_state.conversation_id, tell_state.state, now_ms);
$$;

CREATE FUNCTION update_contact(
  contact_id text, new_state text, new_name text, new_attributes text, at bigint, clock_offset_ms bigint)
RETURNS SETOF contacts LANGUAGE plpgsql AS $$
DECLARE
  before contacts;
  after contacts;
BEGIN
  PERFORM lock_lanes(ARRAY[update_contact.contact_id]);
  SELECT * INTO before FROM contacts WHERE id = update_contact.contact_id;
  IF NOT FOUND THEN
    RETURN;
  END IF;
  UPDATE contacts SET state = coalesce(new_state, state), display_name = coalesce(new_name, display_name),
    attributes = coalesce(new_attributes, attributes), updated_at = at,
    closed_at = CASE WHEN coalesce(new_state, state) = 'closed' THEN coalesce(closed_at, at) END
  WHERE id = before.id RETURNING * INTO after;
  IF after.state <> before.state THEN
    PERFORM announce_events();
    PERFORM tell_state(after.id, after.conversation_id, after.state, store_now(clock_offset_ms));
  END IF;
  RETURN NEXT after;
END $$;

-- Forgets all of a contact, but for the event that tells of it.
CREATE FUNCTION delete_contact(contact_id text, clock_offset_ms bigint) RETURNS boolean LANGUAGE plpgsql AS $$
DECLARE
  gone contacts;
  seqs bigint[];
BEGIN
  PERFORM lock_lanes(ARRAY[delete_contact.contact_id]);
  DELETE FROM contacts WHERE id = delete_contact.contact_id RETURNING * INTO gone;
  IF NOT FOUND THEN
    RETURN false;
  END IF;
  seqs := ARRAY(SELECT m.seq FROM messages m WHERE m.contact_id = gone.id);
  DELETE FROM attempts WHERE message_seq = ANY (seqs);
  DELETE FROM deliveries WHERE seq = ANY (seqs);
  DELETE FROM messages WHERE seq = ANY (seqs);
  DELETE FROM events e WHERE e.contact_id = gone.id;
  DELETE FROM idempotency_keys k WHERE k.contact_id = gone.id;
  DELETE FROM lanes l WHERE l.contact_id = gone.id;
  PERFORM announce_events();
  PERFORM tell_state(gone.id, gone.conversation_id, 'deleted', store_now(clock_offset_ms));
  RETURN true;
END $$;
