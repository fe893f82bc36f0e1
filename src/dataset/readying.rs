//! What is known of a dataset when it is asked what it is ready for.

use std::collections::HashSet;

use super::{
    Dealing, Judged, Likeness, Neighbours, OnProgress, Reader, Result, SampleProgress, Splitting, Took,
};
use crate::curation::agreement::{Measure, Remark, report};
use crate::curation::bias::over_usable;
use crate::curation::contract::Judge;
use crate::curation::contradiction::{Relation, relation};
use crate::curation::coverage::Coverage;
use crate::curation::diversity::worst;
use crate::curation::nearest::DUPLICATE;
use crate::curation::pace::Wage;
use crate::curation::proportion::Share;
use crate::curation::readiness::{
    Answers, Counted, Inputs, Pace, Pairs, Required, RequiredFacet, Thresholds,
};
use crate::curation::wins::decided_pairs;
use crate::example::{Example, Kind, Response, Status};
use crate::query::{Filter, Is};
use crate::store::{self, Counts};

impl store::Setting for Thresholds {
    const NAME: &'static str = "readiness";
}

impl store::Setting for Answers {
    const NAME: &'static str = "answers";
}

/// What was measured.
#[derive(Debug, Clone, PartialEq)]
pub struct Measured {
    /// Of examples.
    pub inputs: Inputs,
    /// Of pairs, where anything is to be ranked.
    pub pairs: Option<Pairs>,
    /// The examples behind it.
    pub findings: Findings,
}

/// The examples in which something was found, by number.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Findings {
    /// How many keep to the contract, of how many; of 0 where there is no contract.
    pub kept_to_contract: Counted,
    /// Those that break it.
    pub broken: Vec<i64>,
    /// How many groups of like prompts have answers that contradict each other.
    pub contradictory_groups: u64,
    /// The examples that contradict another one.
    pub contradictory: Vec<i64>,
    /// Those whose prompts are nearly the same as another one's.
    pub alike: Vec<i64>,
    /// Those whose like stand in another split.
    pub leaking: Vec<i64>,
    /// Those whose answer names facts that nothing before it has, of those looked at.
    pub with_new_facts: Vec<i64>,
}

impl Findings {
    /// The examples in which something inconsistent was found.
    pub fn inconsistent(&self) -> Vec<i64> {
        sorted(self.broken.iter().chain(&self.contradictory).copied().collect())
    }

    /// How many of so many usable ones nothing inconsistent was found in; of none where none has an answer and
    /// no contract says that they have to: then there was nothing to look at.
    pub fn clean(&self, usable: u64, unanswered: u64) -> Counted {
        if self.kept_to_contract.n == 0 && unanswered >= usable {
            return Counted::default();
        }
        Counted::new(usable.saturating_sub(self.inconsistent().len() as u64), usable)
    }
}

/// Of a group of like prompts so many are compared with each other.
const COMPARED: usize = 60;

impl Reader {
    /// From where on the dataset is ready, where somebody set that.
    pub fn thresholds(&self) -> Result<Option<Thresholds>> {
        Ok(store::setting(&self.connection)?)
    }

    /// What whoever makes the dataset answered, where they did.
    pub fn answers(&self) -> Result<Option<Answers>> {
        let answers: Option<Answers> = store::setting(&self.connection)?;
        // what an hour costs is one setting, whoever asks for it
        let wage: Option<Wage> = store::setting(&self.connection)?;
        Ok(match wage {
            Some(Wage::PerHour(money)) => {
                Some(Answers { wage: Some(money.amount()), ..answers.unwrap_or_default() })
            }
            _ => answers,
        })
    }

    /// What is known of the usable examples and of their pairs, and which examples are behind it; only what
    /// whoever makes the dataset answers is left out.
    pub fn measure(&self, neighbours: &mut Neighbours, on_progress: OnProgress<'_>) -> Result<Measured> {
        let counts = self.counts()?;
        let usable = self.usable()?;
        let (groups, mut findings) = self.inconsistencies(neighbours, &usable, on_progress)?;
        let duplicates = self.repeated(&groups, &usable)?;
        findings.alike = sorted(groups.iter().flatten().copied().collect());
        let (leaks, leaking) = self.leaks(&counts, &usable, neighbours, on_progress)?;
        findings.leaking = leaking;
        let (new_facts, with_new_facts) = self.new_facts(&usable, on_progress)?;
        findings.with_new_facts = with_new_facts;
        let agreement = report(Judged::load(self, None)?.judgements()).all;
        let alpha = agreement.measured.iter().find(|(measure, _)| *measure == Measure::AlphaOrdinal);
        let alpha = alpha.and_then(|(_, measured)| measured.value.as_ref().ok().copied());
        let inputs = Inputs {
            usable: counts.usable(),
            trainable: counts.trainable().saturating_sub(duplicates),
            duplicates,
            unanswered: counts.usable().saturating_sub(counts.trainable()),
            flags: self.count(&usable.clone().and(Filter::flag(None)))?,
            contradictions: findings.contradictory_groups,
            coverage: Coverage::of(&counts),
            required: self.required_facets(&counts)?,
            contract: findings.kept_to_contract,
            defects: last_sample(&self.samples()?),
            balance: worst(&counts, &self.definitions()?.facets)
                .map(|worst| (worst.facet.name.clone(), worst.goodness)),
            agreement: alpha
                .filter(|_| !agreement.remarks.contains(&Remark::Few))
                .map(|alpha| (alpha, agreement.pairs as u64)),
            held_out: counts.held_out(),
            leaks,
            new_facts,
            // only whoever makes it can say
            answers: Answers::default(),
        };
        let pairs = self.measured_pairs(&counts, &usable)?;
        Ok(Measured { inputs, pairs, findings })
    }

    /// How many trainable examples are nearly the same as another one of their group that counts.
    fn repeated(&self, groups: &[Vec<i64>], usable: &Filter) -> Result<u64> {
        let blank: HashSet<i64> =
            self.all_ids(&usable.clone().and(Filter::is(Is::Blank)))?.into_iter().collect();
        let answered = |group: &Vec<i64>| group.iter().filter(|id| !blank.contains(id)).count() as u64;
        Ok(groups.iter().map(|group| answered(group).saturating_sub(1)).sum())
    }

    /// How many usable examples nothing inconsistent was found in, of how many; and which it was found in.
    pub fn consistency(
        &self,
        neighbours: &mut Neighbours,
        on_progress: OnProgress<'_>,
    ) -> Result<(Counted, Findings)> {
        let usable = self.usable()?;
        let (_, findings) = self.inconsistencies(neighbours, &usable, on_progress)?;
        let counts = self.counts()?;
        Ok((findings.clean(counts.usable(), counts.usable() - counts.trainable()), findings))
    }

    /// The groups of like prompts, which of them contradict each other, and what breaks the contract.
    fn inconsistencies(
        &self,
        neighbours: &mut Neighbours,
        usable: &Filter,
        on_progress: OnProgress<'_>,
    ) -> Result<(Vec<Vec<i64>>, Findings)> {
        let groups = neighbours.duplicates(self, usable, DUPLICATE, on_progress)?;
        let (contradictory_groups, contradictory) = self.contradictions(&groups, on_progress)?;
        let mut findings = Findings { contradictory_groups, contradictory, ..Findings::default() };
        if let Some(contract) = self.contract()? {
            let judge = Judge::new(&contract)?;
            let report = self.judge_all(&judge, usable, on_progress, &mut |broken| {
                findings.broken.push(broken.number);
                true
            })?;
            findings.broken.dedup();
            findings.kept_to_contract =
                Counted::new(report.judged_examples - report.broken_examples, report.judged_examples);
        }
        Ok((groups, findings))
    }

    /// How many groups of like prompts have two answers that contradict each other, and which examples do.
    fn contradictions(&self, groups: &[Vec<i64>], on_progress: OnProgress<'_>) -> Result<(u64, Vec<i64>)> {
        let mut likeness = Likeness::new(self);
        let (mut found, mut examples) = (0, Vec::new());
        for (at, group) in groups.iter().enumerate() {
            let total = Some(groups.len() as u64);
            if !on_progress(super::Progress { step: "comparing answers", done: at as u64, total }) {
                return Err(super::Error::Stopped);
            }
            let contradictory = self.contradictory(group, &mut likeness)?;
            found += u64::from(!contradictory.is_empty());
            examples.extend(contradictory);
        }
        Ok((found, sorted(examples)))
    }

    /// The examples of a group that contradict one before them, and those that these contradict.
    pub(super) fn contradictory(&self, group: &[i64], likeness: &mut Likeness<'_>) -> Result<Vec<i64>> {
        let mut before: Vec<(i64, String)> = Vec::new();
        let mut found = Vec::new();
        for &id in group.iter().take(COMPARED) {
            let Some(answer) = self.example(id)?.as_ref().and_then(answering).map(Response::text) else {
                continue;
            };
            for (other, theirs) in &before {
                let differs = matches!(relation(&answer, theirs), Some(Relation::DifferentAnswer(_)));
                if differs && likeness.of(id, *other)? >= DUPLICATE {
                    found.extend([*other, id]);
                    break;
                }
            }
            before.push((id, answer));
        }
        Ok(found)
    }

    /// What is known of pairs of a better and a worse response; `None` where nothing is to be ranked.
    fn measured_pairs(&self, counts: &Counts, usable: &Filter) -> Result<Option<Pairs>> {
        let is_ranked =
            |count: &store::ExampleCount| count.kind == Kind::Preference && count.status != Status::Discarded;
        if counts.count(is_ranked) == 0 {
            return Ok(None);
        }
        let judged = Judged::load(self, Some(usable.clone()))?;
        let judgements = judged.judgements();
        let habits = over_usable(judgements);
        Ok(Some(Pairs {
            pairs: judgements.examples.iter().map(decided_pairs).sum(),
            contradictions: self.count(&usable.clone().and(Filter::is(Is::Circular)))?,
            same_again: habits.own.map_or(Counted::default(), counted),
            longer_wins: counted(habits.longer_wins),
            is_tuned: false,
        }))
    }

    /// The facets that every example should have; of those that anybody may add to, the values with a target.
    fn required_facets(&self, counts: &Counts) -> Result<Vec<RequiredFacet>> {
        let facets = self.definitions()?.facets;
        let is_required = |name: &str| facets.iter().any(|facet| facet.name == name && facet.required);
        let required = counts.facets.iter().filter(|facet| is_required(&facet.name)).map(|facet| {
            let meant = facet.values.iter().filter(|value| !facet.open || value.target.is_some());
            let value = |value: &store::ValueCount| Required {
                name: value.name.clone(),
                n: value.usable(),
                target: value.target.map(u64::from),
            };
            RequiredFacet {
                name: facet.name.clone(),
                several: facet.several,
                values: meant.map(value).collect(),
            }
        });
        Ok(required.collect())
    }

    fn leaks(
        &self,
        counts: &Counts,
        usable: &Filter,
        neighbours: &mut Neighbours,
        on_progress: OnProgress<'_>,
    ) -> Result<(Option<u64>, Vec<i64>)> {
        if counts.count(|count| count.status.is_usable() && count.split.is_some()) == 0 {
            return Ok((None, Vec::new()));
        }
        let plan = self.split_plan()?.unwrap_or_default();
        let splitting =
            Splitting { plan: &plan, filter: usable, dealing: Dealing::Nothing, mend_leaks: false };
        let proposed = neighbours.propose_splits(self, &splitting, on_progress)?;
        let leaks = proposed.report.leaks;
        let examples = leaks.iter().flat_map(|leak| leak.examples.iter().map(|(id, _)| *id)).collect();
        Ok((Some(leaks.len() as u64), sorted(examples)))
    }
}

fn sorted(mut ids: Vec<i64>) -> Vec<i64> {
    ids.sort_unstable();
    ids.dedup();
    ids
}

#[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss)] // counts of pairs, never negative
fn counted(share: Share) -> Counted {
    Counted::new(share.x.round() as u64, share.n.round() as u64)
}

/// What answers: the best response, or else the first that says something.
pub(super) fn answering(example: &Example) -> Option<&Response> {
    let first = || example.responses.iter().find(|response| !response.is_blank());
    example.best_response().or_else(first)
}

/// The sample that was drawn last and reviewed in part at least.
pub(super) fn last_sample(samples: &[SampleProgress]) -> Counted {
    let reviewed = samples.iter().rev().find(|sample| sample.reviewed > 0);
    reviewed.map_or(Counted::default(), |sample| Counted::new(sample.defects, sample.reviewed))
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
