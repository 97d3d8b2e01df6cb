CREATE TABLE subscriptions (
  seq             INTEGER PRIMARY KEY AUTOINCREMENT,
  id              TEXT NOT NULL UNIQUE,
  url             TEXT NOT NULL,
  -- A JSON list of the types of event.
  events          TEXT NOT NULL,
  -- A JSON list of signing secrets, newest first; kept as they are, since signing needs them.
  secrets         TEXT NOT NULL,
  state           TEXT NOT NULL CHECK (state IN ('active', 'ended')),
  ended_reason    TEXT,
  created_at      INTEGER NOT NULL,
  -- Lanes were made of the events up to this place.
  spread_to       INTEGER NOT NULL,
  paused_until    INTEGER NOT NULL DEFAULT 0,
  -- The epoch of the last claim: they never repeat, also where a lane has come and gone.
  epochs          INTEGER NOT NULL DEFAULT 0,
  last_attempt_at INTEGER,
  last_status     INTEGER,
  last_reason     TEXT
) STRICT;

-- How far a subscription has been told of one contact; there while something waits.
CREATE TABLE subscription_lanes (
  subscription_id TEXT NOT NULL REFERENCES subscriptions (id) ON DELETE CASCADE,
  contact_seq     INTEGER NOT NULL,
  -- Nothing before this place in the event log is told.
  next_event_id   INTEGER NOT NULL,
  -- What lies behind the first place and up to the second was told before a replay, and is passed by.
  skip_after      INTEGER,
  skip_until      INTEGER,
  -- While the lane is claimed: when the lease runs out.
  due_at          INTEGER NOT NULL,
  is_claimed      INTEGER NOT NULL DEFAULT 0,
  epoch           INTEGER NOT NULL DEFAULT 0,
  attempts        INTEGER NOT NULL DEFAULT 0,
  failing_since   INTEGER,
  PRIMARY KEY (subscription_id, contact_seq)
) STRICT, WITHOUT ROWID;
CREATE INDEX subscription_lanes_by_due ON subscription_lanes (subscription_id, due_at, next_event_id);
CREATE INDEX subscription_lanes_claimed ON subscription_lanes (subscription_id, due_at) WHERE is_claimed = 1;
CREATE INDEX subscription_lanes_failing ON subscription_lanes (subscription_id, failing_since)
  WHERE failing_since IS NOT NULL;

CREATE TABLE passed_over_events (
  seq             INTEGER PRIMARY KEY AUTOINCREMENT,
  subscription_id TEXT NOT NULL REFERENCES subscriptions (id) ON DELETE CASCADE,
  event_id        INTEGER NOT NULL,
  contact_id      TEXT NOT NULL,
  at              INTEGER NOT NULL,
  attempts        INTEGER NOT NULL,
  reason          TEXT NOT NULL
) STRICT;
CREATE INDEX passed_over_events_by_subscription ON passed_over_events (subscription_id, seq);
