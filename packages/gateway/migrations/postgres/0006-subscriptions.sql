CREATE TABLE subscriptions (
  seq             bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  id              text COLLATE "C" NOT NULL UNIQUE,
  url             text NOT NULL,
  -- The types of event.
  events          text[] NOT NULL,
  -- A JSON list of signing secrets, newest first; kept as they are, since signing needs them.
  secrets         text NOT NULL,
  state           text NOT NULL CHECK (state IN ('active', 'ended')),
  ended_reason    text,
  created_at      bigint NOT NULL,
  -- Lanes were made of the events up to this place.
  spread_to       bigint NOT NULL,
  paused_until    bigint NOT NULL DEFAULT 0,
  -- The epoch of the last claim: they never repeat, also where a lane has come and gone.
  epochs          bigint NOT NULL DEFAULT 0,
  last_attempt_at bigint,
  last_status     integer,
  last_reason     text
) WITH (fillfactor = 50);

-- How far a subscription has been told of one contact; there while something waits. Whoever changes one holds its
-- subscription's row.
CREATE TABLE subscription_lanes (
  subscription_id text COLLATE "C" NOT NULL,
  contact_id      text COLLATE "C" NOT NULL,
  -- Nothing before this place in the event log is told.
  next_event_id   bigint NOT NULL,
  -- What lies behind the first place and up to the second was told before a replay, and is passed by.
  skip_after      bigint,
  skip_until      bigint,
  -- While the lane is claimed: when the lease runs out.
  due_at          bigint NOT NULL,
  is_claimed      boolean NOT NULL DEFAULT false,
  epoch           bigint NOT NULL DEFAULT 0,
  attempts        integer NOT NULL DEFAULT 0,
  failing_since   bigint,
  PRIMARY KEY (subscription_id, contact_id)
);
CREATE INDEX subscription_lanes_by_due ON subscription_lanes (subscription_id, due_at, next_event_id);
CREATE INDEX subscription_lanes_claimed ON subscription_lanes (subscription_id, due_at) WHERE is_claimed;
CREATE INDEX subscription_lanes_failing ON subscription_lanes (subscription_id, failing_since)
  WHERE failing_since IS NOT NULL;

CREATE TABLE passed_over_events (
  seq             bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  subscription_id text COLLATE "C" NOT NULL,
  event_id        bigint NOT NULL,
  contact_id      text NOT NULL,
  at              bigint NOT NULL,
  attempts        integer NOT NULL,
  reason          text NOT NULL
);
CREATE INDEX passed_over_events_by_subscription ON passed_over_events (subscription_id, seq);

CREATE FUNCTION insert_subscription(made json, max_subscriptions integer) RETURNS boolean LANGUAGE plpgsql AS $$
BEGIN
  LOCK TABLE subscriptions IN SHARE ROW EXCLUSIVE MODE;
  INSERT INTO subscriptions (id, url, events, secrets, state, ended_reason, created_at, spread_to)
  SELECT r.*, settled_event()
  FROM json_to_record(made) AS r(
    id text, url text, events text[], secrets text, state text, ended_reason text, created_at bigint)
  WHERE (SELECT count(*) FROM subscriptions) < max_subscriptions;
  RETURN FOUND;
END $$;

CREATE FUNCTION delete_subscription(of_id text) RETURNS boolean LANGUAGE plpgsql AS $$
BEGIN
  DELETE FROM subscriptions WHERE id = of_id;
  IF NOT FOUND THEN
    RETURN false;
  END IF;
  DELETE FROM subscription_lanes WHERE subscription_id = of_id;
  DELETE FROM passed_over_events WHERE subscription_id = of_id;
  RETURN true;
END $$;

-- The first event that waits in a lane.
CREATE FUNCTION first_waiting(of_subscription text, of_contact text) RETURNS bigint LANGUAGE plpgsql AS $$
BEGIN
  RETURN (
    SELECT e.id FROM subscription_lanes l JOIN subscriptions s ON s.id = l.subscription_id
      JOIN events e ON e.contact_id = l.contact_id AND e.id >= l.next_event_id AND e.id <= s.spread_to
        AND e.type = ANY (s.events) AND (l.skip_after IS NULL OR e.id <= l.skip_after OR e.id > l.skip_until)
    WHERE l.subscription_id = of_subscription AND l.contact_id = of_contact
    ORDER BY e.contact_id, e.id LIMIT 1);
END $$;

-- Makes lanes of new events, and says whether there are more. The caller holds the subscription.
CREATE FUNCTION spread_events(s subscriptions, settled bigint, now_ms bigint) RETURNS boolean LANGUAGE plpgsql AS $$
DECLARE
  batch constant integer := 1000;
  last_id bigint;
  counted integer;
BEGIN
  SELECT max(id), count(*) INTO last_id, counted
  FROM (SELECT id FROM events WHERE id > s.spread_to AND id <= settled ORDER BY id LIMIT batch) AS fresh;
  IF counted = 0 THEN
    RETURN false;
  END IF;
  INSERT INTO subscription_lanes (subscription_id, contact_id, next_event_id, due_at)
  SELECT s.id, e.contact_id, min(e.id), now_ms FROM events e
  WHERE e.id > s.spread_to AND e.id <= last_id AND e.type = ANY (s.events) GROUP BY e.contact_id
  ON CONFLICT (subscription_id, contact_id) DO NOTHING;
  UPDATE subscriptions SET spread_to = last_id WHERE id = s.id;
  RETURN counted = batch;
END $$;

-- Claims what is due of one subscription. The caller holds it.
CREATE FUNCTION claim_lanes_of(s subscriptions, max_lanes integer, lease_ms bigint, now_ms bigint)
RETURNS TABLE (contact_id text, event_id bigint, epoch bigint, attempt integer) LANGUAGE plpgsql AS $$
#variable_conflict use_column
DECLARE
  lane subscription_lanes;
BEGIN
  epoch := s.epochs;
  FOR lane IN SELECT * FROM subscription_lanes l WHERE l.subscription_id = s.id AND l.due_at <= now_ms
    ORDER BY l.due_at, l.next_event_id LIMIT max_lanes
  LOOP
    contact_id := lane.contact_id;
    event_id := first_waiting(s.id, lane.contact_id);
    IF event_id IS NULL THEN
      DELETE FROM subscription_lanes l WHERE l.subscription_id = s.id AND l.contact_id = lane.contact_id;
    ELSE
      epoch := claim_lanes_of.epoch + 1;
      attempt := lane.attempts + 1;
      UPDATE subscription_lanes l SET next_event_id = claim_lanes_of.event_id, due_at = now_ms + lease_ms,
        is_claimed = true, epoch = claim_lanes_of.epoch, attempts = claim_lanes_of.attempt
      WHERE l.subscription_id = s.id AND l.contact_id = lane.contact_id;
      RETURN NEXT;
    END IF;
  END LOOP;
  UPDATE subscriptions SET epochs = claim_lanes_of.epoch WHERE id = s.id AND epochs <> claim_lanes_of.epoch;
END $$;

-- Claims notifications. Each row tells when there may be more; where nothing was claimed there is one, without a claim.
CREATE FUNCTION claim_notifications(
  max_total integer, max_each integer, lease_ms bigint, clock_offset_ms bigint)
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
  FOR s IN SELECT * FROM subscriptions WHERE state = 'active' AND paused_until <= now_ms ORDER BY seq
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
  SELECT CASE WHEN has_more THEN 0 ELSE next_notification_in_ms(now_ms) END, c.*
  FROM (SELECT) AS always LEFT JOIN json_to_recordset(array_to_json(claims)) AS c(
    subscription_id text, event_id bigint, epoch bigint, attempt integer) ON true;
END $$;

-- How long until a lane is due or a pause is over.
CREATE FUNCTION next_notification_in_ms(now_ms bigint) RETURNS bigint LANGUAGE plpgsql AS $$
BEGIN
  RETURN (
    SELECT min(CASE WHEN s.paused_until > now_ms THEN s.paused_until ELSE (
      SELECT l.due_at FROM subscription_lanes l WHERE l.subscription_id = s.id AND l.due_at > now_ms
      ORDER BY l.due_at LIMIT 1) END) - now_ms
    FROM subscriptions s WHERE s.state = 'active');
END $$;

-- Takes a report of a notification. `result` is as the caller has it; false where the claim holds no more.
CREATE FUNCTION settle_notification(
  of_subscription text, of_contact text, of_event bigint, of_epoch bigint, of_attempt integer, result json,
  max_passed_over integer, clock_offset_ms bigint)
RETURNS boolean LANGUAGE plpgsql AS $$
DECLARE
  now_ms bigint;
  r record;
BEGIN
  PERFORM 1 FROM subscriptions WHERE id = of_subscription FOR UPDATE;
  now_ms := store_now(clock_offset_ms);
  SELECT * INTO r FROM json_to_record(result) AS x(
    kind text, status integer, reason text, "afterMs" bigint, "pauseMs" bigint);
  UPDATE subscription_lanes SET is_claimed = false, due_at = now_ms + coalesce(r."afterMs", 0),
    failing_since = CASE WHEN r.kind IN ('retry', 'ended') THEN coalesce(failing_since, now_ms) END,
    attempts = CASE WHEN r.kind IN ('retry', 'ended') THEN attempts ELSE 0 END,
    next_event_id = CASE WHEN r.kind IN ('taken', 'passed-over') AND next_event_id = of_event
      THEN of_event + 1 ELSE next_event_id END
  WHERE subscription_id = of_subscription AND contact_id = of_contact AND epoch = of_epoch AND is_claimed;
  IF NOT FOUND THEN
    RETURN false;
  END IF;
  UPDATE subscriptions SET last_attempt_at = now_ms, last_status = r.status, last_reason = r.reason,
    state = CASE WHEN r.kind = 'ended' THEN 'ended' ELSE state END,
    ended_reason = CASE WHEN r.kind = 'ended' THEN r.reason ELSE ended_reason END,
    paused_until = greatest(paused_until, now_ms + r."pauseMs")
  WHERE id = of_subscription;
  IF r.kind = 'passed-over' THEN
    INSERT INTO passed_over_events (subscription_id, event_id, contact_id, at, attempts, reason)
    VALUES (of_subscription, of_event, of_contact, now_ms, of_attempt, r.reason);
    DELETE FROM passed_over_events WHERE subscription_id = of_subscription AND seq <= (
      SELECT p.seq FROM passed_over_events p WHERE p.subscription_id = of_subscription
      ORDER BY p.seq DESC OFFSET max_passed_over LIMIT 1);
  END IF;
  IF r.kind IN ('taken', 'passed-over') AND first_waiting(of_subscription, of_contact) IS NULL THEN
    DELETE FROM subscription_lanes WHERE subscription_id = of_subscription AND contact_id = of_contact;
  END IF;
  RETURN true;
END $$;
