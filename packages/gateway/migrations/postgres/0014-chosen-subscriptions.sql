-- A worker may claim of one subscription alone, or of all but one.
-- How long until a lane of the chosen ones is due or a pause is over.
CREATE FUNCTION next_notification_in_ms(now_ms bigint, only_id text, except_id text) RETURNS bigint LANGUAGE plpgsql AS $$
BEGIN
  RETURN (
    SELECT min(CASE WHEN s.paused_until > now_ms THEN s.paused_until ELSE (
      SELECT l.due_at FROM subscription_lanes l WHERE l.subscription_id = s.id AND l.due_at > now_ms
      ORDER BY l.due_at LIMIT 1) END) - now_ms
    FROM subscriptions s WHERE s.state = 'active'
      AND (only_id IS NULL OR s.id = only_id) AND (except_id IS NULL OR s.id <> except_id));
END $$;

CREATE FUNCTION claim_notifications(
  max_total integer, max_each integer, lease_ms bigint, clock_offset_ms bigint, only_id text, except_id text)
RETURNS TABLE (next_in_ms bigint, subscription_id text, event_id bigint, epoch bigint, attempt integer)
LANGUAGE plpgsql AS $$
#variable_conflict use_column
DECLARE
  now_ms bigint := store_now(clock_offset_ms);
  settled bigint := settled_event();
  has_more boolean := false;
  room integer := max_total;
  s subscriptions;
  claims json[] := '{}';
  claimed json[];
BEGIN
  FOR s IN SELECT * FROM subscriptions WHERE state = 'active' AND paused_until <= now_ms
      AND (only_id IS NULL OR id = only_id) AND (except_id IS NULL OR id <> except_id) ORDER BY seq
    FOR UPDATE SKIP LOCKED
  LOOP
    has_more := spread_events(s, settled, now_ms) OR has_more;
    SELECT * INTO s FROM subscriptions WHERE id = s.id;
    claimed := ARRAY(
      SELECT json_build_object('subscription_id', s.id, 'event_id', c.event_id, 'epoch', c.epoch, 'attempt', c.attempt)
      FROM claim_lanes_of(s, least(room, max_each - (
        SELECT count(*)::integer FROM subscription_lanes l
        WHERE l.subscription_id = s.id AND l.is_claimed AND l.due_at > now_ms)), lease_ms, now_ms) AS c);
    claims := claims || claimed;
    room := room - cardinality(claimed);
    EXIT WHEN room <= 0;
  END LOOP;
  RETURN QUERY
  SELECT CASE WHEN has_more THEN 0 ELSE next_notification_in_ms(now_ms, only_id, except_id) END, c.*
  FROM (SELECT) AS always LEFT JOIN json_to_recordset(array_to_json(claims)) AS c(
    subscription_id text, event_id bigint, epoch bigint, attempt integer) ON true;
END $$;

SELECT plan_by_index('claim_notifications(integer, integer, bigint, bigint, text, text)');

-- For gateways of the version before, whose workers claim of all.
CREATE OR REPLACE FUNCTION claim_notifications(
  max_total integer, max_each integer, lease_ms bigint, clock_offset_ms bigint)
RETURNS TABLE (next_in_ms bigint, subscription_id text, event_id bigint, epoch bigint, attempt integer)
LANGUAGE sql AS $$
  SELECT * FROM claim_notifications(max_total, max_each, lease_ms, clock_offset_ms, NULL, NULL);
$$;
