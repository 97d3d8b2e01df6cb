-- How a function that is called from outside is planned, as in 0007: every one of its statements goes by an index.
CREATE FUNCTION plan_by_index(called regprocedure) RETURNS void LANGUAGE plpgsql AS $$
DECLARE
  setting text;
BEGIN
  FOREACH setting IN ARRAY ARRAY[
    'search_path = quickcard, pg_temp', 'plan_cache_mode = force_generic_plan', 'enable_seqscan = off',
    'enable_bitmapscan = off', 'enable_hashjoin = off', 'enable_mergejoin = off', 'jit = off']
  LOOP
    EXECUTE format('ALTER FUNCTION %s SET %s', called, setting);
  END LOOP;
END $$;

-- A permit counts from when its claim set out, and a claim may be a while on its way, on a slow disk above all: its request then
-- goes out late, beside those of the next window. So a grant that reached its worker late counts from then.
CREATE FUNCTION postpone_grant(
  of_channel text, granted_to text, attempt integer, tolerance_ms bigint, clock_offset_ms bigint)
RETURNS void LANGUAGE plpgsql AS $$
DECLARE
  now_ms bigint := store_now(clock_offset_ms);
BEGIN
  UPDATE pace_grants g SET at = now_ms
  FROM messages m JOIN attempts a ON a.message_seq = m.seq AND a.number = attempt
  WHERE m.id = granted_to AND g.channel = of_channel AND g.at = a.started_at AND g.at < now_ms - tolerance_ms;
END $$;

SELECT plan_by_index('postpone_grant(text, text, integer, bigint, bigint)');
