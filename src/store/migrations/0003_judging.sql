-- What ranking by several and review need: what is said beside an order, hidden repeats, reviews,
-- samples for review, leases; and, derived, what came of the rankings of each example.

-- what it stands for; none: an annotator's own judgement
ALTER TABLE ranking ADD COLUMN standing TEXT CHECK (standing IN ('final', 'gold'));
-- why it can't be judged; then nothing is placed
ALTER TABLE ranking ADD COLUMN cannot TEXT;
ALTER TABLE ranking ADD COLUMN strength INTEGER CHECK (strength BETWEEN 1 AND 4);
-- a number from 0.5 to 1, as text: so it is the very same number again after it was undone and redone
ALTER TABLE ranking ADD COLUMN certainty TEXT;
-- a JSON list of words
ALTER TABLE ranking ADD COLUMN reasons TEXT;
ALTER TABLE ranking ADD COLUMN millis INTEGER CHECK (millis >= 0);
-- One ranking of an example decides, where one does.
CREATE UNIQUE INDEX one_deciding_ranking ON ranking(example_id) WHERE standing NOT NULL;
CREATE INDEX gold_ranking ON ranking(example_id) WHERE standing = 'gold';

CREATE TABLE rating (
  ranking_id   INTEGER NOT NULL,
  response_id  INTEGER NOT NULL,
  example_id   INTEGER NOT NULL,
  criterion    TEXT NOT NULL,
  value        INTEGER NOT NULL CHECK (value >= 1),
  PRIMARY KEY (ranking_id, response_id, criterion),
  FOREIGN KEY (ranking_id, example_id) REFERENCES ranking(id, example_id),
  FOREIGN KEY (response_id, example_id) REFERENCES response(id, example_id)
) STRICT, WITHOUT ROWID;
CREATE INDEX rating_of_response ON rating(response_id);

-- A second ranking by the same annotator, for measuring only. The order as JSON: lists of ids.
CREATE TABLE repeat (
  id            INTEGER PRIMARY KEY AUTOINCREMENT,
  uuid          BLOB NOT NULL UNIQUE CHECK (length(uuid) = 16),
  example_id    INTEGER NOT NULL REFERENCES example(id),
  annotator_id  INTEGER NOT NULL REFERENCES annotator(id),
  tiers         TEXT NOT NULL,
  bad           TEXT NOT NULL,
  presented     TEXT NOT NULL,
  cannot        TEXT,
  millis        INTEGER CHECK (millis >= 0),
  at            INTEGER NOT NULL
) STRICT;
CREATE INDEX repeat_of_example ON repeat(example_id);
CREATE INDEX repeat_by_annotator ON repeat(annotator_id, example_id);

CREATE TABLE review (
  id            INTEGER PRIMARY KEY AUTOINCREMENT,
  uuid          BLOB NOT NULL UNIQUE CHECK (length(uuid) = 16),
  example_id    INTEGER NOT NULL REFERENCES example(id),
  annotator_id  INTEGER NOT NULL REFERENCES annotator(id),
  verdict       TEXT NOT NULL CHECK (verdict IN ('approved', 'edited', 'overruled', 'returned')),
  reason        TEXT NOT NULL,
  note          TEXT NOT NULL,
  at            INTEGER NOT NULL,
  UNIQUE (id, example_id)
) STRICT;
CREATE INDEX review_of_example ON review(example_id);
CREATE INDEX review_by_annotator ON review(annotator_id, example_id);

-- To whom work was sent back, and whether they have looked after it since.
CREATE TABLE sent_back (
  review_id     INTEGER NOT NULL,
  example_id    INTEGER NOT NULL,
  annotator_id  INTEGER NOT NULL REFERENCES annotator(id),
  done          INTEGER NOT NULL CHECK (done IN (0, 1)),
  PRIMARY KEY (review_id, annotator_id),
  FOREIGN KEY (review_id, example_id) REFERENCES review(id, example_id)
) STRICT, WITHOUT ROWID;
CREATE INDEX sent_back_to ON sent_back(annotator_id, example_id) WHERE done = 0;
CREATE INDEX sent_back_of_example ON sent_back(example_id);

-- What waits for a review.
CREATE INDEX example_submitted ON example(id) WHERE status = 'submitted';

-- Examples drawn for review, and the plan (JSON) that says how many are enough.
CREATE TABLE sample (
  id            INTEGER PRIMARY KEY AUTOINCREMENT,
  uuid          BLOB NOT NULL UNIQUE CHECK (length(uuid) = 16),
  name          TEXT NOT NULL UNIQUE,
  plan          TEXT NOT NULL,
  -- how many examples it was drawn from
  population    INTEGER NOT NULL CHECK (population >= 0),
  annotator_id  INTEGER NOT NULL REFERENCES annotator(id),
  at            INTEGER NOT NULL
) STRICT;
CREATE TABLE sampled (
  sample_id   INTEGER NOT NULL REFERENCES sample(id),
  example_id  INTEGER NOT NULL REFERENCES example(id),
  -- the order in which they are reviewed, from 1
  place       INTEGER NOT NULL CHECK (place >= 1),
  PRIMARY KEY (sample_id, place),
  UNIQUE (sample_id, example_id)
) STRICT, WITHOUT ROWID;
CREATE INDEX sampled_example ON sampled(example_id);

-- Who works on what right now, so that nobody else is handed it. Not a domain table. `until` is a
-- moment in milliseconds: after it, whoever comes is handed the example.
CREATE TABLE lease (
  example_id  INTEGER PRIMARY KEY,
  holder      BLOB NOT NULL CHECK (length(holder) = 16),
  annotator   TEXT NOT NULL,
  -- the process, as src/dataset/process.rs describes it: what a crash leaves is free at once
  process     TEXT NOT NULL,
  until       INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX lease_of_holder ON lease(holder);

-- Derived: what came of the rankings of an example (src/example/consensus.rs). An example without a
-- row has no ranking. `agreement` is null where fewer than two people judged.
CREATE TABLE outcome (
  example_id  INTEGER PRIMARY KEY,
  state       TEXT NOT NULL,
  agreement   REAL,
  strength    REAL NOT NULL,
  judgements  INTEGER NOT NULL,
  -- whether what most say leads round in a circle: a over b, b over c, c over a
  circular    INTEGER NOT NULL CHECK (circular IN (0, 1))
) STRICT;
CREATE INDEX outcome_in_a_circle ON outcome(example_id) WHERE circular = 1;
CREATE INDEX outcome_by_agreement ON outcome(agreement, example_id);
CREATE INDEX outcome_by_state ON outcome(state, example_id);
-- Examples whose outcome is out of date.
CREATE TABLE outcome_pending (
  example_id  INTEGER PRIMARY KEY
) STRICT;
INSERT INTO outcome_pending SELECT DISTINCT example_id FROM ranking;
CREATE TABLE outcome_count (
  state  TEXT PRIMARY KEY,
  n      INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
