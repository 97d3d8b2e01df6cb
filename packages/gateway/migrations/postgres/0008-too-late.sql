-- A message whose time is over is refused only after a look at its key: its repetition has the first answer again.

-- Takes messages for delivery. No two of a batch have the same key.
CREATE OR REPLACE FUNCTION accept_messages(batch json, clock_offset_ms bigint)
RETURNS TABLE (n integer, kind text, conversation_id text, record text, content text, metadata text)
LANGUAGE plpgsql
-- As in 0007: a function that is replaced loses them.
SET search_path = quickcard, pg_temp SET plan_cache_mode = force_generic_plan SET enable_seqscan = off
SET enable_bitmapscan = off SET enable_hashjoin = off SET enable_mergejoin = off SET jit = off
AS $$
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
        WHEN r.expires_at <= r.created_at THEN 'too-late'
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
