-- How many examples carry both values of a cell, by status: kept by triggers, as tags are.
CREATE TABLE cell_count (
  cell_id  INTEGER NOT NULL,
  status   TEXT NOT NULL,
  n        INTEGER NOT NULL,
  PRIMARY KEY (cell_id, status)
) STRICT, WITHOUT ROWID;
INSERT INTO cell_count
  SELECT c.id, e.status, count(*) FROM cell c JOIN tag a ON a.value_id = c.value_id
    JOIN tag b ON b.example_id = a.example_id AND b.value_id = c.other_id JOIN example e ON e.id = a.example_id
  GROUP BY c.id, e.status;
