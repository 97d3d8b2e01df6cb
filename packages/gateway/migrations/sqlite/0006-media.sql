-- What customers sent from their page: the bytes of a picture, beside its message and for as long.
CREATE TABLE message_media (
  message_seq INTEGER PRIMARY KEY REFERENCES messages (seq) ON DELETE CASCADE,
  bytes       BLOB NOT NULL
) STRICT;
