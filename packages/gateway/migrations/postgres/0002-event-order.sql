-- The store's clock is the database's, so that processes whose clocks differ agree on every lease.
CREATE FUNCTION store_now(offset_ms bigint) RETURNS bigint LANGUAGE sql VOLATILE AS
  'SELECT floor(extract(epoch FROM clock_timestamp()) * 1000)::bigint + offset_ms';

-- Event ids come from a sequence, so a transaction may commit a lower id after a reader has seen a higher one. Readers
-- of the whole log therefore go no further than the log is settled:
--
-- A writer announces, before it draws its first id, the last id that was drawn by anybody: as the key of a shared advisory
-- lock that ends with its transaction. Its own ids are higher. A reader notes the last id drawn, then looks for the lowest
-- announcement, and then takes a new snapshot. Up to the lower of the two every id is committed and in that
-- snapshot, or was never used: whoever drew one of them had announced itself before the reader noted, and holds its
-- announcement until its commit can be seen. Writers never wait for each other or for readers.
CREATE FUNCTION announce_events() RETURNS void LANGUAGE plpgsql AS $$
BEGIN
  PERFORM pg_advisory_xact_lock_shared((20803::bigint << 48) | last_event_drawn());
END $$;

CREATE FUNCTION last_event_drawn() RETURNS bigint LANGUAGE plpgsql AS $$
BEGIN
  RETURN (SELECT CASE WHEN is_called THEN last_value ELSE 0 END FROM events_id_seq);
END $$;

-- The place up to which the log is settled. What is read up to it must be read with a snapshot taken afterwards: in
-- a later statement, or a later statement of a volatile function.
CREATE FUNCTION settled_event() RETURNS bigint LANGUAGE plpgsql AS $$
DECLARE
  drawn bigint := last_event_drawn();
  announced bigint;
BEGIN
  SELECT min(((classid::bigint & 65535) << 32) | objid::bigint) INTO announced FROM pg_locks
  WHERE locktype = 'advisory' AND objsubid = 1 AND classid::bigint >> 16 = 20803
    AND database = (SELECT oid FROM pg_database WHERE datname = current_database());
  RETURN least(drawn, announced);
END $$;

-- The newest event that readers may see.
CREATE FUNCTION last_settled_event() RETURNS bigint LANGUAGE plpgsql AS $$
DECLARE
  settled bigint := settled_event();
BEGIN
  RETURN coalesce((SELECT max(id) FROM events WHERE id <= settled), 0);
END $$;

-- Events with their messages as they are now.
CREATE VIEW told_events AS
SELECT e.id AS event_id, e.type AS event_type, e.contact_id AS event_contact_id,
  coalesce(e.conversation_id, c.conversation_id) AS event_conversation_id, e.value AS event_value,
  e.reason AS event_reason, e.created_at AS event_created_at,
  m.seq, m.id, m.contact_id, c.conversation_id, m.direction, m.content, m.metadata, m.client_message_id, m.created_at,
  d.status, d.reason, d.mode, d.send_at, d.expires_at, d.channel_message_id
FROM events e LEFT JOIN contacts c ON c.id = e.contact_id LEFT JOIN messages m ON m.seq = e.message_seq
  LEFT JOIN deliveries d ON d.seq = e.message_seq;

-- The next events. Within one contact ids rise in the order of the commits, since all who write of it hold its lane.
CREATE FUNCTION next_events(after_id bigint, max_events integer, of_contact text) RETURNS SETOF told_events
LANGUAGE plpgsql AS $$
DECLARE
  settled bigint;
BEGIN
  IF of_contact IS NOT NULL THEN
    RETURN QUERY SELECT * FROM told_events WHERE event_contact_id = of_contact AND event_id > after_id
      ORDER BY event_contact_id, event_id LIMIT max_events;
  ELSE
    settled := settled_event();
    RETURN QUERY SELECT * FROM told_events WHERE event_id > after_id AND event_id <= settled
      ORDER BY event_id LIMIT max_events;
  END IF;
END $$;
