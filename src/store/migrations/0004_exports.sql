-- What left the dataset: the paper trail of exports. No part of anybody's work, so the journal does not
-- keep it and no undo takes it back.
CREATE TABLE export (
  id         INTEGER PRIMARY KEY AUTOINCREMENT,
  uuid       BLOB NOT NULL UNIQUE CHECK (length(uuid) = 16),
  at         INTEGER NOT NULL,
  annotator  TEXT NOT NULL,
  -- where to, as it was said
  target     TEXT NOT NULL,
  -- the last action of the journal that it saw
  action_id  INTEGER NOT NULL,
  -- JSON: the plan, the numbers of the report, the files with their hashes
  plan       TEXT NOT NULL,
  counts     TEXT NOT NULL,
  files      TEXT NOT NULL
) STRICT;
