-- Who sends a dead letter again wants those parts of it sent that failed.
CREATE OR REPLACE FUNCTION retry_message(message_id text, new_end bigint, clock_offset_ms bigint) RETURNS boolean
LANGUAGE plpgsql AS $$
DECLARE
  d deliveries := lock_message(message_id);
  now_ms bigint := store_now(clock_offset_ms);
BEGIN
  IF d.status IS NULL OR d.status NOT IN ('failed', 'unknown', 'expired') THEN
    RETURN false;
  END IF;
  DELETE FROM message_parts p WHERE p.message_seq = d.seq AND p.status = 'failed';
  UPDATE deliveries SET send_at = NULL, finished_at = NULL, expires_at = new_end, position = nextval('messages_seq_seq')
  WHERE seq = d.seq;
  PERFORM set_statuses(ARRAY[ROW(d.seq, 'queued', NULL, NULL)::status_change], now_ms);
  UPDATE lanes SET due_at = least(due_at, greatest(now_ms, rests_until))
  WHERE contact_id = d.contact_id AND head_seq IS NULL AND NOT is_leased;
  RETURN true;
END $$;

SELECT plan_by_index('retry_message(text, bigint, bigint)');
