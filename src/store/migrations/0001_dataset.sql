-- The first schema of a dataset: the domain tables, the journal, the live counts, the search index.
--
-- Domain tables hold what people made; the journal and the counts follow them by triggers that
-- src/store/triggers.rs writes, so that every writer is seen. Integer ids are local to the file;
-- `uuid` is what other copies of the dataset know a row by. AUTOINCREMENT: the number of something
-- that was undone is not given to something else, so that it can be redone.

CREATE TABLE annotator (
  id    INTEGER PRIMARY KEY AUTOINCREMENT,
  uuid  BLOB NOT NULL UNIQUE CHECK (length(uuid) = 16),
  name  TEXT NOT NULL UNIQUE
) STRICT;

CREATE TABLE facet (
  id        INTEGER PRIMARY KEY AUTOINCREMENT,
  uuid      BLOB NOT NULL UNIQUE CHECK (length(uuid) = 16),
  name      TEXT NOT NULL UNIQUE,
  several   INTEGER NOT NULL CHECK (several IN (0, 1)),
  open      INTEGER NOT NULL CHECK (open IN (0, 1)),
  required  INTEGER NOT NULL CHECK (required IN (0, 1)),
  position  INTEGER NOT NULL,
  -- the parent key of tag(facet_id, several): it is what makes "one value for each single-valued
  -- facet and example" a constraint rather than a habit
  UNIQUE (id, several)
) STRICT;

CREATE TABLE facet_value (
  id        INTEGER PRIMARY KEY AUTOINCREMENT,
  uuid      BLOB NOT NULL UNIQUE CHECK (length(uuid) = 16),
  facet_id  INTEGER NOT NULL REFERENCES facet(id),
  name      TEXT NOT NULL,
  target    INTEGER CHECK (target >= 0),
  position  INTEGER NOT NULL,
  UNIQUE (facet_id, name),
  UNIQUE (id, facet_id)
) STRICT;

CREATE TABLE flag_kind (
  id        INTEGER PRIMARY KEY AUTOINCREMENT,
  uuid      BLOB NOT NULL UNIQUE CHECK (length(uuid) = 16),
  name      TEXT NOT NULL UNIQUE,
  about     TEXT NOT NULL,
  position  INTEGER NOT NULL
) STRICT;

-- What came in together, from one file.
CREATE TABLE import (
  id      INTEGER PRIMARY KEY AUTOINCREMENT,
  uuid    BLOB NOT NULL UNIQUE CHECK (length(uuid) = 16),
  source  TEXT NOT NULL,
  format  TEXT NOT NULL,
  at      INTEGER NOT NULL
) STRICT;

-- Narrow on purpose: filters, queues and lists read nothing else, however long the texts are.
CREATE TABLE example (
  id          INTEGER PRIMARY KEY AUTOINCREMENT,
  uuid        BLOB NOT NULL UNIQUE CHECK (length(uuid) = 16),
  kind        TEXT NOT NULL CHECK (kind IN ('sft', 'preference')),
  status      TEXT NOT NULL CHECK (status IN ('pending', 'draft', 'submitted', 'approved', 'discarded')),
  split       TEXT CHECK (split IN ('train', 'validation', 'test')),
  import_id   INTEGER REFERENCES import(id),
  created_at  INTEGER NOT NULL,
  -- derived by triggers: how many responses say something, and the estimated tokens of prompt and
  -- responses together
  answered    INTEGER NOT NULL DEFAULT 0,
  tokens      INTEGER NOT NULL DEFAULT 0
) STRICT;

-- What waits for an annotator, to rank or to write, in the order in which it came.
CREATE INDEX example_open ON example((answered >= 2), id) WHERE status IN ('pending', 'draft');

-- The wide part of an example.
CREATE TABLE prompt (
  example_id  INTEGER PRIMARY KEY REFERENCES example(id),
  messages    TEXT NOT NULL,
  tools       TEXT,
  metadata    TEXT,
  note        TEXT NOT NULL DEFAULT '',
  tokens      INTEGER NOT NULL
) STRICT;

CREATE TABLE response (
  id           INTEGER PRIMARY KEY AUTOINCREMENT,
  uuid         BLOB NOT NULL UNIQUE CHECK (length(uuid) = 16),
  example_id   INTEGER NOT NULL REFERENCES example(id),
  position     INTEGER NOT NULL,
  author       TEXT,
  author_kind  TEXT CHECK (author_kind IN ('person', 'model')),
  messages     TEXT NOT NULL,
  origin       BLOB CHECK (length(origin) = 16),
  metadata     TEXT,
  tokens       INTEGER NOT NULL,
  created_at   INTEGER NOT NULL,
  CHECK ((author IS NULL) = (author_kind IS NULL)),
  UNIQUE (id, example_id)
) STRICT;
CREATE INDEX response_of_example ON response(example_id);
CREATE INDEX response_by_author ON response(author, example_id) WHERE author IS NOT NULL;

CREATE TABLE tag (
  example_id  INTEGER NOT NULL REFERENCES example(id),
  facet_id    INTEGER NOT NULL,
  value_id    INTEGER NOT NULL,
  several     INTEGER NOT NULL,
  PRIMARY KEY (example_id, facet_id, value_id),
  FOREIGN KEY (facet_id, several) REFERENCES facet(id, several),
  FOREIGN KEY (value_id, facet_id) REFERENCES facet_value(id, facet_id)
) STRICT, WITHOUT ROWID;
CREATE UNIQUE INDEX one_value_of_single_facet ON tag(example_id, facet_id) WHERE several = 0;
CREATE INDEX tag_by_value ON tag(value_id, example_id);

CREATE TABLE flag (
  id           INTEGER PRIMARY KEY AUTOINCREMENT,
  uuid         BLOB NOT NULL UNIQUE CHECK (length(uuid) = 16),
  example_id   INTEGER NOT NULL REFERENCES example(id),
  response_id  INTEGER,
  kind_id      INTEGER NOT NULL REFERENCES flag_kind(id),
  note         TEXT NOT NULL,
  annotator_id INTEGER REFERENCES annotator(id),
  resolved     INTEGER NOT NULL CHECK (resolved IN (0, 1)),
  at           INTEGER NOT NULL,
  FOREIGN KEY (response_id, example_id) REFERENCES response(id, example_id)
) STRICT;
CREATE INDEX flag_of_example ON flag(example_id);
CREATE INDEX flag_by_kind ON flag(kind_id, resolved, example_id);

CREATE TABLE ranking (
  id            INTEGER PRIMARY KEY AUTOINCREMENT,
  uuid          BLOB NOT NULL UNIQUE CHECK (length(uuid) = 16),
  example_id    INTEGER NOT NULL REFERENCES example(id),
  annotator_id  INTEGER NOT NULL REFERENCES annotator(id),
  at            INTEGER NOT NULL,
  UNIQUE (example_id, annotator_id),
  UNIQUE (id, example_id)
) STRICT;
CREATE INDEX ranking_by_annotator ON ranking(annotator_id, example_id);

-- Where a ranking puts a response: tiers count from 1, the best; bad ones have tier 0; what was
-- shown but not placed has none. `shown` is the place on the screen, from 1.
CREATE TABLE placement (
  ranking_id   INTEGER NOT NULL,
  response_id  INTEGER NOT NULL,
  example_id   INTEGER NOT NULL,
  tier         INTEGER CHECK (tier >= 0),
  shown        INTEGER CHECK (shown >= 1),
  PRIMARY KEY (ranking_id, response_id),
  FOREIGN KEY (ranking_id, example_id) REFERENCES ranking(id, example_id),
  FOREIGN KEY (response_id, example_id) REFERENCES response(id, example_id)
) STRICT, WITHOUT ROWID;
CREATE INDEX placement_of_response ON placement(response_id);

-- What is being typed and belongs to no action yet. Not a domain table: the verb that ends a
-- stretch of writing takes its draft away.
CREATE TABLE draft (
  example_id  INTEGER NOT NULL,
  annotator   TEXT NOT NULL,
  field       TEXT NOT NULL,
  text        TEXT NOT NULL,
  at          INTEGER NOT NULL,
  PRIMARY KEY (example_id, annotator, field)
) STRICT, WITHOUT ROWID;

-- The journal -----------------------------------------------------------------------------------

CREATE TABLE action (
  id         INTEGER PRIMARY KEY,
  uuid       BLOB NOT NULL UNIQUE CHECK (length(uuid) = 16),
  at         INTEGER NOT NULL,
  annotator  TEXT NOT NULL,
  verb       TEXT NOT NULL,
  sentence   TEXT NOT NULL,
  -- what this action is: something new, or the undoing or redoing of the action `target`
  mode       TEXT NOT NULL CHECK (mode IN ('do', 'undo', 'redo')),
  target     INTEGER REFERENCES action(id),
  CHECK ((mode = 'do') = (target IS NULL))
) STRICT;
CREATE INDEX action_by_annotator ON action(annotator, mode, id);
CREATE INDEX action_by_time ON action(annotator, mode, at);
CREATE INDEX action_by_target ON action(target, id) WHERE target IS NOT NULL;

-- One changed row. `row` names it across copies; `before` and `after` are JSON objects of its
-- columns. `op` 'import' stands for all rows that an import made: they are in the domain tables,
-- or, once undone, in the 'delete' rows of the undoing.
CREATE TABLE change (
  id         INTEGER PRIMARY KEY,
  action_id  INTEGER REFERENCES action(id),
  tbl        TEXT NOT NULL,
  op         TEXT NOT NULL CHECK (op IN ('insert', 'update', 'delete', 'import')),
  row        TEXT NOT NULL,
  example    INTEGER,
  before     TEXT,
  after      TEXT
) STRICT;
CREATE INDEX change_of_action ON change(action_id, id);
CREATE INDEX change_of_import ON change(row) WHERE op = 'import';
CREATE INDEX change_of_example ON change(example, id) WHERE example IS NOT NULL;

-- One row: which action is being written, and whether a bulk import does its own accounting.
CREATE TABLE writing (
  only       INTEGER PRIMARY KEY CHECK (only = 1),
  action_id  INTEGER,
  bulk       INTEGER NOT NULL DEFAULT 0
) STRICT;
INSERT INTO writing (only) VALUES (1);

-- The live counts -------------------------------------------------------------------------------

-- `answered` is 0, 1 or 2 (two or more).
CREATE TABLE example_count (
  status    TEXT NOT NULL,
  kind      TEXT NOT NULL,
  split     TEXT NOT NULL,
  answered  INTEGER NOT NULL,
  n         INTEGER NOT NULL,
  PRIMARY KEY (status, kind, split, answered)
) STRICT, WITHOUT ROWID;

CREATE TABLE tag_count (
  value_id  INTEGER NOT NULL,
  status    TEXT NOT NULL,
  n         INTEGER NOT NULL,
  PRIMARY KEY (value_id, status)
) STRICT, WITHOUT ROWID;

CREATE TABLE flag_count (
  kind_id   INTEGER NOT NULL,
  resolved  INTEGER NOT NULL,
  n         INTEGER NOT NULL,
  PRIMARY KEY (kind_id, resolved)
) STRICT, WITHOUT ROWID;

-- What people and models made: responses by author; rankings and flags by annotator.
CREATE TABLE author_count (
  author  TEXT NOT NULL,
  what    TEXT NOT NULL CHECK (what IN ('person', 'model', 'ranking', 'flag')),
  n       INTEGER NOT NULL,
  PRIMARY KEY (author, what)
) STRICT, WITHOUT ROWID;

-- Search ----------------------------------------------------------------------------------------

-- The text of an example as src/store/search.rs prepares it, by example id.
CREATE VIRTUAL TABLE search USING fts5(
  text,
  content = '', contentless_delete = 1,
  -- marks (Mn, Mc) are parts of words in Thai, Hindi and Arabic, so they must not part them
  tokenize = "unicode61 remove_diacritics 2 categories 'L* N* Co Mn Mc'"
);
-- A larger hash than FTS5's own (1 MiB) makes one large segment of what would be many: building the
-- index takes half the time.
INSERT INTO search (search, rank) VALUES ('hashsize', 16777216);
-- Examples whose entry in the index is out of date. What is here when a dataset is opened is
-- what a crash left behind.
CREATE TABLE search_pending (
  example_id  INTEGER PRIMARY KEY
) STRICT;
