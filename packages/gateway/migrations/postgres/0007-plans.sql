-- How the functions that are called from outside are planned. Their tables are empty at first and grow within minutes, so
-- statistics are wrong when it matters: every one of their statements goes by an index, from the rows that it is given.
DO $$
DECLARE
  called regprocedure;
BEGIN
  FOR called IN
    SELECT oid::regprocedure FROM pg_proc
    WHERE pronamespace = 'quickcard'::regnamespace AND proname IN (
      'accept_messages', 'accept_inbound', 'insert_contact', 'update_contact', 'delete_contact',
      'record_receipts', 'record_applied', 'cancel_message', 'retry_message', 'drop_message', 'remove_finished',
      'claim_lanes', 'settle_lanes', 'report_pace', 'next_events', 'last_settled_event',
      'insert_subscription', 'delete_subscription', 'claim_notifications', 'settle_notification')
  LOOP
    EXECUTE format('ALTER FUNCTION %s SET search_path = quickcard, pg_temp', called);
    EXECUTE format('ALTER FUNCTION %s SET plan_cache_mode = force_generic_plan', called);
    EXECUTE format('ALTER FUNCTION %s SET enable_seqscan = off', called);
    EXECUTE format('ALTER FUNCTION %s SET enable_bitmapscan = off', called);
    EXECUTE format('ALTER FUNCTION %s SET enable_hashjoin = off', called);
    EXECUTE format('ALTER FUNCTION %s SET enable_mergejoin = off', called);
    EXECUTE format('ALTER FUNCTION %s SET jit = off', called);
  END LOOP;
END $$;
