//! How fast a dataset grows, by its journal: who did what when, which examples became usable with it, what the
//! work costs.
//!
//! What is read is bounded, however long the journal is: the actions of some weeks, 250,000 of them at
//! most, and of each no more than 501 changed rows. Where the weeks begin is found by halving over the
//! numbers of actions, which grow with time; from there on actions and their changes are read by their indexes. Who
//! keeps a [`PaceLog`] reads only what is new.

mod told;

use std::borrow::Cow;
use std::collections::{HashMap, HashSet};

use rusqlite::{Connection, OptionalExtension};

use super::{Reader, Result, Took};
use crate::curation::coverage::Coverage;
use crate::curation::pace::{
    Act, By, Did, Forecast, Pace, Rate, Speed, Spending, Timed, Wage, Work, forecast, rates, spending, timed,
};
use crate::example::{Status, Timestamp};
use crate::store;

pub use told::money;

impl store::Setting for Wage {
    const NAME: &'static str = "wage";
}

/// So many actions, the last ones, are looked at.
const MOST_ACTIONS: i64 = 250_000;
/// So many, where nothing but how long examples take is asked.
const LAST_ACTIONS: i64 = 20_000;
/// An action that changed more rows was an import or a change of many: nothing that is finished by hand.
const BY_HAND_ROWS: usize = 500;
const DAY: i64 = 24 * 60 * 60 * 1_000;

/// The actions of some weeks.
#[derive(Debug, Clone)]
pub struct PaceLog {
    weeks: u32,
    /// The numbers of the actions, ascending.
    ids: Vec<i64>,
    /// The actions, in the same order.
    acts: Vec<Act>,
    people: Vec<String>,
    /// The last action that is in it.
    seen: i64,
    /// Whether the weeks have more actions than are looked at.
    is_cut: bool,
}

/// How fast a dataset grows, and what comes of that.
#[derive(Debug, Clone, PartialEq)]
pub struct Paced {
    /// What was done.
    pub pace: Pace,
    /// The moment up to which that is told.
    pub at: Timestamp,
    /// Whether the weeks have more actions than are looked at: then the first days are missing.
    pub is_cut: bool,
    /// How fast each person is at each kind of work.
    pub rates: Vec<Rate>,
    /// What each person did last, by their places in the list of people.
    pub last: Vec<Option<Work>>,
    /// What people are paid by, where somebody said.
    pub wage: Option<Wage>,
    /// How many more examples the targets take at the least; `None` without targets.
    pub remaining: Option<u64>,
    /// How many more of the usable examples are to be held out to test on.
    pub to_hold_out: u64,
    /// When they will be met.
    pub forecast: Forecast,
    /// What the work costs, where it is known what people are paid by.
    pub spending: Option<Spending>,
}

impl PaceLog {
    /// Reads the actions of so many weeks before a moment.
    pub fn read(reader: &Reader, weeks: u32, now: Timestamp) -> Result<Self> {
        let since = now.0.saturating_sub((i64::from(weeks.max(1)) * 7 + 1).saturating_mul(DAY));
        let before = first_since(&reader.connection, since)? - 1;
        let last = last_action(&reader.connection)?;
        let seen = before.max(last - MOST_ACTIONS);
        let mut log = Self { weeks, is_cut: seen > before, ..Self::after(seen) };
        log.refresh(reader)?;
        Ok(log)
    }

    const fn after(seen: i64) -> Self {
        Self { weeks: 1, ids: Vec::new(), acts: Vec::new(), people: Vec::new(), seen, is_cut: false }
    }

    /// Takes in what was done since.
    pub fn refresh(&mut self, reader: &Reader) -> Result<()> {
        // What is told belongs to one moment.
        let snapshot = reader.connection.unchecked_transaction()?;
        let mut statement = snapshot.prepare_cached(
            "SELECT id, at, annotator, verb, mode, target FROM action WHERE id > ?1 ORDER BY id",
        )?;
        let mut places: HashMap<String, usize> =
            self.people.iter().enumerate().map(|(at, name)| (name.clone(), at)).collect();
        let mut rows = statement.query([self.seen])?;
        while let Some(row) = rows.next()? {
            let (id, at, name): (i64, i64, String) = (row.get(0)?, row.get(1)?, row.get(2)?);
            let (verb, mode): (String, String) = (row.get(3)?, row.get(4)?);
            let person = *places.entry(name).or_insert_with_key(|name| {
                self.people.push(name.clone());
                self.people.len() - 1
            });
            let mut act = Act {
                at,
                day: Timestamp(at).local_day(),
                person,
                stands: true,
                did: Did::Other,
                turned: Vec::new(),
            };
            match row.get::<_, Option<i64>>(5)? {
                None => done(&snapshot, id, &verb, &mut act)?,
                Some(target) => {
                    if self.turn(target, mode == "redo") == Some(Did::Bulk) {
                        act.did = Did::Bulk;
                    }
                }
            }
            self.ids.push(id);
            self.acts.push(act);
            self.seen = id;
        }
        Ok(())
    }

    /// An action was undone, or redone; answers what it was, where it is known.
    fn turn(&mut self, target: i64, stands: bool) -> Option<Did> {
        let at = self.ids.binary_search(&target).ok()?;
        let act = self.acts.get_mut(at)?;
        act.stands = stands;
        Some(act.did)
    }

    /// What that comes to, up to a moment.
    pub fn paced(&self, reader: &Reader, now: Timestamp) -> Result<Paced> {
        let until = self.acts.partition_point(|act| act.at <= now.0);
        let counts = reader.counts()?;
        let acts = Cow::Borrowed(self.acts.get(..until).unwrap_or_default());
        // Hardly ever is anything usable without an answer: then nobody has to look.
        let is_any_blank = counts.trainable() < counts.usable();
        let acts = if is_any_blank { answered_only(&reader.connection, acts.into_owned())? } else { acts };
        let pace = Pace::of(&acts, self.people.clone(), now.local_day(), self.weeks);
        let coverage = Coverage::of(&counts);
        let remaining = coverage.examples_missing();
        let foreseen = match remaining {
            None if coverage.has_shares_of_nothing => Forecast::SharesOfNothing,
            remaining => forecast(&pace.days, remaining),
        };
        let wage = reader.wage()?;
        let wanted = reader.thresholds()?.unwrap_or_default().held_out;
        let to_hold_out = wanted.saturating_sub(counts.held_out());
        Ok(Paced {
            rates: rates(&pace.timed, By::PersonAndKind),
            last: last_work(&pace),
            forecast: foreseen,
            spending: wage.map(|wage| spending(&pace, wage, remaining)),
            pace,
            at: now,
            is_cut: self.is_cut,
            wage,
            remaining,
            to_hold_out,
        })
    }
}

impl Paced {
    /// How fast a person is at what they did last; `None` where that is not known.
    pub fn own_speed(&self, name: &str) -> Option<(Work, Speed)> {
        let person = self.pace.people.iter().position(|there| there == name)?;
        let work = (*self.last.get(person)?)?;
        let is_it = |rate: &&Rate| rate.person == Some(person) && rate.work == Some(work);
        Some((work, self.rates.iter().find(is_it)?.speed?))
    }
}

/// The acts without the examples that became usable and have no answer: nobody finished those.
fn answered_only(connection: &Connection, mut acts: Vec<Act>) -> Result<Cow<'static, [Act]>> {
    let turned: HashSet<i64> = acts.iter().flat_map(|act| &act.turned).map(|(example, _)| *example).collect();
    let mut statement = connection.prepare_cached("SELECT answered = 0 FROM example WHERE id = ?1")?;
    let mut blank = HashSet::new();
    for example in turned {
        if statement.query_row([example], |row| row.get(0)).optional()? == Some(true) {
            blank.insert(example);
        }
    }
    for act in &mut acts {
        act.turned.retain(|(example, _)| !blank.contains(example));
    }
    Ok(Cow::Owned(acts))
}

/// What each person did last.
fn last_work(pace: &Pace) -> Vec<Option<Work>> {
    let mut last = vec![None; pace.people.len()];
    for one in &pace.timed {
        if let Some(there) = last.get_mut(one.person) {
            *there = Some(one.work);
        }
    }
    last
}

impl Reader {
    /// What people are paid by, where somebody said.
    pub fn wage(&self) -> Result<Option<Wage>> {
        Ok(store::setting(&self.connection)?)
    }

    /// How fast the dataset grew over so many weeks before a moment.
    pub fn paced(&self, weeks: u32, now: Timestamp) -> Result<Paced> {
        PaceLog::read(self, weeks, now)?.paced(self, now)
    }

    /// When something was done last; `None` where nothing was.
    pub fn last_moment(&self) -> Result<Option<Timestamp>> {
        let sql = "SELECT at FROM action ORDER BY id DESC LIMIT 1";
        Ok(self.connection.prepare_cached(sql)?.query_row([], |row| row.get(0).map(Timestamp)).optional()?)
    }

    /// How long the examples took that people worked on last.
    pub fn took(&self) -> Result<Took> {
        let mut log = PaceLog::after((last_action(&self.connection)? - LAST_ACTIONS).max(0));
        log.refresh(self)?;
        let mut took = Took::default();
        for Timed { work, seconds, .. } in timed(&log.acts) {
            let of = match work {
                Work::Write => &mut took.write,
                Work::Mend => &mut took.mend,
                Work::Rank => &mut took.rank,
                Work::Review => &mut took.review,
            };
            of.push(seconds);
        }
        Ok(took)
    }
}

/// What an action was, and which examples became usable with it or are so no longer.
fn done(connection: &Connection, id: i64, verb: &str, act: &mut Act) -> Result<()> {
    let mut statement = connection.prepare_cached(
        "SELECT example, tbl = 'example',
                CASE WHEN tbl = 'example' THEN json_extract(before, '$.status') END,
                CASE WHEN tbl = 'example' THEN json_extract(after, '$.status') END
         FROM change WHERE action_id = ?1 ORDER BY id LIMIT ?2",
    )?;
    let limit = i64::try_from(BY_HAND_ROWS).unwrap_or(i64::MAX).saturating_add(1);
    let mut rows = statement.query([id, limit])?;
    let (mut n, mut examples, mut turned) = (0, Vec::new(), Vec::new());
    while let Some(row) = rows.next()? {
        n += 1;
        let Some(example) = row.get::<_, Option<i64>>(0)? else { continue };
        if !examples.contains(&example) && examples.len() < 2 {
            examples.push(example);
        }
        if row.get(1)? {
            let is_usable =
                |word: Option<String>| word.and_then(|word| word.parse().ok()).is_some_and(Status::is_usable);
            let (was, is) = (is_usable(row.get(2)?), is_usable(row.get(3)?));
            if was != is {
                turned.push((example, is));
            }
        }
    }
    let is_by_hand = n <= BY_HAND_ROWS;
    act.did = match examples.as_slice() {
        _ if !is_by_hand || verb == "import" => Did::Bulk,
        [] => Did::Other,
        [only] => Work::of_verb(verb).map_or(Did::Other, |work| Did::Work(*only, work)),
        _ => Did::Bulk,
    };
    if is_by_hand {
        act.turned = turned;
    }
    Ok(())
}

/// The number of the last action; 0 where there is none.
fn last_action(connection: &Connection) -> Result<i64> {
    let sql = "SELECT coalesce(max(id), 0) FROM action";
    Ok(connection.prepare_cached(sql)?.query_row([], |row| row.get(0))?)
}

/// The number of the first action from a moment on, found by halving: actions come in the order of time, but for
/// clocks that were put back.
fn first_since(connection: &Connection, since: i64) -> Result<i64> {
    let mut statement =
        connection.prepare_cached("SELECT id, at FROM action WHERE id >= ?1 ORDER BY id LIMIT 1")?;
    let (mut low, mut high) = (1, last_action(connection)? + 1);
    while low < high {
        let middle = low + (high - low) / 2;
        let found: Option<(i64, i64)> =
            statement.query_row([middle], |row| Ok((row.get(0)?, row.get(1)?))).optional()?;
        match found {
            Some((id, at)) if at < since => low = id + 1,
            _ => high = middle,
        }
    }
    Ok(low)
}
