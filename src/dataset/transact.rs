//! The writer: one connection, one verb at a time, each in one transaction with its journal lines.

use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

use rusqlite::{Connection, OptionalExtension, Transaction, TransactionBehavior, params};

use super::rehearsed::would;
use super::round::Rounds;
use super::{Done, Error, OnProgress, Progress, Reader, Result, Verb, rules, verbs};
use crate::example::{STANDARD_FLAGS, Timestamp, Uuid, new_id};
use crate::formats::Definitions;
use crate::store::{self, Difference, First, Mode};
use crate::text::count::plural;

/// Waiting examples that a verb brings into the search index, and makes sketches of, before it ends.
const INDEX_WITH_VERB: usize = 16;
/// Waiting outcomes that a verb settles before it ends; a portion of what is left is settled later.
const SETTLE_WITH_VERB: usize = 256;
const SETTLE_PORTION: usize = 500;
/// Waiting examples whose traits are read before a verb ends; the same for what is left, a few milliseconds
/// at a time while somebody is at work.
const TRAITS_WITH_VERB: usize = 64;
const TRAITS_PORTION: usize = 64;
const TRAITS_LARGE_PORTION: usize = 20_000;
/// So many are read at once by whoever opens the dataset; more of them, behind the work.
const TRAITS_ON_OPENING: u64 = 2_000;
/// Waiting examples that go into the index in one transaction: few while somebody is at work, so
/// that nobody waits for it; many where the index is all that is being done.
const INDEX_PORTION: usize = 2_000;
const INDEX_LARGE_PORTION: usize = 50_000;
/// The same for sketches: about 50 µs each, and more where prompts are long.
const SKETCH_PORTION: usize = 16;
/// So long somebody who works may have to wait for sketches or traits of others' examples.
const A_WHILE: Duration = Duration::from_millis(10);
const SKETCH_LARGE_PORTION: usize = 20_000;
/// And for looking through examples with rules: about as long each. A filter may look through the whole
/// index however few examples it is asked of, so it is asked of more at once.
const RULES_PORTION: usize = 64;
const RULES_FILTERED_PORTION: usize = 2_048;
const RULES_TIME: Duration = Duration::from_millis(10);
const RULES_LARGE_PORTION: usize = 8_000;

/// A dataset, open for writing by one annotator.
#[derive(Debug)]
pub struct Dataset {
    path: PathBuf,
    annotator: String,
    /// This process, where it holds examples.
    pub(super) holder: Uuid,
    pub(super) connection: Connection,
    /// What was handed out of the queues that follow the gaps.
    pub(super) rounds: Rounds,
}

impl Dataset {
    fn over(path: &Path, annotator: &str, connection: Connection) -> Self {
        let (path, annotator) = (path.to_owned(), annotator.to_owned());
        Self { path, annotator, holder: new_id(), connection, rounds: Rounds::new() }
    }

    /// Makes a new dataset file with the standard kinds of flags and these definitions.
    pub fn create(path: &Path, annotator: &str, definitions: &Definitions) -> Result<Self> {
        let mut dataset = Self::over(path, annotator, store::create(path)?);
        if let Err(error) = dataset.begin_with(definitions) {
            // What is refused leaves no file behind: there was none before.
            drop(dataset);
            for ending in ["", "-wal", "-shm"] {
                let mut file = path.as_os_str().to_owned();
                file.push(ending);
                let _ = std::fs::remove_file(file);
            }
            return Err(error);
        }
        Ok(dataset)
    }

    /// The definitions that a dataset begins with.
    fn begin_with(&mut self, definitions: &Definitions) -> Result<()> {
        let mut definitions = definitions.clone();
        if definitions.flag_kinds.is_empty() {
            definitions.flag_kinds = STANDARD_FLAGS
                .iter()
                .map(|(name, about)| crate::example::FlagKind {
                    name: (*name).to_owned(),
                    about: (*about).to_owned(),
                })
                .collect();
        }
        // Not an action: there is no state before it that one could want back.
        let transaction = self.begin()?;
        transaction.execute("UPDATE writing SET bulk = 1", [])?;
        verbs::define(&transaction, &definitions)?;
        transaction.execute("UPDATE writing SET bulk = 0", [])?;
        Ok(transaction.commit()?)
    }

    /// Opens a dataset file.
    pub fn open(path: &Path, annotator: &str) -> Result<Self> {
        let connection = store::open(path)?;
        let mut dataset = Self::over(path, annotator, connection);
        let transaction = dataset.begin()?;
        store::adopt_foreign_changes(&transaction)?;
        transaction.commit()?;
        // What an import or a crash left.
        dataset.settle_all()?;
        if store::waiting_for_traits(&dataset.connection)? <= TRAITS_ON_OPENING {
            dataset.settle_traits_all(&mut |_| true)?;
        }
        Ok(dataset)
    }

    /// The file.
    pub fn path(&self) -> &Path {
        &self.path
    }

    /// Who is at the keyboard.
    pub fn annotator(&self) -> &str {
        &self.annotator
    }

    /// From now on everything is done by this one; what the one before held waits again.
    pub fn set_annotator(&mut self, annotator: &str) -> Result<()> {
        annotator.clone_into(&mut self.annotator);
        self.rounds.clear();
        self.release()
    }

    /// A connection of its own that only reads.
    pub fn reader(&self) -> Result<Reader> {
        Reader::open(&self.path)
    }

    pub(super) fn begin(&mut self) -> Result<Transaction<'_>> {
        Ok(self.connection.transaction_with_behavior(TransactionBehavior::Immediate)?)
    }

    /// Does it: all of it with its journal lines, or nothing.
    pub fn perform(&mut self, verb: &Verb) -> Result<Done> {
        match verb {
            Verb::Undo => self.undo(),
            Verb::Redo => self.redo(),
            Verb::UndoTo(action) => self.undo_to(*action),
            verb => self.act(verb),
        }
    }

    /// What it would do, without doing it, and told so.
    pub fn rehearse(&mut self, verb: &Verb) -> Result<Done> {
        let annotator = self.annotator.clone();
        let transaction = self.begin()?;
        // Dropping the transaction takes everything back.
        let done = try_out(&transaction, &annotator, verb)?.1;
        Ok(Done { sentence: would(&done.sentence), ..done })
    }

    fn act(&mut self, verb: &Verb) -> Result<Done> {
        let annotator = self.annotator.clone();
        let transaction = self.begin()?;
        let (action, mut done) = try_out(&transaction, &annotator, verb)?;
        let Some(action) = action else {
            // Dropping the transaction takes the empty action away.
            return Ok(done);
        };
        transaction
            .prepare_cached("UPDATE action SET sentence = ?2 WHERE id = ?1")?
            .execute(params![action, done.sentence])?;
        end(transaction)?;
        done.action = Some(action);
        Ok(done)
    }

    fn undo(&mut self) -> Result<Done> {
        let annotator = self.annotator.clone();
        let transaction = self.begin()?;
        let target = store::undo_target(&transaction, &annotator)?
            .ok_or_else(|| Error::NothingToUndo(annotator.clone()))?;
        let done = turn_back(&transaction, &annotator, target, Mode::Undo(target), target)?;
        end(transaction)?;
        Ok(done)
    }

    fn redo(&mut self) -> Result<Done> {
        let annotator = self.annotator.clone();
        let transaction = self.begin()?;
        let target = store::redo_target(&transaction, &annotator)?
            .ok_or_else(|| Error::NothingToRedo(annotator.clone()))?;
        let undoing: i64 = transaction.query_row(
            "SELECT max(id) FROM action WHERE target = ?1 AND mode = 'undo'",
            [target],
            |row| row.get(0),
        )?;
        let done = turn_back(&transaction, &annotator, target, Mode::Redo(target), undoing)?;
        end(transaction)?;
        Ok(done)
    }

    fn undo_to(&mut self, last: i64) -> Result<Done> {
        let annotator = self.annotator.clone();
        let transaction = self.begin()?;
        let mut turned = 0_u64;
        let mut done = None;
        while let Some(target) =
            store::undo_target(&transaction, &annotator)?.filter(|target| *target >= last)
        {
            done = Some(turn_back(&transaction, &annotator, target, Mode::Undo(target), target)?);
            turned += 1;
        }
        let Some(done) = done else { return Err(Error::NothingToUndo(annotator)) };
        end(transaction)?;
        let sentence =
            if turned == 1 { done.sentence } else { format!("undid {}", plural(turned, "action")) };
        Ok(Done { sentence, ..done })
    }

    /// Brings a portion of what waits into the search index; answers how many still wait.
    pub fn index_some(&mut self) -> Result<u64> {
        self.index_portion(INDEX_PORTION)
    }

    fn index_portion(&mut self, portion: usize) -> Result<u64> {
        let transaction = self.begin()?;
        store::index_pending(&transaction, portion)?;
        let waiting = store::pending(&transaction)?;
        transaction.commit()?;
        Ok(waiting)
    }

    fn index_large_portion(&mut self, reader: &mut Reader) -> Result<u64> {
        let transaction = self.begin()?;
        store::index_many(&transaction, &mut reader.connection, INDEX_LARGE_PORTION)?;
        let waiting = store::pending(&transaction)?;
        transaction.commit()?;
        Ok(waiting)
    }

    /// Brings all that waits into the search index.
    pub fn index_all(&mut self, on_progress: OnProgress<'_>) -> Result<()> {
        // What is told of rankings and of examples first: it is quick.
        self.settle_all()?;
        if !self.settle_traits_all(on_progress)? {
            return Ok(());
        }
        let total = store::pending(&self.connection)?;
        let mut waiting = total;
        // Where there is a write-ahead log, who reads need not wait for who writes.
        let mut reader = if store::has_log(&self.connection)? { Some(self.reader()?) } else { None };
        while waiting > 0 {
            waiting = match &mut reader {
                Some(reader) => self.index_large_portion(reader)?,
                None => self.index_portion(INDEX_LARGE_PORTION)?,
            };
            let done = total.saturating_sub(waiting);
            if !on_progress(Progress { step: "making it searchable", done, total: Some(total) }) {
                // What waits is taken up the next time; nothing is lost.
                return Ok(());
            }
        }
        // Their filters may ask for words.
        self.propose_all(on_progress)
    }

    /// Settles the outcomes of a portion of the examples whose rankings changed; answers whether more
    /// wait.
    pub fn settle_some(&mut self) -> Result<bool> {
        if store::waiting_for_outcome(&self.connection)? == 0 {
            return Ok(false);
        }
        let transaction = self.begin()?;
        let taken = store::settle_pending(&transaction, SETTLE_PORTION)?;
        transaction.commit()?;
        Ok(taken == SETTLE_PORTION)
    }

    /// Settles the outcomes of all that wait.
    pub fn settle_all(&mut self) -> Result<()> {
        Ok(store::settle_all(&mut self.connection)?)
    }

    /// Reads the traits of a portion of the examples that wait, for a few milliseconds; answers whether more
    /// wait.
    pub fn settle_traits_some(&mut self) -> Result<bool> {
        if store::waiting_for_traits(&self.connection)? == 0 {
            return Ok(false);
        }
        let begun = Instant::now();
        let transaction = self.begin()?;
        let mut more = true;
        while more && begun.elapsed() < A_WHILE {
            more = store::settle_traits(&transaction, TRAITS_PORTION)? == TRAITS_PORTION;
        }
        transaction.commit()?;
        Ok(more)
    }

    /// Reads the traits of all that wait; answers whether it was let do so.
    pub fn settle_traits_all(&mut self, on_progress: OnProgress<'_>) -> Result<bool> {
        let total = store::waiting_for_traits(&self.connection)?;
        let mut done = 0;
        // Where there is a write-ahead log, who reads need not wait for who writes.
        let many = total > TRAITS_ON_OPENING && store::has_log(&self.connection)?;
        let mut reader = if many { Some(self.reader()?) } else { None };
        while done < total {
            let transaction = self.begin()?;
            let taken = match &mut reader {
                Some(Reader { connection, .. }) => {
                    store::settle_many_traits(&transaction, connection, TRAITS_LARGE_PORTION)?
                }
                None => store::settle_traits(&transaction, TRAITS_LARGE_PORTION)?,
            };
            transaction.commit()?;
            done += taken as u64;
            let progress = Progress { step: "reading what they are like", done, total: Some(total) };
            // What waits is taken up the next time; nothing is lost.
            if !on_progress(progress) {
                return Ok(false);
            }
            if taken == 0 {
                break;
            }
        }
        Ok(true)
    }

    /// Makes the sketches of a portion of the prompts that wait for one, for a few milliseconds;
    /// answers whether more wait.
    pub fn sketch_some(&mut self) -> Result<bool> {
        if store::waiting_for_sketch(&self.connection)? == 0 {
            return Ok(false);
        }
        let begun = Instant::now();
        let transaction = self.begin()?;
        let mut more = true;
        // Long prompts take long: the clock says when it is enough.
        while more && begun.elapsed() < A_WHILE {
            more = store::sketch_pending(&transaction, First::Oldest, SKETCH_PORTION)? == SKETCH_PORTION;
        }
        transaction.commit()?;
        Ok(more)
    }

    fn sketch_portion(&mut self, portion: usize) -> Result<usize> {
        let transaction = self.begin()?;
        let taken = store::sketch_pending(&transaction, First::Oldest, portion)?;
        transaction.commit()?;
        Ok(taken)
    }

    /// Makes the sketches of all prompts that wait for one.
    pub fn sketch_all(&mut self, on_progress: OnProgress<'_>) -> Result<()> {
        let total = store::waiting_for_sketch(&self.connection)?;
        let mut done = 0;
        loop {
            let taken = self.sketch_portion(SKETCH_LARGE_PORTION)?;
            done += taken as u64;
            let progress = Progress { step: "comparing prompts", done, total: Some(total.max(done)) };
            // What waits is taken up the next time; nothing is lost.
            if taken < SKETCH_LARGE_PORTION || !on_progress(progress) {
                break;
            }
        }
        Ok(())
    }

    /// Lets rules look at a portion of the examples that wait for that, for a few milliseconds; answers
    /// whether more wait. What waits for the search index, where a rule has a filter, waits on.
    pub fn propose_some(&mut self) -> Result<bool> {
        if store::waiting_for_rules(&self.connection)? == 0 {
            return Ok(false);
        }
        let begun = Instant::now();
        let transaction = self.begin()?;
        let ready = rules::Ready::of(&transaction)?;
        let portion = if ready.has_filters(None) { RULES_FILTERED_PORTION } else { RULES_PORTION };
        let (mut taken, mut ready) = (1, Some(ready));
        while taken > 0 && begun.elapsed() < RULES_TIME {
            taken = rules::catch_up(&transaction, portion, &mut ready)?;
        }
        transaction.commit()?;
        Ok(taken > 0)
    }

    /// Lets rules look at all examples that wait for that; they have to be searchable.
    pub fn propose_all(&mut self, on_progress: OnProgress<'_>) -> Result<()> {
        let total = store::waiting_for_rules(&self.connection)?;
        let mut waiting = total;
        while waiting > 0 {
            let transaction = self.begin()?;
            let taken = rules::catch_up(&transaction, RULES_LARGE_PORTION, &mut None)?;
            waiting = store::waiting_for_rules(&transaction)?;
            transaction.commit()?;
            let done = total.saturating_sub(waiting);
            let progress = Progress { step: "asking the rules", done, total: Some(total) };
            // What waits is taken up the next time; nothing is lost.
            if taken == 0 || !on_progress(progress) {
                break;
            }
        }
        Ok(())
    }

    /// Keeps what is being typed, so that it survives whatever happens before it becomes an action.
    pub fn keep_draft(&mut self, example: i64, field: &str, text: &str) -> Result<()> {
        self.connection
            .prepare_cached(
                "INSERT INTO draft (example_id, annotator, field, text, at) VALUES (?1, ?2, ?3, ?4, ?5)
                 ON CONFLICT DO UPDATE SET text = excluded.text, at = excluded.at",
            )?
            .execute(params![example, self.annotator, field, text, Timestamp::now().0])?;
        Ok(())
    }

    /// Drops what was kept of the typing in one field.
    pub fn drop_draft(&mut self, example: i64, field: &str) -> Result<()> {
        self.connection
            .prepare_cached("DELETE FROM draft WHERE example_id = ?1 AND annotator = ?2 AND field = ?3")?
            .execute(params![example, self.annotator, field])?;
        Ok(())
    }

    /// Recounts everything and says what differs.
    pub fn verify(&self) -> Result<Vec<Difference>> {
        let mut differences = store::recount_differences(&self.connection)?;
        differences.extend(rules::wrong_proposals(&self.connection)?);
        Ok(differences)
    }
}

/// Does it inside the open transaction; the action is `None` where nothing changed.
fn try_out(transaction: &Transaction<'_>, annotator: &str, verb: &Verb) -> Result<(Option<i64>, Done)> {
    let action = store::begin_action(transaction, annotator, verb.name(), "", Mode::Do)?;
    let done = verbs::perform(transaction, annotator, verb)?;
    if verbs::may_reopen(verb) {
        verbs::reopen(transaction, action, Mode::Do)?;
    }
    if store::has_changes(transaction, action)? {
        return Ok((Some(action), done));
    }
    let sentence = match verb {
        // They know better why.
        Verb::ReplaceTexts { .. }
        | Verb::TakeProposed { .. }
        | Verb::DeclineProposed { .. }
        | Verb::QueueSiblings { .. }
        | Verb::AddCandidates { .. } => done.sentence,
        _ => "nothing to change: it is so already".to_owned(),
    };
    Ok((None, Done { sentence, ..done }))
}

/// Inverts the changes of `of` as an action of that mode about `target`.
fn turn_back(
    transaction: &Transaction<'_>,
    annotator: &str,
    target: i64,
    mode: Mode,
    of: i64,
) -> Result<Done> {
    let (verb, sentence): (String, String) =
        transaction.query_row("SELECT verb, sentence FROM action WHERE id = ?1", [target], |row| {
            Ok((row.get(0)?, row.get(1)?))
        })?;
    let said = match mode {
        Mode::Redo(_) => format!("redid: {sentence}"),
        _ => format!("undid: {sentence}"),
    };
    let action = store::begin_action(transaction, annotator, &verb, &said, mode)?;
    store::invert(transaction, of)?;
    if matches!(mode, Mode::Redo(_)) {
        verbs::submit_again(transaction, target)?;
    }
    verbs::reopen(transaction, action, mode)?;
    let (examples, first): (u64, Option<i64>) = transaction.query_row(
        "SELECT count(DISTINCT example), min(example) FROM change WHERE action_id = ?1",
        [action],
        |row| Ok((row.get(0)?, row.get(1)?)),
    )?;
    let present = match first.filter(|_| examples == 1) {
        Some(id) => transaction
            .query_row("SELECT id FROM example WHERE id = ?1", [id], |row| row.get(0))
            .optional()?,
        None => None,
    };
    Ok(Done { action: Some(action), sentence: said, examples, example: present })
}

/// Ends a transaction: a few examples are searchable, comparable and looked at by rules at once, the action is closed, all is on disk.
pub(super) fn end(transaction: Transaction<'_>) -> Result<()> {
    store::index_pending(&transaction, INDEX_WITH_VERB)?;
    store::sketch_pending(&transaction, First::Newest, INDEX_WITH_VERB)?;
    store::settle_pending(&transaction, SETTLE_WITH_VERB)?;
    rules::catch_up(&transaction, INDEX_WITH_VERB, &mut None)?;
    store::settle_traits(&transaction, TRAITS_WITH_VERB)?;
    transaction.prepare_cached("UPDATE writing SET action_id = NULL")?.execute([])?;
    transaction.commit()?;
    Ok(())
}
