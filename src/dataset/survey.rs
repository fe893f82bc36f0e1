//! The survey: how many examples carry which values and pairs of values, kept up with what people do.

use super::{Reader, Result, Tagged};
use crate::curation::tway::PairCounts;
use crate::example::Status;
use crate::store;

/// So many changed examples are looked at one by one; where there are more, all is read anew.
const ONE_BY_ONE: usize = 5_000;

/// What is counted of the tags of all examples.
#[derive(Debug, Clone)]
pub struct Survey {
    tagged: Tagged,
    usable: PairCounts,
    kept: PairCounts,
    /// The last line of the journal that is in it.
    seen: i64,
}

impl Survey {
    /// Reads and counts everything: of a million examples that takes seconds.
    pub fn of(reader: &Reader) -> Result<Self> {
        let seen = store::last_change(&reader.connection)?;
        let tagged = reader.tagged()?;
        let usable = tagged.counts(Status::is_usable)?;
        let kept = tagged.counts(is_kept)?;
        Ok(Self { tagged, usable, kept, seen })
    }

    /// Takes in what was changed since; answers whether that was anything. Targets and names are read anew.
    pub fn refresh(&mut self, reader: &Reader) -> Result<bool> {
        let Some(changed) = store::tags_changed_since(&reader.connection, self.seen, ONE_BY_ONE)? else {
            *self = Self::of(reader)?;
            return Ok(true);
        };
        for example in &changed.examples {
            if !self.take(reader, *example)? {
                *self = Self::of(reader)?;
                return Ok(true);
            }
        }
        let is_new = changed.last != self.seen;
        self.seen = changed.last;
        Ok(is_new)
    }

    /// Counts one example anew; `false` where that can't be done.
    fn take(&mut self, reader: &Reader, example: i64) -> Result<bool> {
        let Some(now) = self.tagged.read(reader, example)? else { return Ok(false) };
        let Self { tagged, usable, kept, .. } = self;
        if let Some((status, values)) = tagged.coded(example)
            && !counted(usable, kept, status).into_iter().all(|counts| counts.remove(&values).is_ok())
        {
            return Ok(false);
        }
        if !tagged.put(example, &now) {
            return Ok(false);
        }
        let values: Vec<&[u16]> = now.1.iter().map(Vec::as_slice).collect();
        Ok(counted(usable, kept, now.0).into_iter().all(|counts| counts.add(&values).is_ok()))
    }

    /// The facets, with their values and targets.
    pub fn tagged(&self) -> &Tagged {
        &self.tagged
    }

    /// What is submitted or approved.
    pub fn usable(&self) -> &PairCounts {
        &self.usable
    }

    /// What is not discarded.
    pub fn kept(&self) -> &PairCounts {
        &self.kept
    }

    /// What is neither usable nor discarded: it waits in the queues.
    pub fn queued(&self) -> PairCounts {
        self.kept.without(&self.usable)
    }
}

/// Whether an example is there at all.
fn is_kept(status: Status) -> bool {
    status != Status::Discarded
}

/// The counts that an example of that status is in.
fn counted<'a>(
    usable: &'a mut PairCounts,
    kept: &'a mut PairCounts,
    status: Status,
) -> Vec<&'a mut PairCounts> {
    let mut counts = Vec::new();
    if status.is_usable() {
        counts.push(usable);
    }
    if is_kept(status) {
        counts.push(kept);
    }
    counts
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use proptest::prelude::*;

    use super::super::tests::steps::{dataset, example, step, verb_of};
    use super::super::{Dataset, Selection, Verb};
    use super::*;
    use crate::example::Tag;

    fn same(survey: &Survey, dataset: &Dataset) {
        let anew = Survey::of(&dataset.reader().unwrap()).unwrap();
        assert_eq!((&survey.usable, &survey.kept, survey.seen), (&anew.usable, &anew.kept, anew.seen));
    }

    #[test]
    fn a_tag_and_a_status_are_counted_without_reading_all_anew() {
        let folder = tempfile::tempdir().unwrap();
        let mut dataset = dataset(folder.path());
        dataset.perform(&Verb::Create(Box::new(example(1)))).unwrap();
        let reader = dataset.reader().unwrap();
        let mut survey = Survey::of(&reader).unwrap();
        let on = || Selection::One(1);
        dataset.perform(&Verb::AddTag { on: on(), tag: Tag::new("intent", "refund") }).unwrap();
        dataset.perform(&Verb::SetStatus { on: on(), status: Status::Approved }).unwrap();
        dataset.perform(&Verb::Create(Box::new(example(2)))).unwrap();
        let changed = store::tags_changed_since(&reader.connection, survey.seen, 10).unwrap().unwrap();
        assert_eq!(changed.examples, [1, 2]);
        assert!(survey.refresh(&reader).unwrap());
        same(&survey, &dataset);
        assert_eq!(survey.usable.single(crate::curation::tway::At::new(0, 0)), 1);
        assert!(!survey.refresh(&reader).unwrap());
    }

    proptest! {
        #![proptest_config(ProptestConfig { cases: 20, ..ProptestConfig::default() })]

        #[test]
        fn what_is_kept_up_equals_what_is_counted_anew(steps in prop::collection::vec(step(), 1..25)) {
            let folder = tempfile::tempdir().unwrap();
            let mut dataset = dataset(folder.path());
            let reader = dataset.reader().unwrap();
            let mut survey = Survey::of(&reader).unwrap();
            for step in &steps {
                if let Some(verb) = verb_of(step, &dataset) {
                    // a refused verb changes nothing, which is right too
                    let _ = dataset.perform(&verb);
                }
                survey.refresh(&reader).unwrap();
                same(&survey, &dataset);
            }
        }
    }
}
