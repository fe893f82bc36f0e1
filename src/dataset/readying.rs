//! What is known of a dataset when it is asked what it is ready for.

use super::{
    Dealing, Judged, Likeness, Neighbours, OnProgress, Reader, Result, SampleProgress, Splitting, Took,
};
use crate::curation::agreement::{Measure, Remark, report};
use crate::curation::contract::Judge;
use crate::curation::contradiction::{Relation, relation};
use crate::curation::coverage::coverage;
use crate::curation::diversity::Balance;
use crate::curation::nearest::DUPLICATE;
use crate::curation::readiness::{Counted, Inputs, Pace, Required, Thresholds};
use crate::example::{Example, Response, Split};
use crate::query::Filter;
use crate::store::{self, Counts};

impl store::Setting for Thresholds {
    const NAME: &'static str = "readiness";
}

/// Of a group of like prompts so many are compared with each other.
const COMPARED: usize = 60;
/// Facets without targets are in balance where they are even; those with fewer values are no matter.
const FEWEST_VALUES: usize = 2;

impl Reader {
    /// From where on the dataset is ready, where somebody set that.
    pub fn thresholds(&self) -> Result<Option<Thresholds>> {
        Ok(store::setting(&self.connection)?)
    }

    /// What is known of the usable examples; only what whoever makes the dataset answers is left out.
    pub fn readiness_inputs(
        &self,
        neighbours: &mut Neighbours,
        on_progress: OnProgress<'_>,
    ) -> Result<Inputs> {
        let counts = self.counts()?;
        let usable = self.filter("status:submitted,approved")?;
        let groups = neighbours.duplicates(self, &usable, DUPLICATE, on_progress)?;
        let duplicates = groups.iter().map(|group| group.len() as u64 - 1).sum();
        let agreement = report(Judged::load(self, None)?.judgements()).all;
        let alpha = agreement.measured.iter().find(|(measure, _)| *measure == Measure::AlphaOrdinal);
        let alpha = alpha.and_then(|(_, measured)| measured.value.as_ref().ok().copied());
        Ok(Inputs {
            usable: counts.usable().saturating_sub(duplicates),
            duplicates,
            flags: self.count(&usable.clone().and(Filter::flag(None)))?,
            contradictions: self.contradictions(&groups, on_progress)?,
            coverage: self.covered(&counts)?,
            required: self.required_values(&counts)?,
            contract: self.kept_to_contract(&usable, on_progress)?,
            defects: last_sample(&self.samples()?),
            balance: worst_balance(&counts, &self.definitions()?.facets),
            agreement: alpha
                .filter(|_| !agreement.remarks.contains(&Remark::Few))
                .map(|alpha| (alpha, agreement.pairs as u64)),
            held_out: counts.count(|count| {
                count.status.is_usable() && matches!(count.split, Some(Split::Validation | Split::Test))
            }),
            leaks: self.leaks(&counts, &usable, neighbours, on_progress)?,
            ..Inputs::default()
        })
    }

    /// What is reached of all targets: of values, and where values meet.
    fn covered(&self, counts: &Counts) -> Result<Counted> {
        let sum = coverage(counts).iter().fold(Counted::default(), |sum, facet| {
            Counted::new(sum.x + facet.reached(), sum.n + facet.wanted())
        });
        Ok(self.cell_counts()?.iter().fold(sum, |sum, there| {
            let wanted = u64::from(there.cell.wish.number());
            Counted::new(sum.x + there.usable.min(wanted), sum.n + wanted)
        }))
    }

    /// How many groups of like prompts have two answers that contradict each other.
    fn contradictions(&self, groups: &[Vec<i64>], on_progress: OnProgress<'_>) -> Result<u64> {
        let mut likeness = Likeness::new(self);
        let mut found = 0;
        for (at, group) in groups.iter().enumerate() {
            let total = Some(groups.len() as u64);
            if !on_progress(super::Progress { step: "comparing answers", done: at as u64, total }) {
                return Err(super::Error::Stopped);
            }
            found += u64::from(self.is_contradictory(group, &mut likeness)?);
        }
        Ok(found)
    }

    fn is_contradictory(&self, group: &[i64], likeness: &mut Likeness<'_>) -> Result<bool> {
        let mut before: Vec<(i64, String)> = Vec::new();
        for &id in group.iter().take(COMPARED) {
            let Some(answer) = self.example(id)?.as_ref().and_then(answer) else { continue };
            for (other, theirs) in &before {
                let differs = matches!(relation(&answer, theirs), Some(Relation::DifferentAnswer(_)));
                if differs && likeness.of(id, *other)? >= DUPLICATE {
                    return Ok(true);
                }
            }
            before.push((id, answer));
        }
        Ok(false)
    }

    /// The values of the facets that every example should have, but for those that anybody may add to.
    fn required_values(&self, counts: &Counts) -> Result<Vec<Required>> {
        let facets = self.definitions()?.facets;
        let is_meant =
            |name: &str| facets.iter().any(|facet| facet.name == name && facet.required && !facet.open);
        let values = counts.facets.iter().filter(|facet| is_meant(&facet.name)).flat_map(|facet| {
            facet.values.iter().map(|value| Required {
                name: format!("{}:{}", facet.name, value.name),
                n: value.usable(),
                target: value.target.map(u64::from),
            })
        });
        Ok(values.collect())
    }

    fn kept_to_contract(&self, usable: &Filter, on_progress: OnProgress<'_>) -> Result<Counted> {
        let Some(contract) = self.contract()? else { return Ok(Counted::default()) };
        let report = self.judge_all(&Judge::new(&contract)?, usable, on_progress, &mut |_| true)?;
        Ok(Counted::new(report.examples - report.broken_examples, report.examples))
    }

    fn leaks(
        &self,
        counts: &Counts,
        usable: &Filter,
        neighbours: &mut Neighbours,
        on_progress: OnProgress<'_>,
    ) -> Result<Option<u64>> {
        if counts.count(|count| count.status.is_usable() && count.split.is_some()) == 0 {
            return Ok(None);
        }
        let plan = self.split_plan()?.unwrap_or_default();
        let splitting =
            Splitting { plan: &plan, filter: usable, dealing: Dealing::Nothing, mend_leaks: false };
        let proposed = neighbours.propose_splits(self, &splitting, on_progress)?;
        Ok(Some(proposed.report.leaks.len() as u64))
    }
}

/// What is answered: by the best response, or else by the first that says something.
fn answer(example: &Example) -> Option<String> {
    let first = || example.responses.iter().find(|response| !response.is_blank());
    example.best_response().or_else(first).map(Response::text)
}

/// The sample that was drawn last and reviewed in part at least.
fn last_sample(samples: &[SampleProgress]) -> Counted {
    let reviewed = samples.iter().rev().find(|sample| sample.reviewed > 0);
    reviewed.map_or(Counted::default(), |sample| Counted::new(sample.defects, sample.reviewed))
}

/// Of the facets with targets for all values, and of the closed ones that every example should have.
fn worst_balance(counts: &Counts, facets: &[crate::example::Facet]) -> Option<(String, f64)> {
    let should_be_even =
        |name: &str| facets.iter().any(|facet| facet.name == name && facet.required && !facet.open);
    let of_facet = |facet: &store::FacetCount| {
        let balance = Balance::of_facet(facet).ok()?;
        let is_meant = balance.divergence.is_some()
            || (should_be_even(&facet.name) && facet.values.len() >= FEWEST_VALUES);
        Some((facet.name.clone(), balance.goodness()?)).filter(|_| is_meant)
    };
    counts.facets.iter().filter_map(of_facet).min_by(|one, other| one.1.total_cmp(&other.1))
}

/// How long work takes as far as the journal tells, by guesses where it does not.
pub fn pace(took: &Took, per_hour: f64) -> Pace {
    let guess = Pace::default();
    Pace {
        write: took.minutes(&took.write).unwrap_or(guess.write),
        mend: took.minutes(&took.mend).unwrap_or(guess.mend),
        review: took.minutes(&took.review).unwrap_or(guess.review),
        per_hour,
    }
}
