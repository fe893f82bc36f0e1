-- Derived facets: what is read off each example and never typed.

-- What is read off an example (src/example/traits). `seq` grows with every row that is written, so that a
-- reader that has them in memory reads only what is new. What is said of the response is said of the one
-- that rankings put first, else of the first that says something; null where nothing is answered.
CREATE TABLE trait (
  seq              INTEGER PRIMARY KEY AUTOINCREMENT,
  example_id       INTEGER NOT NULL UNIQUE,
  turns            INTEGER NOT NULL CHECK (turns >= 0),
  prompt_tokens    INTEGER NOT NULL CHECK (prompt_tokens >= 0),
  language         TEXT NOT NULL,
  tools            INTEGER NOT NULL CHECK (tools IN (0, 1)),
  response_tokens  INTEGER CHECK (response_tokens >= 0),
  refusal          INTEGER CHECK (refusal IN (0, 1)),
  json             INTEGER CHECK (json IN (0, 1)),
  -- the lowest number of the band (src/example/traits/bands.rs), -1 where there is no number
  turns_band       INTEGER NOT NULL AS (CASE WHEN turns >= 7 THEN 7 WHEN turns >= 4 THEN 4 ELSE turns END),
  prompt_band      INTEGER NOT NULL AS (CASE
    WHEN prompt_tokens >= 8192 THEN 8192 WHEN prompt_tokens >= 4096 THEN 4096
    WHEN prompt_tokens >= 2048 THEN 2048 WHEN prompt_tokens >= 1024 THEN 1024
    WHEN prompt_tokens >= 512 THEN 512 WHEN prompt_tokens >= 256 THEN 256
    WHEN prompt_tokens >= 128 THEN 128 WHEN prompt_tokens >= 64 THEN 64
    WHEN prompt_tokens >= 32 THEN 32 WHEN prompt_tokens >= 16 THEN 16
    WHEN prompt_tokens >= 1 THEN 1 ELSE 0 END),
  response_band    INTEGER NOT NULL AS (CASE WHEN response_tokens IS NULL THEN -1
    WHEN response_tokens >= 8192 THEN 8192 WHEN response_tokens >= 4096 THEN 4096
    WHEN response_tokens >= 2048 THEN 2048 WHEN response_tokens >= 1024 THEN 1024
    WHEN response_tokens >= 512 THEN 512 WHEN response_tokens >= 256 THEN 256
    WHEN response_tokens >= 128 THEN 128 WHEN response_tokens >= 64 THEN 64
    WHEN response_tokens >= 32 THEN 32 WHEN response_tokens >= 16 THEN 16
    WHEN response_tokens >= 1 THEN 1 ELSE 0 END),
  CHECK ((response_tokens IS NULL) = (refusal IS NULL) AND (response_tokens IS NULL) = (json IS NULL))
) STRICT;

-- Examples whose traits are out of date or not read yet.
CREATE TABLE trait_pending (
  example_id  INTEGER PRIMARY KEY
) STRICT;
INSERT INTO trait_pending SELECT id FROM example;

-- How many examples share all of it: far fewer rows than examples, and one to change for each of them.
-- `refusal` and `json` are -1 where nothing is answered.
CREATE TABLE trait_count (
  status         TEXT NOT NULL,
  turns_band     INTEGER NOT NULL,
  prompt_band    INTEGER NOT NULL,
  response_band  INTEGER NOT NULL,
  language       TEXT NOT NULL,
  tools          INTEGER NOT NULL,
  refusal        INTEGER NOT NULL,
  json           INTEGER NOT NULL,
  n              INTEGER NOT NULL,
  PRIMARY KEY (status, turns_band, prompt_band, response_band, language, tools, refusal, json)
) STRICT, WITHOUT ROWID;

-- How many examples came with an import; 0 stands for those that were written here.
CREATE TABLE source_count (
  import_id  INTEGER NOT NULL,
  status     TEXT NOT NULL,
  n          INTEGER NOT NULL,
  PRIMARY KEY (import_id, status)
) STRICT, WITHOUT ROWID;
INSERT INTO source_count SELECT coalesce(import_id, 0), status, count(*) FROM example GROUP BY 1, 2;
