//! What was seen of the kinds of open lists: of facets that anybody may add values to, and of words.

use super::{Counts, Reader, Result};
use crate::curation::richness::Richness;
use crate::store;

/// Fewer observations say nothing of what is unseen.
const FEWEST: u64 = 30;

impl Counts {
    /// What was seen of each open facet, in examples that are not discarded.
    pub fn kinds_seen(&self) -> Vec<(String, Richness)> {
        let seen = |facet: &super::FacetCount| {
            Richness::of(&facet.values.iter().map(super::ValueCount::kept).collect::<Vec<_>>())
        };
        self.facets.iter().filter(|facet| facet.open).map(|facet| (facet.name.clone(), seen(facet))).collect()
    }

    /// Of which open facets some kinds were probably never seen, and about how many, each in few words; nothing
    /// of those of which too little was seen to tell.
    pub fn kinds_unseen(&self) -> Vec<String> {
        let enough = self.kinds_seen().into_iter().filter(|(_, seen)| seen.observed >= FEWEST);
        let told = |(name, seen): (String, Richness)| {
            let about = seen.unseen().round();
            (about >= 1.0).then(|| format!("{name}: about {about} kinds unseen"))
        };
        enough.filter_map(told).collect()
    }
}

impl Reader {
    /// What was seen of the words of prompts and responses, as far as they are in the search index. Of a large
    /// dataset that takes seconds.
    pub fn words_seen(&self) -> Result<Richness> {
        let [seen, observed, once, twice] = store::words_seen(&self.connection)?;
        Ok(Richness { seen, observed, once, twice })
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::super::tests::steps::dataset;
    use super::super::{FacetCount, ValueCount, Verb};
    use super::*;
    use crate::example::{Example, Kind, Message, Prompt, Role, Status};

    #[test]
    fn of_an_open_facet_with_many_kinds_seen_once_some_are_unseen() {
        let facet = |name: &str, open, counts: &[u64]| {
            let value = |(at, n): (usize, &u64)| ValueCount {
                name: format!("v{at}"),
                target: None,
                share: None,
                by_status: vec![(Status::Draft, *n), (Status::Discarded, 9)],
            };
            let values = counts.iter().enumerate().map(value).collect();
            FacetCount { name: name.to_owned(), several: true, open, values }
        };
        let counts = Counts {
            facets: vec![
                facet("topic", true, &[20, 6, 1, 1, 1, 1, 2]),
                facet("few", true, &[1, 1, 1, 1, 2]),
                facet("closed", false, &[20, 6, 1, 1, 1, 1, 2]),
                facet("all", true, &[20, 20]),
            ],
            ..Counts::default()
        };
        // 31/32 · 4² / 2
        assert_eq!(counts.kinds_unseen(), ["topic: about 8 kinds unseen"]);
    }

    #[test]
    fn words_that_occur_once_and_twice_are_counted_and_the_file_stays_as_it_is() {
        let folder = tempfile::tempdir().unwrap();
        let mut dataset = dataset(folder.path());
        for text in ["apple pear pear", "apple plum apple"] {
            let prompt = Prompt { messages: vec![Message::new(Role::User, text)], ..Prompt::default() };
            dataset.perform(&Verb::Create(Box::new(Example::new(Kind::Sft, prompt)))).unwrap();
        }
        dataset.index_all(&mut |_| true).unwrap();
        let reader = dataset.reader().unwrap();
        for _ in 0..2 {
            assert_eq!(reader.words_seen().unwrap(), Richness { seen: 3, observed: 6, once: 1, twice: 1 });
        }
        let made = "SELECT count(*) FROM main.sqlite_schema WHERE name = 'word'";
        assert_eq!(reader.connection.query_row(made, [], |row| row.get::<_, u64>(0)).unwrap(), 0);
        assert!(reader.connection.execute("DELETE FROM draft", []).is_err(), "it reads only, as before");
    }
}
