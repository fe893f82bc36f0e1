//! Splitting: which examples go into train, validation and test, proposed before anything is changed.
//!
//! Examples with like prompts are in one split, found as duplicates are; what stands in a split stays
//! there, and what joins its group goes there too. The rest is dealt by a hash ([`crate::curation::splits`]).
//! What is proposed is data for [`Verb::Deal`](super::Verb::Deal), which leaves alone what somebody put
//! elsewhere in the meantime.

mod dealing;
mod leaks;
mod report;
mod rows;

use std::collections::HashSet;

pub use leaks::Leak;
pub use report::{SmallStratum, SplitReport};

use self::rows::Rows;
use super::{Error, Likeness, Neighbours, OnProgress, Progress, Reader, Result};
use crate::curation::groups::groups;
use crate::curation::nearest::Sketches;
use crate::example::{Split, SplitPlan};
use crate::query::Filter;
use crate::store;

/// What is dealt.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Dealing {
    /// Nothing: only how things stand is told.
    Nothing,
    /// What is in no split yet.
    New,
    /// Everything that the filter finds, also what is in a split.
    Again,
}

/// What is to be split, and how.
#[derive(Debug, Clone)]
pub struct Splitting<'a> {
    /// The key, the shares, the facets and the likeness.
    pub plan: &'a SplitPlan,
    /// The examples that are split, and over which the shares hold. Others keep what they have, and those
    /// of them that are not discarded are reckoned with where prompts are alike.
    pub filter: &'a Filter,
    /// What is dealt.
    pub dealing: Dealing,
    /// Whether groups that stand in several splits are brought into one.
    pub mend_leaks: bool,
}

/// An example that goes into another split.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Dealt {
    /// The example.
    pub example: i64,
    /// The split that it is in, where it is in one.
    pub before: Option<Split>,
    /// The split that it goes into.
    pub after: Split,
}

/// What splitting would do.
#[derive(Debug, Clone, PartialEq)]
pub struct ProposedSplits {
    /// The examples that change, by number.
    pub dealt: Vec<Dealt>,
    /// How the splits stand then.
    pub report: SplitReport,
}

impl Reader {
    /// How the dataset was split the last time, where it was.
    pub fn split_plan(&self) -> Result<Option<SplitPlan>> {
        Ok(store::setting(&self.connection)?)
    }
}

impl Neighbours {
    /// Finds out where examples go, and changes nothing.
    pub fn propose_splits(
        &mut self,
        reader: &Reader,
        splitting: &Splitting<'_>,
        on_progress: OnProgress<'_>,
    ) -> Result<ProposedSplits> {
        let snapshot = reader.connection.unchecked_transaction().map_err(store::Error::from)?;
        self.catch_up(reader)?;
        let mut rows = Rows::read(reader, splitting)?;
        let mut likeness = Likeness::new(reader);
        let at_least = splitting.plan.likeness;
        let among = self.among(|id| rows.contains(id));
        let found = groups_of(&among, at_least, &mut likeness, on_progress)?;
        let components = rows.components(&found);
        let mut find_leaks = |rows: &Rows| leaks::find(rows, &components, &among, at_least, &mut likeness);
        let (leaks, mended, (dealt, small)) = if splitting.dealing == Dealing::Again {
            // What stands is not looked at, so what leaks is known afterwards.
            let dealt = dealing::deal(&mut rows, &components, splitting)?;
            (find_leaks(&rows)?, 0, dealt)
        } else {
            let mut leaks = find_leaks(&rows)?;
            let mended = if splitting.mend_leaks { leaks::mend(&mut rows, &mut leaks) } else { 0 };
            (leaks, mended, dealing::deal(&mut rows, &components, splitting)?)
        };
        let report = report::Parts { components: &components, dealt, small, mended, leaks };
        let report = report.told(&rows, splitting);
        drop(snapshot);
        Ok(ProposedSplits { dealt: rows.changes(), report })
    }

    /// The sketches of some examples.
    fn among(&self, wanted: impl Fn(i64) -> bool) -> Sketches {
        let mut sketches = Sketches::default();
        sketches.put(self.sketches().iter().filter(|(id, _)| wanted(*id)));
        sketches
    }
}

fn groups_of(
    sketches: &Sketches,
    at_least: f32,
    likeness: &mut Likeness<'_>,
    on_progress: OnProgress<'_>,
) -> Result<Vec<Vec<i64>>> {
    let total = sketches.len() as u64;
    #[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss, clippy::cast_precision_loss)] // a share
    let mut go_on = |share: f32| {
        let done = (share * total as f32) as u64;
        on_progress(Progress { step: "comparing prompts", done, total: Some(total) })
    };
    groups(sketches, at_least, &mut |a, b| likeness.of(a, b), &mut go_on)?.ok_or(Error::Stopped)
}

/// The sketches of some of those.
fn some_of(sketches: &Sketches, wanted: &HashSet<i64>) -> Sketches {
    let mut some = Sketches::default();
    some.put(sketches.iter().filter(|(id, _)| wanted.contains(id)));
    some
}
