//! The derived facets with their counts, in the form in which those of facets that people set are read.

use super::{DerivedFacet, FacetCount, Reader, Result, ValueCount};
use crate::example::{Band, Status};
use crate::query::{NO, WRITTEN_HERE, YES};
use crate::store::{self, TraitCount};

impl Reader {
    /// The counts of the derived facets, but for those of authors and annotators: at a price that doesn't
    /// depend on the number of examples. Values that no example has are left out.
    pub fn derived_counts(&self) -> Result<Vec<(DerivedFacet, FacetCount)>> {
        let counts = store::read_trait_counts(&self.connection)?;
        let band = |bands: &[Band], count: &TraitCount<u32>| {
            let band = bands.iter().find(|band| band.low == count.value);
            band.map_or_else(|| count.value.to_string(), ToString::to_string)
        };
        let is = |count: &TraitCount<bool>| (if count.value { YES } else { NO }).to_owned();
        let tokens = |count: &TraitCount<u32>| band(Band::TOKENS, count);
        let source = |count: &TraitCount<Option<String>>| {
            count.value.clone().unwrap_or_else(|| WRITTEN_HERE.to_owned())
        };
        Ok(vec![
            facet(DerivedFacet::Turns, &counts.turns, |count| band(Band::TURNS, count)),
            facet(DerivedFacet::PromptTokens, &counts.prompt, tokens),
            facet(DerivedFacet::ResponseTokens, &counts.response, tokens),
            most_first(facet(DerivedFacet::Language, &counts.language, |count| count.value.clone())),
            facet(DerivedFacet::Tools, &counts.tools, is),
            facet(DerivedFacet::Refusal, &counts.refusal, is),
            facet(DerivedFacet::Json, &counts.json, is),
            most_first(facet(DerivedFacet::Source, &counts.source, source)),
        ])
    }

    /// The counts of one derived facet; those of authors and annotators are counted now, which takes the
    /// longer the more examples there are.
    pub fn derived_count(&self, wanted: DerivedFacet) -> Result<FacetCount> {
        let kept = self.derived_counts()?.into_iter().find(|(facet, _)| *facet == wanted);
        if let Some((_, count)) = kept {
            return Ok(count);
        }
        let sql = if wanted == DerivedFacet::Author {
            "SELECT r.author, e.status, count(DISTINCT e.id) FROM response r JOIN example e ON e.id = r.example_id
             WHERE r.author IS NOT NULL GROUP BY 1, 2 ORDER BY 1"
        } else {
            "SELECT a.name, e.status, count(DISTINCT e.id) FROM ranking k JOIN annotator a ON a.id = k.annotator_id
               JOIN example e ON e.id = k.example_id GROUP BY 1, 2 ORDER BY 1"
        };
        let mut counted: Vec<TraitCount<String>> = Vec::new();
        let mut statement = self.connection.prepare_cached(sql)?;
        let mut rows = statement.query([])?;
        while let Some(row) = rows.next()? {
            let name: String = row.get(0)?;
            let Ok(status) = row.get::<_, String>(1)?.parse::<Status>() else { continue };
            if counted.last().is_none_or(|last| last.value != name) {
                counted.push(TraitCount { value: name, by_status: Vec::new() });
            }
            if let Some(last) = counted.last_mut() {
                last.by_status.push((status, row.get(2)?));
            }
        }
        Ok(most_first(facet(wanted, &counted, |count| count.value.clone())).1)
    }
}

fn facet<V>(
    facet: DerivedFacet,
    counts: &[TraitCount<V>],
    name: impl Fn(&TraitCount<V>) -> String,
) -> (DerivedFacet, FacetCount) {
    let value = |count: &TraitCount<V>| ValueCount {
        name: name(count),
        target: None,
        share: None,
        by_status: count.by_status.clone(),
    };
    let count = FacetCount {
        name: facet.name().to_owned(),
        several: facet.is_several(),
        open: true,
        values: counts.iter().map(value).collect(),
    };
    (facet, count)
}

/// Names have no order of their own: what most have comes first.
fn most_first((facet, mut count): (DerivedFacet, FacetCount)) -> (DerivedFacet, FacetCount) {
    count.values.sort_by_key(|value| std::cmp::Reverse(value.all()));
    (facet, count)
}
