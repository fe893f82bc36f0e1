//! Judging the responses of a dataset by a contract, and proposing one from them.

use std::collections::BTreeMap;
use std::path::Path;

use super::{Error, OnProgress, Progress, Reader, Result};
use crate::curation::contract::propose::{Proposal, Seen};
use crate::curation::contract::{Judge, Rule, Violation, judged_text};
use crate::curation::tokens::Counter;
use crate::example::{Contract, Example, Model};
use crate::query::Filter;
use crate::store;

/// Examples that are read at a time.
const PORTION: usize = 512;

/// A response that breaks the contract.
#[derive(Debug, Clone, Copy)]
pub struct Broken<'a> {
    /// The example's number.
    pub number: i64,
    /// The example.
    pub example: &'a Example,
    /// Which of its responses, from 0.
    pub response: usize,
    /// What breaks the contract; one at least.
    pub violations: &'a [Violation],
}

/// What became of judging.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct JudgeReport {
    /// Examples that the filter found and the contract is for.
    pub examples: u64,
    /// Examples that the filter found and the contract is not for.
    pub others: u64,
    /// Those of them with a response that was judged.
    pub judged_examples: u64,
    /// Responses that were judged.
    pub judged: u64,
    /// Responses without a text to judge: they say nothing yet, or only call tools.
    pub not_judged: u64,
    /// Responses that break the contract.
    pub broken: u64,
    /// Examples that have such a response.
    pub broken_examples: u64,
    /// Responses that break each part of the contract.
    pub by_rule: BTreeMap<Rule, u64>,
    /// Why tokens were not counted by the vocabulary of the dataset's model, where they were to be.
    pub problem: Option<String>,
}

/// A contract that was proposed.
#[derive(Debug, Clone, PartialEq)]
pub struct Proposed {
    /// The contract; `None` where the responses show nothing that one could ask for.
    pub contract: Option<Contract>,
    /// What the responses are like.
    pub seen: Seen,
    /// How they keep to the proposal.
    pub report: JudgeReport,
}

impl Reader {
    /// The contract, where one is set.
    pub fn contract(&self) -> Result<Option<Contract>> {
        Ok(store::setting(&self.connection)?)
    }

    /// Judges every response of the examples that the filter finds, as they are at one moment, and
    /// hands over those that break the contract, in the order of the examples; the receiver answers
    /// whether to go on.
    pub fn judge_all(
        &self,
        judge: &Judge,
        filter: &Filter,
        on_progress: OnProgress<'_>,
        on_broken: &mut dyn FnMut(&Broken<'_>) -> bool,
    ) -> Result<JudgeReport> {
        let mut report = JudgeReport::default();
        let counter = if judge.counts_tokens() { Some(self.counter()?) } else { None };
        report.problem = counter.as_ref().and_then(Counter::problem).map(str::to_owned);
        self.each(filter, "judging", on_progress, &mut |number, example| {
            judge_example(judge, counter.as_ref(), number, example, &mut report, on_broken)
        })?;
        Ok(report)
    }

    /// Proposes a contract from the responses of the examples that the filter finds, and says how
    /// they keep to it; `closed`: with no other keys than those seen. `only` is taken over into it.
    pub fn propose_contract(
        &self,
        filter: &Filter,
        only: &BTreeMap<String, Vec<String>>,
        closed: bool,
        on_progress: OnProgress<'_>,
    ) -> Result<Proposed> {
        let mut proposal = Proposal::default();
        self.each(filter, "reading", on_progress, &mut |_, example| {
            let texts = example.responses.iter().filter_map(|response| judged_text(&response.messages));
            texts.for_each(|text| proposal.add_text(&text));
            true
        })?;
        let seen = proposal.seen();
        let Some(mut contract) = proposal.contract(closed) else {
            return Ok(Proposed { contract: None, seen, report: JudgeReport::default() });
        };
        contract.only.clone_from(only);
        let report = self.judge_all(&Judge::new(&contract)?, filter, on_progress, &mut |_| true)?;
        Ok(Proposed { contract: Some(contract), seen, report })
    }

    /// What counts tokens as the dataset's model does.
    pub fn counter(&self) -> Result<Counter> {
        let model: Option<Model> = store::setting(&self.connection)?;
        Ok(Counter::for_model(model.as_ref(), self.path().parent().unwrap_or(Path::new("."))))
    }

    /// Hands over each example that the filter finds, as they are at one moment, until the receiver
    /// or whoever hears of the progress wants no more.
    fn each(
        &self,
        filter: &Filter,
        step: &'static str,
        on_progress: OnProgress<'_>,
        receive: &mut dyn FnMut(i64, &Example) -> bool,
    ) -> Result<()> {
        let snapshot = self.connection.unchecked_transaction().map_err(store::Error::from)?;
        let total = Some(self.count(filter)?);
        let mut done = 0;
        let mut outcome = Ok(());
        self.ids(filter, |ids| {
            for portion in ids.chunks(PORTION) {
                let examples = match store::examples(&self.connection, portion) {
                    Ok(examples) => examples,
                    Err(error) => {
                        outcome = Err(error.into());
                        return false;
                    }
                };
                done += examples.len() as u64;
                let wanted = examples.iter().all(|(number, example)| receive(*number, example));
                if !wanted || !on_progress(Progress { step, done, total }) {
                    outcome = Err(Error::Stopped);
                    return false;
                }
            }
            true
        })?;
        drop(snapshot);
        outcome
    }
}

/// Judges the responses of an example; answers whether to go on.
fn judge_example(
    judge: &Judge,
    counter: Option<&Counter>,
    number: i64,
    example: &Example,
    report: &mut JudgeReport,
    on_broken: &mut dyn FnMut(&Broken<'_>) -> bool,
) -> bool {
    if !judge.is_for(&example.tags) {
        report.others += 1;
        return true;
    }
    report.examples += 1;
    let (judged, broken) = (report.judged, report.broken);
    for (response, answer) in example.responses.iter().enumerate() {
        let Some(text) = judged_text(&answer.messages) else {
            report.not_judged += 1;
            continue;
        };
        report.judged += 1;
        let tokens = counter.map(|counter| counter.text(&text).tokens);
        let violations = judge.judge(&text, tokens);
        if violations.is_empty() {
            continue;
        }
        report.broken += 1;
        let mut rules: Vec<Rule> = violations.iter().map(|violation| violation.rule).collect();
        rules.sort_unstable();
        rules.dedup();
        for rule in rules {
            *report.by_rule.entry(rule).or_default() += 1;
        }
        if !on_broken(&Broken { number, example, response, violations: &violations }) {
            return false;
        }
    }
    report.judged_examples += u64::from(report.judged > judged);
    report.broken_examples += u64::from(report.broken > broken);
    true
}
