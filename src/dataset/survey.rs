//! The survey: how many examples carry which values and pairs of values, kept up with what people do.

use super::tag_following::{Change, Followed};
use super::{Error, Reader, Result, Tagged};
use crate::curation::tway::{CountError, PairCounts};
use crate::example::Status;

/// What is counted of the tags of all examples.
#[derive(Debug, Clone)]
pub struct Survey {
    tagged: Tagged,
    usable: PairCounts,
    kept: PairCounts,
}

impl Survey {
    /// Reads and counts everything: of a million examples that takes seconds.
    pub fn of(reader: &Reader) -> Result<Self> {
        Self::counted(reader.tagged()?)
    }

    /// Counts tags: of a million examples with ten facets that takes half a second.
    pub fn counted(tagged: Tagged) -> Result<Self> {
        let usable = tagged.counts(Status::is_usable)?;
        let mut kept = tagged.counts(|status| is_kept(status) && !status.is_usable())?;
        kept.merge(&usable).map_err(|error| Error::Uncountable(error.to_string()))?;
        Ok(Self { tagged, usable, kept })
    }

    /// Takes in what was changed since; answers whether that was anything.
    pub fn refresh(&mut self, reader: &Reader) -> Result<bool> {
        let Self { tagged, usable, kept } = self;
        // what can't be taken away was not counted as the journal has it
        let mut is_right = true;
        let followed = tagged.follow(reader, |change| {
            let done = match &change {
                Change::Out(status, values) => each(usable, kept, *status, |counts| counts.remove(values)),
                Change::In(status, values) => each(usable, kept, *status, |counts| counts.add(values)),
            };
            is_right &= done.is_ok();
        })?;
        if followed == Followed::Anew || !is_right {
            *self = Self::counted(std::mem::take(tagged))?;
        }
        Ok(followed != Followed::Nothing)
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

/// Does something to the counts that an example of that status is in.
fn each(
    usable: &mut PairCounts,
    kept: &mut PairCounts,
    status: Status,
    what: impl Fn(&mut PairCounts) -> std::result::Result<(), CountError>,
) -> std::result::Result<(), CountError> {
    if status.is_usable() {
        what(usable)?;
    }
    if is_kept(status) {
        what(kept)?;
    }
    Ok(())
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
        assert_eq!(
            (&survey.usable, &survey.kept, survey.tagged.seen),
            (&anew.usable, &anew.kept, anew.tagged.seen)
        );
        assert_eq!(survey.tagged.wanted(1), anew.tagged.wanted(1));
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
        let changed =
            crate::store::tags_changed_since(&reader.connection, survey.tagged.seen, 10).unwrap().unwrap();
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
