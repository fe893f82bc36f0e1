//! What a test carries that is about no example of the dataset: tags that its words suggest.

use std::collections::HashSet;

use super::{Reader, Result};
use crate::curation::suggest::hashes_of;
use crate::example::{TestResult, TestTag, Tested};

/// Examples that are learned from at most.
const LESSONS: usize = 50_000;
/// How probable a suggested value must be.
const LEAST: f32 = 0.6;

impl Reader {
    /// Gives tests that are about no example, and that nothing is said of, the tags that their words suggest;
    /// answers how many got any. Of a facet with one value it is the most probable one.
    pub fn predict_tags(&self, results: &mut [TestResult]) -> Result<u64> {
        let is_meant =
            |result: &&mut TestResult| matches!(result.about, Tested::Prompt(_)) && result.tags.is_empty();
        let mut meant: Vec<&mut TestResult> = results.iter_mut().filter(is_meant).collect();
        if meant.is_empty() {
            return Ok(0);
        }
        let suggester = self.learn_suggestions(LESSONS, &|| true)?;
        let facets = self.definitions()?.facets;
        let single: HashSet<&str> =
            facets.iter().filter(|facet| !facet.several).map(|facet| facet.name.as_str()).collect();
        let mut predicted = 0;
        for result in &mut meant {
            let Tested::Prompt(prompt) = &result.about else { continue };
            let mut tags: Vec<TestTag> = Vec::new();
            // the most probable come first
            for suggestion in suggester.suggest(&hashes_of(prompt), None) {
                let is_taken = single.contains(suggestion.facet.as_str())
                    && tags.iter().any(|tag| tag.facet == suggestion.facet);
                if suggestion.probability >= LEAST && !is_taken {
                    tags.push(TestTag {
                        facet: suggestion.facet,
                        value: suggestion.value,
                        predicted: Some(suggestion.probability),
                    });
                }
            }
            predicted += u64::from(!tags.is_empty());
            result.tags = tags;
        }
        Ok(predicted)
    }
}
