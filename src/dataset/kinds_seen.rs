//! What was seen of the kinds of open lists: of facets that anybody may add values to, and of words.

use super::{Counts, Reader, Result};
use crate::curation::richness::Richness;
use crate::store;

impl Counts {
    /// What was seen of each open facet, in examples that are not discarded.
    pub fn kinds_seen(&self) -> Vec<(String, Richness)> {
        let seen = |facet: &super::FacetCount| {
            Richness::of(&facet.values.iter().map(super::ValueCount::kept).collect::<Vec<_>>())
        };
        self.facets.iter().filter(|facet| facet.open).map(|facet| (facet.name.clone(), seen(facet))).collect()
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
    use super::super::Verb;
    use super::super::tests::steps::dataset;
    use super::*;
    use crate::example::{Example, Kind, Message, Prompt, Role};

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
