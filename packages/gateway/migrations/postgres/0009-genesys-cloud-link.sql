-- Where messages are in Genesys Cloud.
CREATE TABLE linked_messages (
  message_id     text COLLATE "C" PRIMARY KEY,
  contact_id     text COLLATE "C" NOT NULL,
  integration_id text NOT NULL,
  -- Genesys Cloud's id.
  remote_id      text NOT NULL,
  role           text NOT NULL CHECK (role IN ('origin', 'transcript')),
  part           integer NOT NULL,
  parts          integer NOT NULL,
  created_at     bigint NOT NULL
);
CREATE INDEX linked_messages_by_contact ON linked_messages (contact_id);
CREATE INDEX linked_messages_by_age ON linked_messages (created_at);

CREATE FUNCTION forget_linked_messages() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  DELETE FROM quickcard.linked_messages WHERE contact_id = old.id;
  RETURN NULL;
END $$;
CREATE TRIGGER linked_messages_go_with_contacts AFTER DELETE ON contacts
  FOR EACH ROW EXECUTE FUNCTION forget_linked_messages();

-- The conversation that Genesys Cloud has with each contact. It outlives the contact, so that it can be ended.
CREATE TABLE linked_conversations (
  contact_id     text COLLATE "C" PRIMARY KEY,
  integration_id text NOT NULL,
  remote_id      text NOT NULL,
  phase          text NOT NULL CHECK (phase IN ('open', 'ended')),
  -- When it is next to be looked at.
  due_at         bigint NOT NULL
) WITH (fillfactor = 70);
CREATE INDEX linked_conversations_due ON linked_conversations (due_at) WHERE phase = 'open';
