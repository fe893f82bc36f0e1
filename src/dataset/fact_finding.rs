//! How many answers name facts that nothing before them has.

use super::{OnProgress, Progress, Reader, Result};
use crate::curation::contract::judged_text;
use crate::curation::new_facts::new_fact;
use crate::curation::readiness::Counted;
use crate::example::{Example, plain_text};
use crate::query::Filter;
use crate::store;

/// So many examples are looked at, spread evenly over all: enough to know a share to two in a hundred.
const LOOKED_AT: usize = 2_000;
/// Examples that are read at a time.
const PORTION: usize = 256;

impl Reader {
    /// Of how many answers how many name new facts, and the examples whose do; blank answers, and those that
    /// only call tools, are not counted.
    pub(super) fn new_facts(
        &self,
        among: &Filter,
        on_progress: OnProgress<'_>,
    ) -> Result<(Counted, Vec<i64>)> {
        let all = self.all_ids(among)?;
        let step = all.len().div_ceil(LOOKED_AT).max(1);
        let chosen: Vec<i64> = all.iter().step_by(step).copied().collect();
        let (mut answers, mut found) = (0, Vec::new());
        for (at, portion) in chosen.chunks(PORTION).enumerate() {
            let (done, total) = ((at * PORTION) as u64, Some(chosen.len() as u64));
            if !on_progress(Progress { step: "looking for new facts", done, total }) {
                return Err(super::Error::Stopped);
            }
            for (id, example) in store::examples(&self.connection, portion)? {
                if let Some(is_new) = names_new_facts(&example) {
                    answers += 1;
                    found.extend(is_new.then_some(id));
                }
            }
        }
        Ok((Counted::new(found.len() as u64, answers), found))
    }
}

/// Whether an example's answer names facts that no turn before it has; `None` where nothing is answered in words.
fn names_new_facts(example: &Example) -> Option<bool> {
    let response = super::readying::answering(example)?;
    let answer = judged_text(&response.messages)?;
    let (_, before) = response.messages.split_last()?;
    let given = format!("{}\n{}", plain_text(&example.prompt.messages), plain_text(before));
    Some(new_fact(&given, &answer).is_some())
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::super::tests::steps::dataset;
    use super::super::{Dataset, Verb};
    use super::*;
    use crate::example::{Kind, Message, Prompt, Response, Role};

    fn create(dataset: &mut Dataset, prompt: &str, responses: Vec<Response>) {
        let example = Example { responses, ..Example::new(Kind::Sft, Prompt::user(prompt)) };
        dataset.perform(&Verb::Create(Box::new(example))).unwrap();
    }

    #[test]
    fn answers_are_held_against_all_that_was_said_before_them() {
        let folder = tempfile::tempdir().unwrap();
        let mut dataset = dataset(folder.path());
        create(&mut dataset, "When did it sink?", vec![Response::new(None, "It sank in 1912.")]);
        create(&mut dataset, "It sank in 1912?", vec![Response::new(None, "Yes, in 1912.")]);
        let looked_up = [(Role::Tool, "{\"year\": 1912}"), (Role::Assistant, "It sank in 1912.")]
            .map(|(r, t)| Message::new(r, t));
        create(&mut dataset, "When did it sink?", vec![Response::of(None, looked_up.into())]);
        create(&mut dataset, "Nobody answered in 1912", Vec::new());
        let reader = dataset.reader().unwrap();
        let all = reader.filter("").unwrap();
        assert_eq!(reader.new_facts(&all, &mut |_| true).unwrap(), (Counted::new(1, 3), vec![1]));
        assert!(matches!(reader.new_facts(&all, &mut |_| false), Err(super::super::Error::Stopped)));
    }
}
