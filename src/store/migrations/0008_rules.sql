-- Rules that propose tags, what people said no to, and, derived, where the rules' conditions hold.

CREATE TABLE rule (
  id         INTEGER PRIMARY KEY AUTOINCREMENT,
  uuid       BLOB NOT NULL UNIQUE CHECK (length(uuid) = 16),
  name       TEXT NOT NULL UNIQUE,
  value_id   INTEGER NOT NULL REFERENCES facet_value(id),
  -- JSON: words, pattern, where, in
  condition  TEXT NOT NULL,
  position   INTEGER NOT NULL
) STRICT;
CREATE INDEX rule_of_value ON rule(value_id);

-- A person said that this value is not the example's: no rule proposes it there any more.
CREATE TABLE declined (
  example_id  INTEGER NOT NULL REFERENCES example(id),
  value_id    INTEGER NOT NULL REFERENCES facet_value(id),
  PRIMARY KEY (example_id, value_id)
) STRICT, WITHOUT ROWID;
CREATE INDEX declined_value ON declined(value_id, example_id);

-- Derived: where the condition of a rule holds, whatever the example carries.
CREATE TABLE proposal (
  rule_id     INTEGER NOT NULL,
  example_id  INTEGER NOT NULL,
  PRIMARY KEY (rule_id, example_id)
) STRICT, WITHOUT ROWID;
CREATE INDEX proposal_of_example ON proposal(example_id);
-- Examples of which that is out of date.
CREATE TABLE proposal_pending (
  example_id  INTEGER PRIMARY KEY
) STRICT;
-- Rules that are new or were changed: examples up to this one have been looked at.
CREATE TABLE rule_pending (
  rule_id  INTEGER PRIMARY KEY,
  after    INTEGER NOT NULL
) STRICT;

-- How each example stands to each rule whose condition holds: it carries what is proposed, another
-- value of a facet that takes one, somebody said no, or it is open.
CREATE VIEW standing_proposal AS
SELECT p.rule_id, p.example_id, r.value_id, v.facet_id, f.several, r.name AS rule, f.name AS facet, v.name AS value,
  CASE
    WHEN EXISTS (SELECT 1 FROM tag t WHERE t.value_id = r.value_id AND t.example_id = p.example_id) THEN 'carried'
    WHEN EXISTS (SELECT 1 FROM declined d WHERE d.example_id = p.example_id AND d.value_id = r.value_id) THEN 'declined'
    WHEN f.several = 0 AND EXISTS (SELECT 1 FROM tag t WHERE t.example_id = p.example_id AND t.facet_id = v.facet_id) THEN 'other'
    ELSE 'open'
  END AS standing
FROM rule r JOIN facet_value v ON v.id = r.value_id JOIN facet f ON f.id = v.facet_id
  JOIN proposal p ON p.rule_id = r.id;
