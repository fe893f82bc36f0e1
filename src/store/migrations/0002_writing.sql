-- What writing needs: what holds for the whole dataset, templates, where a variant came from, and
-- the sketches by which like prompts are found.

-- What holds for the whole dataset and is no facet, as JSON: the contract, the model that it is for.
CREATE TABLE setting (
  name   TEXT PRIMARY KEY,
  value  TEXT NOT NULL
) STRICT, WITHOUT ROWID;

-- What new examples are begun from: an example in its readable form.
CREATE TABLE template (
  name  TEXT PRIMARY KEY,
  page  TEXT NOT NULL
) STRICT, WITHOUT ROWID;

-- The example that this one is a variant of, by its id across copies. It may be gone, or be in
-- another copy only.
ALTER TABLE example ADD COLUMN origin BLOB CHECK (length(origin) = 16);

-- Derived: a sketch of each prompt (src/text/sketch.rs). `seq` grows with every sketch that is
-- written, so that a reader that has them in memory reads only what is new.
CREATE TABLE sketch (
  seq         INTEGER PRIMARY KEY AUTOINCREMENT,
  example_id  INTEGER NOT NULL UNIQUE,
  prompt      BLOB NOT NULL CHECK (length(prompt) = 32)
) STRICT;
-- Examples whose sketch is out of date or not made yet.
CREATE TABLE sketch_pending (
  example_id  INTEGER PRIMARY KEY
) STRICT;
INSERT INTO sketch_pending SELECT id FROM example;
