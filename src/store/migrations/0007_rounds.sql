-- What evaluations of a model gave, kept by name: rounds, and how each of their tests came out.

CREATE TABLE round (
  id      INTEGER PRIMARY KEY AUTOINCREMENT,
  uuid    BLOB NOT NULL UNIQUE CHECK (length(uuid) = 16),
  name    TEXT NOT NULL UNIQUE,
  -- whose answers were tested; null where nobody said
  model   TEXT,
  -- the file that it came from, as it was named
  source  TEXT NOT NULL,
  at      INTEGER NOT NULL
) STRICT;

CREATE TABLE result (
  round_id    INTEGER NOT NULL REFERENCES round(id),
  -- the line of the file, from 1
  place       INTEGER NOT NULL CHECK (place >= 1),
  -- what was asked: an example, or the text of a prompt that none has
  example_id  INTEGER REFERENCES example(id),
  prompt      TEXT,
  passed      INTEGER NOT NULL CHECK (passed IN (0, 1)),
  -- a number, as text: so it is the very same number again after it was undone and redone
  score       TEXT,
  answer      TEXT,
  -- a JSON list of tags besides those of the example
  tags        TEXT NOT NULL,
  PRIMARY KEY (round_id, place),
  CHECK ((example_id IS NULL) <> (prompt IS NULL))
) STRICT, WITHOUT ROWID;
-- Of each example one result a round.
CREATE UNIQUE INDEX result_of_example ON result(example_id, round_id) WHERE example_id NOT NULL;
