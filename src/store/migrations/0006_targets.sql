-- What is wanted: of a value a count (`target`) or a share of all usable examples, in millionths.

ALTER TABLE facet_value ADD COLUMN share INTEGER
  CHECK (share IS NULL OR (share BETWEEN 0 AND 1000000 AND target IS NULL));

-- What is wanted where values of two facets meet: so many usable examples; 0 stands for never, of what
-- can't be together. The value with the lower number comes first, so that no cell stands there twice.
CREATE TABLE cell (
  id        INTEGER PRIMARY KEY AUTOINCREMENT,
  uuid      BLOB NOT NULL UNIQUE CHECK (length(uuid) = 16),
  value_id  INTEGER NOT NULL REFERENCES facet_value(id),
  other_id  INTEGER NOT NULL REFERENCES facet_value(id),
  target    INTEGER NOT NULL CHECK (target >= 0),
  UNIQUE (value_id, other_id),
  CHECK (value_id < other_id)
) STRICT;
CREATE INDEX cell_of_other ON cell(other_id);
