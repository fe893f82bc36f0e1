//! The gate: every example is judged by the rules of the format before its file appears.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use super::super::Result;
use super::plan::Plan;
use super::report::{Failure, PLACES};
use crate::curation::tokens::Counter;
use crate::example::{Example, Model};
use crate::formats::mends::Mend;
use crate::formats::rules::Rule;
use crate::formats::{Carries, Choice, Conversation, Format, Outgoing, Unwritable, Writer, Written};

/// The rule that is about length.
pub(super) const TOKENS: &str = "tokens";
/// Where an example has not what the format is made of.
const MISSING: &str = "missing";

/// Judges examples and makes records of them.
pub(super) struct Gate {
    format: &'static dyn Format,
    choice: Choice,
    rules: Vec<&'static dyn Rule>,
    mends: Vec<&'static dyn Mend>,
    length: Option<Length>,
    writer: Box<dyn Writer>,
    failures: BTreeMap<String, Failure>,
    /// The rules that the example at hand does not hold.
    broken: Vec<&'static str>,
    /// How many examples each mend was made on.
    pub mended: BTreeMap<&'static str, u64>,
    /// The verdicts that go out.
    pub verdicts: BTreeSet<bool>,
}

/// How long a record may be.
struct Length {
    counter: Counter,
    most: u64,
}

impl Gate {
    pub fn new(plan: &Plan, writer: Box<dyn Writer>, model: Option<&Model>, folder: &Path) -> Result<Self> {
        let format = plan.format()?;
        plan.check_allowed()?;
        let rules = format.rules().iter().copied().filter(|rule| !plan.allows(rule.id())).collect();
        let most = match (model.and_then(|model| model.limit), format.limits().max_tokens) {
            (Some(one), Some(other)) => Some(one.min(other)),
            (one, other) => one.or(other),
        };
        let is_for_training = format.carries() != Carries::Everything;
        let most = most.filter(|_| is_for_training && !plan.allows(TOKENS));
        let length = most.map(|most| Length { counter: Counter::for_model(model, folder), most });
        Ok(Self {
            format,
            choice: plan.choice.clone(),
            rules,
            mends: plan.mends()?,
            length,
            writer,
            failures: BTreeMap::new(),
            broken: Vec::new(),
            mended: BTreeMap::new(),
            verdicts: BTreeSet::new(),
        })
    }

    pub fn writer(&mut self) -> &mut dyn Writer {
        self.writer.as_mut()
    }

    /// The records of an example, or `None` where it does not hold: then the failures say why.
    pub fn admit(&mut self, number: i64, example: Example) -> Option<Written> {
        let examples = self.mend(example);
        let mut all = Written::default();
        let mut holds = true;
        for example in &examples {
            holds &= self.holds(number, example);
            match self.writer.write(example) {
                Ok(written) => {
                    self.let_pass();
                    all.records.extend(written.records);
                    for what in written.left_out {
                        if !all.left_out.contains(&what) {
                            all.left_out.push(what);
                        }
                    }
                }
                // where a rule has said it already the writer's words add nothing
                Err(unwritable) if holds => {
                    self.fail_to_write(number, &unwritable);
                    holds = false;
                }
                Err(_) => {}
            }
        }
        holds.then_some(all)
    }

    pub fn failures(self) -> Vec<Failure> {
        let mut failures: Vec<Failure> = self.failures.into_values().collect();
        failures.sort_by(|a, b| b.examples.cmp(&a.examples).then_with(|| a.rule.cmp(b.rule)));
        failures
    }

    fn mend(&mut self, example: Example) -> Vec<Example> {
        let mut examples = vec![example];
        for mend in self.mends.clone() {
            let mut next = Vec::with_capacity(examples.len());
            for example in examples {
                if self.asks_for(&example, mend) {
                    let mended = mend.apply(example.clone());
                    if mended.as_slice() != std::slice::from_ref(&example) {
                        *self.mended.entry(mend.id()).or_default() += 1;
                    }
                    next.extend(mended);
                } else {
                    next.push(example);
                }
            }
            examples = next;
        }
        examples
    }

    /// Whether a rule does not hold that this would mend: what holds stays as it is.
    fn asks_for(&self, example: &Example, mend: &'static dyn Mend) -> bool {
        let Ok(outgoing) = Outgoing::of(example, self.format.carries(), &self.choice) else { return false };
        let mends = |rule: &&&'static dyn Rule| rule.mends().iter().any(|other| other.id() == mend.id());
        self.rules.iter().filter(mends).any(|rule| rule.check(&outgoing).is_some())
    }

    /// Takes note that what the example at hand does not hold is all that keeps it from being written.
    fn let_pass(&mut self) {
        for rule in self.broken.drain(..) {
            if let Some(failure) = self.failures.get_mut(rule) {
                failure.can_pass = true;
            }
        }
    }

    fn holds(&mut self, number: i64, example: &Example) -> bool {
        self.broken.clear();
        let outgoing = match Outgoing::of(example, self.format.carries(), &self.choice) {
            Ok(outgoing) => outgoing,
            Err(unwritable) => {
                self.fail_to_write(number, &unwritable);
                return false;
            }
        };
        let mut holds = true;
        for rule in &self.rules {
            if let Some(offence) = rule.check(&outgoing) {
                holds = false;
                self.broken.push(rule.id());
                let failure = self.failures.entry(rule.id().to_owned()).or_insert_with(|| Failure::of(*rule));
                failure.note_mends(*rule, example);
                failure.note(number, offence.to_string());
            }
        }
        if let Some(length) = &self.length
            && let Some(sentence) = length.exceeded(&outgoing)
        {
            holds = false;
            self.broken.push(TOKENS);
            let demand = format!("at most {} tokens a record ({})", length.most, length.counter.source());
            let failure = self.failures.entry(TOKENS.to_owned()).or_insert_with(|| {
                Failure::new(
                    TOKENS,
                    demand,
                    "shorten it, choose another model, or let it pass with --allow tokens",
                )
            });
            failure.note(number, sentence);
        }
        if holds {
            self.verdicts.extend(&outgoing.verdicts);
        }
        holds
    }

    fn fail_to_write(&mut self, number: i64, unwritable: &Unwritable) {
        let reason = unwritable.0;
        let demand = format!("what {} is made of", self.format.id());
        let advice = "finish the example, or leave such out by --where or --skip-invalid";
        let failure = self
            .failures
            .entry(format!("{MISSING}: {reason}"))
            .or_insert_with(|| Failure { reason: Some(reason), ..Failure::new(MISSING, demand, advice) });
        failure.note(number, reason.to_owned());
    }
}

impl Failure {
    fn of(rule: &'static dyn Rule) -> Self {
        Self::new(rule.id(), rule.demand().to_owned(), rule.advice())
    }

    /// Takes note of the mends that make another of the example, as long as examples are told: one that leaves
    /// it as it is would not help.
    fn note_mends(&mut self, rule: &'static dyn Rule, example: &Example) {
        if self.places.len() >= PLACES {
            return;
        }
        for mend in rule.mends() {
            if !self.mends.contains(&mend.id())
                && mend.apply(example.clone()).as_slice() != std::slice::from_ref(example)
            {
                self.mends.push(mend.id());
            }
        }
    }

    fn note(&mut self, number: i64, sentence: String) {
        self.examples += 1;
        if self.places.len() < PLACES {
            self.places.push((number, sentence));
        }
    }
}

/// Tokens that the form of a conversation adds to each turn, at most.
const BESIDE_A_TURN: u64 = 16;

impl Length {
    /// The sentence that says so, where a conversation is too long.
    fn exceeded(&self, outgoing: &Outgoing<'_>) -> Option<String> {
        outgoing.conversations().find_map(|conversation| {
            // A token is a byte at least: most conversations need not be counted.
            if at_most(&conversation) <= self.most {
                return None;
            }
            let answers = conversation.response.iter().map(|response| response.messages.as_slice());
            let counted = self.counter.conversation(conversation.prompt, answers);
            let tokens = counted.conversation;
            let about = if counted.exact { "" } else { "about " };
            (tokens > self.most).then(|| format!("has {about}{tokens} tokens, and may have {}", self.most))
        })
    }
}

fn at_most(conversation: &Conversation<'_>) -> u64 {
    let tools: usize = conversation.prompt.tools.iter().map(|tool| tool.to_string().len()).sum();
    let said = conversation.messages().map(|message| {
        let calls =
            message.tool_calls.iter().map(|call| call.name.len() + call.arguments.to_text().len() + 16);
        let bytes = message.text().len() + calls.sum::<usize>();
        bytes as u64 + BESIDE_A_TURN
    });
    said.sum::<u64>() + tools as u64 + 64
}
