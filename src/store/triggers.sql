-- What follows from a change to the domain tables: derived columns, live counts, the search queue,
-- the queues of sketches and traits. `n` may reach 0: such rows mean the same as none.

-- Derived columns of example ---------------------------------------------------------------------

CREATE TRIGGER derive_prompt_insert AFTER INSERT ON prompt WHEN (SELECT bulk FROM writing) = 0 BEGIN
  UPDATE example SET tokens = tokens + NEW.tokens WHERE id = NEW.example_id;
  INSERT OR IGNORE INTO search_pending VALUES (NEW.example_id);
  INSERT OR IGNORE INTO sketch_pending VALUES (NEW.example_id);
END;
CREATE TRIGGER derive_prompt_update AFTER UPDATE OF messages, tokens ON prompt BEGIN
  UPDATE example SET tokens = tokens + NEW.tokens - OLD.tokens WHERE id = NEW.example_id;
  INSERT OR IGNORE INTO search_pending VALUES (NEW.example_id);
  INSERT OR IGNORE INTO sketch_pending VALUES (NEW.example_id);
END;
CREATE TRIGGER derive_prompt_delete AFTER DELETE ON prompt BEGIN
  UPDATE example SET tokens = tokens - OLD.tokens WHERE id = OLD.example_id;
  INSERT OR IGNORE INTO search_pending VALUES (OLD.example_id);
  DELETE FROM sketch WHERE example_id = OLD.example_id;
  DELETE FROM sketch_pending WHERE example_id = OLD.example_id;
END;

CREATE TRIGGER derive_response_insert AFTER INSERT ON response WHEN (SELECT bulk FROM writing) = 0 BEGIN
  UPDATE example SET tokens = tokens + NEW.tokens, answered = answered + (NEW.tokens > 0) WHERE id = NEW.example_id;
  INSERT OR IGNORE INTO search_pending VALUES (NEW.example_id);
  INSERT INTO author_count
    SELECT NEW.author, NEW.author_kind, 1 WHERE NEW.author IS NOT NULL
    ON CONFLICT DO UPDATE SET n = n + 1;
END;
CREATE TRIGGER derive_response_update AFTER UPDATE OF messages, tokens, author, author_kind ON response BEGIN
  UPDATE example SET tokens = tokens + NEW.tokens - OLD.tokens, answered = answered + (NEW.tokens > 0) - (OLD.tokens > 0)
    WHERE id = NEW.example_id;
  INSERT OR IGNORE INTO search_pending VALUES (NEW.example_id);
  UPDATE author_count SET n = n - 1 WHERE author = OLD.author AND what = OLD.author_kind;
  INSERT INTO author_count
    SELECT NEW.author, NEW.author_kind, 1 WHERE NEW.author IS NOT NULL
    ON CONFLICT DO UPDATE SET n = n + 1;
END;
CREATE TRIGGER derive_response_delete AFTER DELETE ON response BEGIN
  UPDATE example SET tokens = tokens - OLD.tokens, answered = answered - (OLD.tokens > 0) WHERE id = OLD.example_id;
  INSERT OR IGNORE INTO search_pending VALUES (OLD.example_id);
  UPDATE author_count SET n = n - 1 WHERE author = OLD.author AND what = OLD.author_kind;
END;

-- Examples ---------------------------------------------------------------------------------------

CREATE TRIGGER count_example_insert AFTER INSERT ON example WHEN (SELECT bulk FROM writing) = 0 BEGIN
  INSERT INTO example_count VALUES (NEW.status, NEW.kind, coalesce(NEW.split, ''), min(NEW.answered, 2), 1)
    ON CONFLICT DO UPDATE SET n = n + 1;
END;
CREATE TRIGGER count_example_delete AFTER DELETE ON example BEGIN
  UPDATE example_count SET n = n - 1
    WHERE status = OLD.status AND kind = OLD.kind AND split = coalesce(OLD.split, '') AND answered = min(OLD.answered, 2);
END;
CREATE TRIGGER count_example_update AFTER UPDATE OF status, kind, split, answered ON example
WHEN OLD.status <> NEW.status OR OLD.kind <> NEW.kind OR OLD.split IS NOT NEW.split
  OR min(OLD.answered, 2) <> min(NEW.answered, 2) BEGIN
  UPDATE example_count SET n = n - 1
    WHERE status = OLD.status AND kind = OLD.kind AND split = coalesce(OLD.split, '') AND answered = min(OLD.answered, 2);
  INSERT INTO example_count VALUES (NEW.status, NEW.kind, coalesce(NEW.split, ''), min(NEW.answered, 2), 1)
    ON CONFLICT DO UPDATE SET n = n + 1;
END;
CREATE TRIGGER count_example_status AFTER UPDATE OF status ON example WHEN OLD.status <> NEW.status BEGIN
  UPDATE tag_count SET n = n - 1
    WHERE status = OLD.status AND value_id IN (SELECT value_id FROM tag WHERE example_id = NEW.id);
  INSERT INTO tag_count
    SELECT value_id, NEW.status, 1 FROM tag WHERE example_id = NEW.id
    ON CONFLICT DO UPDATE SET n = n + 1;
END;

-- Tags -------------------------------------------------------------------------------------------

CREATE TRIGGER count_tag_insert AFTER INSERT ON tag WHEN (SELECT bulk FROM writing) = 0 BEGIN
  INSERT INTO tag_count SELECT NEW.value_id, status, 1 FROM example WHERE id = NEW.example_id
    ON CONFLICT DO UPDATE SET n = n + 1;
END;
CREATE TRIGGER count_tag_update AFTER UPDATE OF value_id, example_id ON tag BEGIN
  UPDATE tag_count SET n = n - 1
    WHERE value_id = OLD.value_id AND status = (SELECT status FROM example WHERE id = OLD.example_id);
  INSERT INTO tag_count SELECT NEW.value_id, status, 1 FROM example WHERE id = NEW.example_id
    ON CONFLICT DO UPDATE SET n = n + 1;
END;
CREATE TRIGGER count_tag_delete AFTER DELETE ON tag BEGIN
  UPDATE tag_count SET n = n - 1
    WHERE value_id = OLD.value_id AND status = (SELECT status FROM example WHERE id = OLD.example_id);
END;

-- Cells ------------------------------------------------------------------------------------------
-- How many examples carry both values of a cell. Of two tags that come or go in one statement, the
-- trigger of the later one sees the other as it is by then, so that each example counts once.

CREATE TRIGGER count_cell_insert AFTER INSERT ON cell BEGIN
  INSERT INTO cell_count
    SELECT NEW.id, e.status, count(*) FROM tag a JOIN tag b ON b.example_id = a.example_id AND b.value_id = NEW.other_id
      JOIN example e ON e.id = a.example_id
    WHERE a.value_id = NEW.value_id GROUP BY e.status;
END;
CREATE TRIGGER count_cell_update AFTER UPDATE OF id, value_id, other_id ON cell
WHEN OLD.id <> NEW.id OR OLD.value_id <> NEW.value_id OR OLD.other_id <> NEW.other_id BEGIN
  DELETE FROM cell_count WHERE cell_id = OLD.id;
  INSERT INTO cell_count
    SELECT NEW.id, e.status, count(*) FROM tag a JOIN tag b ON b.example_id = a.example_id AND b.value_id = NEW.other_id
      JOIN example e ON e.id = a.example_id
    WHERE a.value_id = NEW.value_id GROUP BY e.status;
END;
CREATE TRIGGER count_cell_delete AFTER DELETE ON cell BEGIN
  DELETE FROM cell_count WHERE cell_id = OLD.id;
END;
CREATE TRIGGER count_cell_tag_insert AFTER INSERT ON tag WHEN (SELECT bulk FROM writing) = 0 BEGIN
  INSERT INTO cell_count
    SELECT c.id, e.status, 1 FROM cell c JOIN example e ON e.id = NEW.example_id
      JOIN tag t ON t.example_id = e.id
        AND t.value_id = CASE c.value_id WHEN NEW.value_id THEN c.other_id ELSE c.value_id END
    WHERE c.value_id = NEW.value_id OR c.other_id = NEW.value_id
    ON CONFLICT DO UPDATE SET n = n + 1;
END;
CREATE TRIGGER count_cell_tag_update AFTER UPDATE OF value_id, example_id ON tag BEGIN
  UPDATE cell_count SET n = n - 1
    WHERE status = (SELECT status FROM example WHERE id = OLD.example_id) AND cell_id IN (
      SELECT c.id FROM cell c JOIN tag t ON t.example_id = OLD.example_id
          AND t.value_id = CASE c.value_id WHEN OLD.value_id THEN c.other_id ELSE c.value_id END
        WHERE (c.value_id = OLD.value_id OR c.other_id = OLD.value_id)
          AND NOT (t.example_id = NEW.example_id AND t.value_id = NEW.value_id));
  INSERT INTO cell_count
    SELECT c.id, e.status, 1 FROM cell c JOIN example e ON e.id = NEW.example_id
      JOIN tag t ON t.example_id = e.id
        AND t.value_id = CASE c.value_id WHEN NEW.value_id THEN c.other_id ELSE c.value_id END
    WHERE c.value_id = NEW.value_id OR c.other_id = NEW.value_id
    ON CONFLICT DO UPDATE SET n = n + 1;
END;
CREATE TRIGGER count_cell_tag_delete AFTER DELETE ON tag BEGIN
  UPDATE cell_count SET n = n - 1
    WHERE status = (SELECT status FROM example WHERE id = OLD.example_id) AND cell_id IN (
      SELECT c.id FROM cell c JOIN tag t ON t.example_id = OLD.example_id
          AND t.value_id = CASE c.value_id WHEN OLD.value_id THEN c.other_id ELSE c.value_id END
        WHERE c.value_id = OLD.value_id OR c.other_id = OLD.value_id);
END;
CREATE TRIGGER count_cell_status AFTER UPDATE OF status ON example
WHEN OLD.status <> NEW.status AND EXISTS (SELECT 1 FROM cell) BEGIN
  UPDATE cell_count SET n = n - 1
    WHERE status = OLD.status AND cell_id IN (
      SELECT c.id FROM tag a JOIN cell c ON c.value_id = a.value_id
          JOIN tag b ON b.example_id = a.example_id AND b.value_id = c.other_id
        WHERE a.example_id = NEW.id);
  INSERT INTO cell_count
    SELECT c.id, NEW.status, 1 FROM tag a JOIN cell c ON c.value_id = a.value_id
      JOIN tag b ON b.example_id = a.example_id AND b.value_id = c.other_id
    WHERE a.example_id = NEW.id
    ON CONFLICT DO UPDATE SET n = n + 1;
END;

-- Flags and rankings -----------------------------------------------------------------------------

CREATE TRIGGER count_flag_insert AFTER INSERT ON flag WHEN (SELECT bulk FROM writing) = 0 BEGIN
  INSERT INTO flag_count VALUES (NEW.kind_id, NEW.resolved, 1) ON CONFLICT DO UPDATE SET n = n + 1;
  INSERT INTO author_count SELECT name, 'flag', 1 FROM annotator WHERE id = NEW.annotator_id
    ON CONFLICT DO UPDATE SET n = n + 1;
END;
CREATE TRIGGER count_flag_update AFTER UPDATE OF kind_id, resolved, annotator_id ON flag BEGIN
  UPDATE flag_count SET n = n - 1 WHERE kind_id = OLD.kind_id AND resolved = OLD.resolved;
  INSERT INTO flag_count VALUES (NEW.kind_id, NEW.resolved, 1) ON CONFLICT DO UPDATE SET n = n + 1;
  UPDATE author_count SET n = n - 1
    WHERE what = 'flag' AND author = (SELECT name FROM annotator WHERE id = OLD.annotator_id);
  INSERT INTO author_count SELECT name, 'flag', 1 FROM annotator WHERE id = NEW.annotator_id
    ON CONFLICT DO UPDATE SET n = n + 1;
END;
CREATE TRIGGER count_flag_delete AFTER DELETE ON flag BEGIN
  UPDATE flag_count SET n = n - 1 WHERE kind_id = OLD.kind_id AND resolved = OLD.resolved;
  UPDATE author_count SET n = n - 1
    WHERE what = 'flag' AND author = (SELECT name FROM annotator WHERE id = OLD.annotator_id);
END;

CREATE TRIGGER count_ranking_insert AFTER INSERT ON ranking WHEN (SELECT bulk FROM writing) = 0 BEGIN
  INSERT INTO author_count SELECT name, 'ranking', 1 FROM annotator WHERE id = NEW.annotator_id
    ON CONFLICT DO UPDATE SET n = n + 1;
END;
CREATE TRIGGER count_ranking_update AFTER UPDATE OF annotator_id ON ranking BEGIN
  UPDATE author_count SET n = n - 1
    WHERE what = 'ranking' AND author = (SELECT name FROM annotator WHERE id = OLD.annotator_id);
  INSERT INTO author_count SELECT name, 'ranking', 1 FROM annotator WHERE id = NEW.annotator_id
    ON CONFLICT DO UPDATE SET n = n + 1;
END;
CREATE TRIGGER count_ranking_delete AFTER DELETE ON ranking BEGIN
  UPDATE author_count SET n = n - 1
    WHERE what = 'ranking' AND author = (SELECT name FROM annotator WHERE id = OLD.annotator_id);
END;

-- What comes of rankings ---------------------------------------------------------------------------
-- The outcome itself is worked out by src/store/outcomes.rs, inside the same transaction.

CREATE TRIGGER outcome_ranking_insert AFTER INSERT ON ranking WHEN (SELECT bulk FROM writing) = 0 BEGIN
  INSERT OR IGNORE INTO outcome_pending VALUES (NEW.example_id);
END;
CREATE TRIGGER outcome_ranking_update AFTER UPDATE ON ranking BEGIN
  INSERT OR IGNORE INTO outcome_pending VALUES (NEW.example_id);
END;
CREATE TRIGGER outcome_ranking_delete AFTER DELETE ON ranking WHEN EXISTS (SELECT 1 FROM example WHERE id = OLD.example_id) BEGIN
  INSERT OR IGNORE INTO outcome_pending VALUES (OLD.example_id);
END;
CREATE TRIGGER outcome_placement_insert AFTER INSERT ON placement WHEN (SELECT bulk FROM writing) = 0 BEGIN
  INSERT OR IGNORE INTO outcome_pending VALUES (NEW.example_id);
END;
CREATE TRIGGER outcome_placement_update AFTER UPDATE ON placement BEGIN
  INSERT OR IGNORE INTO outcome_pending VALUES (NEW.example_id);
END;
CREATE TRIGGER outcome_placement_delete AFTER DELETE ON placement WHEN EXISTS (SELECT 1 FROM example WHERE id = OLD.example_id) BEGIN
  INSERT OR IGNORE INTO outcome_pending VALUES (OLD.example_id);
END;
CREATE TRIGGER outcome_example_delete AFTER DELETE ON example BEGIN
  DELETE FROM outcome WHERE example_id = OLD.id;
  DELETE FROM outcome_pending WHERE example_id = OLD.id;
  DELETE FROM lease WHERE example_id = OLD.id;
END;
CREATE TRIGGER count_outcome_insert AFTER INSERT ON outcome BEGIN
  INSERT INTO outcome_count VALUES (NEW.state, 1) ON CONFLICT DO UPDATE SET n = n + 1;
END;
CREATE TRIGGER count_outcome_update AFTER UPDATE OF state ON outcome WHEN OLD.state <> NEW.state BEGIN
  UPDATE outcome_count SET n = n - 1 WHERE state = OLD.state;
  INSERT INTO outcome_count VALUES (NEW.state, 1) ON CONFLICT DO UPDATE SET n = n + 1;
END;
CREATE TRIGGER count_outcome_delete AFTER DELETE ON outcome BEGIN
  UPDATE outcome_count SET n = n - 1 WHERE state = OLD.state;
END;

-- What rules propose -------------------------------------------------------------------------------
-- Where conditions hold is worked out by src/dataset/rules, inside the same transaction where few
-- examples changed. Texts matter to every rule; whatever else is changed of an example, only to one
-- with a filter.

CREATE TRIGGER propose_rule_insert AFTER INSERT ON rule BEGIN
  INSERT OR REPLACE INTO rule_pending VALUES (NEW.id, 0);
END;
CREATE TRIGGER propose_rule_update AFTER UPDATE OF condition ON rule WHEN OLD.condition <> NEW.condition BEGIN
  DELETE FROM proposal WHERE rule_id = NEW.id;
  INSERT OR REPLACE INTO rule_pending VALUES (NEW.id, 0);
END;
CREATE TRIGGER propose_rule_delete AFTER DELETE ON rule BEGIN
  DELETE FROM proposal WHERE rule_id = OLD.id;
  DELETE FROM rule_pending WHERE rule_id = OLD.id;
END;
CREATE TRIGGER propose_change AFTER INSERT ON change
WHEN NEW.example IS NOT NULL AND NOT (NEW.tbl = 'example' AND NEW.op = 'delete') AND EXISTS (
  SELECT 1 FROM rule WHERE NEW.tbl IN ('prompt', 'response') OR json_extract(condition, '$.where') IS NOT NULL
) BEGIN
  INSERT OR IGNORE INTO proposal_pending VALUES (NEW.example);
END;
CREATE TRIGGER propose_outcome_insert AFTER INSERT ON outcome
WHEN EXISTS (SELECT 1 FROM rule WHERE json_extract(condition, '$.where') IS NOT NULL) BEGIN
  INSERT OR IGNORE INTO proposal_pending VALUES (NEW.example_id);
END;
CREATE TRIGGER propose_outcome_update AFTER UPDATE ON outcome
WHEN EXISTS (SELECT 1 FROM rule WHERE json_extract(condition, '$.where') IS NOT NULL) BEGIN
  INSERT OR IGNORE INTO proposal_pending VALUES (NEW.example_id);
END;
CREATE TRIGGER propose_outcome_delete AFTER DELETE ON outcome
WHEN EXISTS (SELECT 1 FROM rule WHERE json_extract(condition, '$.where') IS NOT NULL)
  AND EXISTS (SELECT 1 FROM example WHERE id = OLD.example_id) BEGIN
  INSERT OR IGNORE INTO proposal_pending VALUES (OLD.example_id);
END;
CREATE TRIGGER propose_example_delete AFTER DELETE ON example BEGIN
  DELETE FROM proposal WHERE example_id = OLD.id;
  DELETE FROM proposal_pending WHERE example_id = OLD.id;
END;

-- What is read off examples ------------------------------------------------------------------------
-- It is read by src/store/traits.rs, for small changes inside the same transaction.

CREATE TRIGGER trait_prompt_insert AFTER INSERT ON prompt WHEN (SELECT bulk FROM writing) = 0 BEGIN
  INSERT OR IGNORE INTO trait_pending VALUES (NEW.example_id);
END;
CREATE TRIGGER trait_prompt_update AFTER UPDATE OF messages, tools, tokens ON prompt BEGIN
  INSERT OR IGNORE INTO trait_pending VALUES (NEW.example_id);
END;
CREATE TRIGGER trait_prompt_delete AFTER DELETE ON prompt BEGIN
  DELETE FROM trait WHERE example_id = OLD.example_id;
  DELETE FROM trait_pending WHERE example_id = OLD.example_id;
END;
CREATE TRIGGER trait_response_insert AFTER INSERT ON response WHEN (SELECT bulk FROM writing) = 0 BEGIN
  INSERT OR IGNORE INTO trait_pending VALUES (NEW.example_id);
END;
CREATE TRIGGER trait_response_update AFTER UPDATE OF messages, tokens, position, author, author_kind ON response BEGIN
  INSERT OR IGNORE INTO trait_pending VALUES (NEW.example_id);
END;
CREATE TRIGGER trait_response_delete AFTER DELETE ON response
WHEN EXISTS (SELECT 1 FROM prompt WHERE example_id = OLD.example_id) BEGIN
  INSERT OR IGNORE INTO trait_pending VALUES (OLD.example_id);
END;
-- Rankings say which response is the one that is told of, and who ranked.
CREATE TRIGGER trait_ranking_insert AFTER INSERT ON ranking WHEN (SELECT bulk FROM writing) = 0 BEGIN
  INSERT OR IGNORE INTO trait_pending VALUES (NEW.example_id);
END;
CREATE TRIGGER trait_ranking_update AFTER UPDATE ON ranking BEGIN
  INSERT OR IGNORE INTO trait_pending VALUES (NEW.example_id);
END;
CREATE TRIGGER trait_ranking_delete AFTER DELETE ON ranking
WHEN EXISTS (SELECT 1 FROM prompt WHERE example_id = OLD.example_id) BEGIN
  INSERT OR IGNORE INTO trait_pending VALUES (OLD.example_id);
END;
CREATE TRIGGER trait_placement_insert AFTER INSERT ON placement WHEN (SELECT bulk FROM writing) = 0 BEGIN
  INSERT OR IGNORE INTO trait_pending VALUES (NEW.example_id);
END;
CREATE TRIGGER trait_placement_update AFTER UPDATE ON placement BEGIN
  INSERT OR IGNORE INTO trait_pending VALUES (NEW.example_id);
END;
CREATE TRIGGER trait_placement_delete AFTER DELETE ON placement
WHEN EXISTS (SELECT 1 FROM prompt WHERE example_id = OLD.example_id) BEGIN
  INSERT OR IGNORE INTO trait_pending VALUES (OLD.example_id);
END;

CREATE TRIGGER count_trait_insert AFTER INSERT ON trait BEGIN
  INSERT INTO trait_count
    SELECT status, NEW.turns_band, NEW.prompt_band, NEW.response_band, NEW.language, NEW.tools,
      coalesce(NEW.refusal, -1), coalesce(NEW.json, -1), 1
    FROM example WHERE id = NEW.example_id
    ON CONFLICT DO UPDATE SET n = n + 1;
END;
CREATE TRIGGER count_trait_delete AFTER DELETE ON trait BEGIN
  UPDATE trait_count SET n = n - 1
    WHERE status = (SELECT status FROM example WHERE id = OLD.example_id)
      AND turns_band = OLD.turns_band AND prompt_band = OLD.prompt_band AND response_band = OLD.response_band
      AND language = OLD.language AND tools = OLD.tools
      AND refusal = coalesce(OLD.refusal, -1) AND json = coalesce(OLD.json, -1);
END;
CREATE TRIGGER count_trait_status AFTER UPDATE OF status ON example WHEN OLD.status <> NEW.status BEGIN
  UPDATE trait_count SET n = n - 1
    WHERE status = OLD.status
      AND (turns_band, prompt_band, response_band, language, tools, refusal, json) IN (
        SELECT turns_band, prompt_band, response_band, language, tools, coalesce(refusal, -1), coalesce(json, -1)
        FROM trait WHERE example_id = NEW.id);
  INSERT INTO trait_count
    SELECT NEW.status, turns_band, prompt_band, response_band, language, tools, coalesce(refusal, -1),
      coalesce(json, -1), 1
    FROM trait WHERE example_id = NEW.id
    ON CONFLICT DO UPDATE SET n = n + 1;
END;
CREATE TRIGGER count_source_insert AFTER INSERT ON example WHEN (SELECT bulk FROM writing) = 0 BEGIN
  INSERT INTO source_count VALUES (coalesce(NEW.import_id, 0), NEW.status, 1) ON CONFLICT DO UPDATE SET n = n + 1;
END;
CREATE TRIGGER count_source_update AFTER UPDATE OF status, import_id ON example
WHEN OLD.status <> NEW.status OR OLD.import_id IS NOT NEW.import_id BEGIN
  UPDATE source_count SET n = n - 1 WHERE import_id = coalesce(OLD.import_id, 0) AND status = OLD.status;
  INSERT INTO source_count VALUES (coalesce(NEW.import_id, 0), NEW.status, 1) ON CONFLICT DO UPDATE SET n = n + 1;
END;
CREATE TRIGGER count_source_delete AFTER DELETE ON example BEGIN
  UPDATE source_count SET n = n - 1 WHERE import_id = coalesce(OLD.import_id, 0) AND status = OLD.status;
END;
