CREATE FUNCTION lock_pace(of_channel text) RETURNS void LANGUAGE plpgsql AS $$
BEGIN
  PERFORM 1 FROM paces WHERE channel = of_channel FOR UPDATE;
  IF NOT FOUND THEN
    INSERT INTO paces (channel) VALUES (of_channel) ON CONFLICT DO NOTHING;
    PERFORM 1 FROM paces WHERE channel = of_channel FOR UPDATE;
  END IF;
END $$;

-- How many permits of a quota there are, and how long until there is one where there is none: no window of that
-- length ever holds more than is allowed. The caller holds the pace.
CREATE FUNCTION permits_left(
  of_channel text, allowed integer, window_ms bigint, now_ms bigint, OUT permits integer, OUT next_in_ms bigint)
LANGUAGE plpgsql AS $$
DECLARE
  paused bigint;
  spent bigint;
  oldest bigint;
BEGIN
  SELECT p.paused_until INTO paused FROM paces p WHERE p.channel = of_channel;
  permits := 0;
  IF paused > now_ms THEN
    next_in_ms := paused - now_ms;
  ELSIF allowed IS NULL THEN
    permits := 2147483647;
  ELSE
    DELETE FROM pace_grants g WHERE g.channel = of_channel AND g.at <= now_ms - window_ms - 2000;
    SELECT coalesce(sum(g.permits), 0), min(g.at) INTO spent, oldest
    FROM pace_grants g WHERE g.channel = of_channel AND g.at > now_ms - window_ms;
    permits := greatest(0, allowed - spent);
    next_in_ms := oldest + window_ms - now_ms;
  END IF;
END $$;

-- Our own permits are counted into the window that the channel tells of from two seconds before its beginning on: it tells
-- whole seconds, and an answer is some time old when it is reported.
CREATE FUNCTION report_pace(
  of_channel text, allowed integer, window_ms bigint, pause_ms bigint,
  told_count integer, told_allowed integer, told_reset_ms bigint, clock_offset_ms bigint)
RETURNS void LANGUAGE plpgsql AS $$
DECLARE
  now_ms bigint;
  ours integer;
  theirs integer := greatest(0, told_allowed - told_count);
  window_start bigint;
BEGIN
  PERFORM lock_pace(of_channel);
  now_ms := store_now(clock_offset_ms);
  IF pause_ms IS NOT NULL THEN
    UPDATE paces SET paused_until = greatest(paused_until, now_ms + pause_ms) WHERE channel = of_channel;
  END IF;
  IF allowed IS NOT NULL AND told_count IS NOT NULL THEN
    window_start := now_ms - window_ms + least(told_reset_ms, window_ms);
    SELECT allowed - coalesce(sum(g.permits), 0) INTO ours
    FROM pace_grants g WHERE g.channel = of_channel AND g.at > window_start - 2000;
    IF theirs < ours THEN
      INSERT INTO pace_grants (channel, at, permits) VALUES (of_channel, window_start, ours - theirs);
    END IF;
  END IF;
END $$;

CREATE TYPE lane_head AS (contact_id text, seq bigint, status text, has_expired boolean);

-- The message that each lane is at, in the order of the lanes; its seq is null where nothing is ready.
CREATE FUNCTION pick_heads(contact_ids text[], now_ms bigint) RETURNS lane_head[] LANGUAGE plpgsql AS $$
BEGIN
  RETURN ARRAY(
    SELECT ROW(u.contact_id, d.seq, d.status,
      d.status IN ('queued', 'retry_wait') AND d.expires_at <= now_ms)::lane_head
    FROM unnest(contact_ids) WITH ORDINALITY AS u(contact_id, place)
      JOIN lanes l ON l.contact_id = u.contact_id
      LEFT JOIN deliveries d ON d.seq = coalesce(l.head_seq, (
        SELECT first.seq FROM (
          (SELECT w.seq, w.position FROM deliveries w
           WHERE w.contact_id = u.contact_id AND w.status = 'queued' AND w.send_at IS NULL
           ORDER BY w.position LIMIT 1)
          UNION ALL
          (SELECT w.seq, w.position FROM deliveries w
           WHERE w.contact_id = u.contact_id AND w.status = 'queued' AND w.send_at <= now_ms
           ORDER BY w.position LIMIT 1)) AS first
        ORDER BY first.position LIMIT 1))
    ORDER BY u.place);
END $$;

-- Picks the heads of locked lanes and expires those whose time has run out, at most so many of a lane in one go.
CREATE FUNCTION pick_live_heads(contact_ids text[], now_ms bigint) RETURNS lane_head[] LANGUAGE plpgsql AS $$
DECLARE
  live lane_head[] := '{}';
  picked lane_head[];
  rest text[] := contact_ids;
BEGIN
  FOR round IN 1..100 LOOP
    picked := pick_heads(rest, now_ms);
    live := live || ARRAY(SELECT h FROM unnest(picked) AS h WHERE h.has_expired IS NOT TRUE);
    rest := ARRAY(SELECT h.contact_id FROM unnest(picked) AS h WHERE h.has_expired);
    EXIT WHEN cardinality(rest) = 0;
    PERFORM set_statuses(ARRAY(
      SELECT ROW(h.seq, 'expired', 'Its time had run out.', NULL)::status_change
      FROM unnest(picked) AS h WHERE h.has_expired), now_ms);
    UPDATE lanes SET head_seq = NULL WHERE contact_id = ANY (rest) AND head_seq IS NOT NULL;
  END LOOP;
  RETURN live;
END $$;

-- Begins what is to be done with each of these heads.
CREATE FUNCTION begin_work(heads lane_head[], lease_ms bigint, now_ms bigint) RETURNS void LANGUAGE plpgsql AS $$
BEGIN
  UPDATE lanes l SET head_seq = h.seq, epoch = l.epoch + 1, is_leased = true, due_at = now_ms + lease_ms,
    searches = l.searches + CASE WHEN h.status IN ('ambiguous', 'reconciling') THEN 1 ELSE 0 END
  FROM unnest(heads) AS h WHERE l.contact_id = h.contact_id;
  PERFORM set_statuses(ARRAY(
    SELECT ROW(h.seq, CASE h.status WHEN 'ambiguous' THEN 'reconciling' ELSE 'sending' END, NULL, NULL)::status_change
    FROM unnest(heads) AS h WHERE h.status IN ('queued', 'retry_wait', 'ambiguous')), now_ms);
  INSERT INTO attempts (message_seq, number, started_at)
  SELECT h.seq, 1 + coalesce((SELECT max(a.number) FROM attempts a WHERE a.message_seq = h.seq), 0), now_ms
  FROM unnest(heads) AS h WHERE h.status IN ('queued', 'retry_wait');
END $$;

CREATE TYPE claimed_lane AS (
  work text, epoch bigint, attempt integer, searches integer, ambiguous_for_ms bigint,
  contact_id text, conversation_id text, state text, channel text, address text, display_name text, attributes text,
  chat_token text, contact_created_at bigint, updated_at bigint, last_inbound_at bigint, closed_at bigint,
  id text, content text, metadata text, created_at bigint, status text, reason text, mode text, send_at bigint,
  expires_at bigint, channel_message_id text);

-- All that a worker needs to know of lanes that it has claimed.
CREATE FUNCTION claimed_lanes(heads lane_head[], now_ms bigint) RETURNS SETOF claimed_lane LANGUAGE plpgsql AS $$
BEGIN
  RETURN QUERY
  SELECT CASE WHEN h.status = 'sending' THEN 'recover' WHEN d.status = 'reconciling' THEN 'search' ELSE 'send' END,
    l.epoch, coalesce((SELECT max(a.number) FROM attempts a WHERE a.message_seq = h.seq), 0), l.searches,
    coalesce(now_ms - l.ambiguous_since, 0),
    c.id, c.conversation_id, c.state, c.channel, c.address, c.display_name, c.attributes, c.chat_token, c.created_at,
    c.updated_at, c.last_inbound_at, c.closed_at,
    m.id, m.content, m.metadata, m.created_at, d.status, d.reason, d.mode, d.send_at, d.expires_at, d.channel_message_id
  FROM unnest(heads) WITH ORDINALITY AS h(contact_id, seq, status, has_expired, place)
    JOIN lanes l ON l.contact_id = h.contact_id
    JOIN contacts c ON c.id = h.contact_id
    JOIN messages m ON m.seq = h.seq
    JOIN deliveries d ON d.seq = h.seq
  ORDER BY h.place;
END $$;

CREATE FUNCTION next_lane_due(of_channel text) RETURNS bigint LANGUAGE plpgsql AS $$
BEGIN
  RETURN (SELECT l.due_at FROM lanes l WHERE l.channel = of_channel AND l.due_at IS NOT NULL ORDER BY l.due_at LIMIT 1);
END $$;

-- Claims lanes that are due. Each row tells when there may be more; where nothing was claimed there is one, without a lane.
CREATE FUNCTION claim_lanes(
  of_channel text, max_lanes integer, lease_ms bigint, allowed integer, window_ms bigint, clock_offset_ms bigint)
RETURNS TABLE (next_in_ms bigint, lane claimed_lane) LANGUAGE plpgsql AS $$
DECLARE
  now_ms bigint;
  left_over record;
  due text[];
  heads lane_head[] := '{}';
  next_due bigint;
BEGIN
  IF allowed IS NOT NULL THEN
    PERFORM lock_pace(of_channel);
  END IF;
  now_ms := store_now(clock_offset_ms);
  SELECT * INTO left_over FROM permits_left(of_channel, allowed, window_ms, now_ms);
  IF left_over.permits = 0 THEN
    RETURN QUERY SELECT CASE WHEN next_lane_due(of_channel) IS NOT NULL THEN left_over.next_in_ms END, NULL::claimed_lane;
    RETURN;
  END IF;
  due := ARRAY(
    SELECT l.contact_id FROM lanes l WHERE l.channel = of_channel AND l.due_at <= now_ms
    ORDER BY l.due_at LIMIT least(max_lanes, left_over.permits) FOR UPDATE SKIP LOCKED);
  IF cardinality(due) > 0 THEN
    PERFORM announce_events();
    heads := pick_live_heads(due, now_ms);
    due := ARRAY(SELECT h.contact_id FROM unnest(heads) AS h WHERE h.seq IS NULL);
    PERFORM go_on(due, array_fill(0::bigint, ARRAY[cardinality(due)]), now_ms);
    heads := ARRAY(SELECT h FROM unnest(heads) AS h WHERE h.seq IS NOT NULL);
    PERFORM begin_work(heads, lease_ms, now_ms);
    IF allowed IS NOT NULL THEN
      INSERT INTO pace_grants (channel, at, permits)
      SELECT of_channel, now_ms, count(*) FROM unnest(heads) AS h WHERE h.status <> 'sending' HAVING count(*) > 0;
    END IF;
  END IF;
  next_due := next_lane_due(of_channel);
  RETURN QUERY SELECT CASE WHEN next_due IS NOT NULL THEN greatest(next_due - now_ms, 0) END, c
    FROM (SELECT) AS always LEFT JOIN claimed_lanes(heads, now_ms) AS c ON true;
END $$;

CREATE TYPE settled_lane AS (
  n integer, contact_id text, seq bigint, is_search boolean, status text, reason text, channel_message_id text,
  after_ms bigint, outcome text, outcome_reason text);

-- Takes reports of work on lanes, and returns the places in the batch of those that were taken. A lane that was claimed
-- by somebody else in the meantime has another epoch.
CREATE FUNCTION settle_lanes(batch json, clock_offset_ms bigint) RETURNS SETOF integer LANGUAGE plpgsql AS $$
DECLARE
  now_ms bigint;
  taken settled_lane[];
BEGIN
  PERFORM lock_lanes(ARRAY(SELECT DISTINCT r.contact_id FROM json_to_recordset(batch) AS r(contact_id text)));
  now_ms := store_now(clock_offset_ms);
  taken := ARRAY(
    SELECT DISTINCT ON (r.contact_id) ROW(r.n, r.contact_id, l.head_seq, r.is_search, r.status, r.reason,
      r.channel_message_id, r.after_ms, r.outcome, r.outcome_reason)::settled_lane
    FROM json_to_recordset(batch) AS r(
        n integer, contact_id text, epoch bigint, is_search boolean, status text, reason text, channel_message_id text,
        after_ms bigint, outcome text, outcome_reason text)
      JOIN lanes l ON l.contact_id = r.contact_id AND l.epoch = r.epoch AND l.is_leased
    ORDER BY r.contact_id, r.n);
  IF cardinality(taken) = 0 THEN
    RETURN;
  END IF;
  PERFORM announce_events();
  PERFORM set_statuses(ARRAY(
    SELECT ROW(t.seq, t.status, t.reason, t.channel_message_id)::status_change FROM unnest(taken) AS t), now_ms);
  UPDATE attempts a SET ended_at = now_ms, outcome = t.outcome, reason = t.outcome_reason,
    next_at = CASE WHEN t.status IN ('retry_wait', 'ambiguous') THEN now_ms + t.after_ms END
  FROM unnest(taken) AS t WHERE a.message_seq = t.seq AND a.ended_at IS NULL AND NOT t.is_search;
  PERFORM release_lanes(taken, now_ms);
  RETURN QUERY SELECT t.n FROM unnest(taken) AS t;
END $$;

-- A lane whose message waits stays with it; the others go on.
CREATE FUNCTION release_lanes(taken settled_lane[], now_ms bigint) RETURNS void LANGUAGE plpgsql AS $$
BEGIN
  UPDATE lanes l SET is_leased = false, due_at = now_ms + t.after_ms,
    searches = CASE WHEN t.status = 'ambiguous' THEN l.searches ELSE 0 END,
    ambiguous_since = CASE WHEN t.status = 'ambiguous' THEN coalesce(l.ambiguous_since, now_ms) END
  FROM unnest(taken) AS t WHERE l.contact_id = t.contact_id AND t.status IN ('retry_wait', 'ambiguous');
  PERFORM go_on(array_agg(t.contact_id), array_agg(coalesce(t.after_ms, 0)), now_ms)
  FROM unnest(taken) AS t WHERE t.status NOT IN ('retry_wait', 'ambiguous') HAVING count(*) > 0;
END $$;
