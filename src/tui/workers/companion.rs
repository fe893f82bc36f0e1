//! The companion: judges, counts and compares the example that is being written, off the screen's
//! thread. It keeps what is dear to make (the compiled contract, the vocabulary) from one question to
//! the next.

use std::path::PathBuf;

use super::super::beside::{Beside, Length, Nearest, Neighbour, Remark, Suggested, Work};
use super::super::effect::{Answer, Generation};
use super::super::message::{Message, ScreenId};
use super::pupil::Pupil;
use super::{calls, guarded};
use crate::curation::contract::{Judge, judged_text};
use crate::curation::tokens::Counter;
use crate::dataset::{Neighbours, Proposal, Reader, ReadyRules, Result};
use crate::example::{Contract, Model, Response, Role, TagRule, placeholders};
use crate::text::difference::Difference;
use crate::text::json::syntax;
use crate::text::place::position;

/// The nearest examples that are looked for.
const NEAR: usize = 8;

/// A question.
#[derive(Debug)]
pub struct CompanionJob {
    /// Who asks.
    pub screen: ScreenId,
    /// Its generation there.
    pub generation: Generation,
    /// The example.
    pub work: Box<Work>,
}

/// What is known beside an example.
pub struct Companion {
    reader: Reader,
    folder: PathBuf,
    neighbours: Neighbours,
    pupil: Option<Pupil>,
    judge: Kept<Contract, Option<Judge>>,
    rules: Kept<Vec<TagRule>, ReadyRules>,
    counter: Kept<Model, Counter>,
}

/// Something made from a setting; made anew only where the setting is another.
struct Kept<S, T> {
    made: Option<(Option<S>, T)>,
}

impl<S: Clone + PartialEq, T> Kept<S, T> {
    fn get(&mut self, setting: Option<&S>, make: impl FnOnce(Option<&S>) -> T) -> &T {
        if self.made.as_ref().is_some_and(|(of, _)| of.as_ref() != setting) {
            self.made = None;
        }
        &self.made.get_or_insert_with(|| (setting.cloned(), make(setting))).1
    }

    fn known(&self, setting: Option<&S>) -> Option<&T> {
        self.made.as_ref().filter(|(of, _)| of.as_ref() == setting).map(|(_, made)| made)
    }
}

impl Companion {
    /// A companion for that dataset.
    pub fn new(reader: Reader) -> Self {
        let folder = reader.path().parent().map(PathBuf::from).unwrap_or_default();
        Self {
            reader,
            folder,
            neighbours: Neighbours::new(),
            pupil: None,
            judge: Kept { made: None },
            rules: Kept { made: None },
            counter: Kept { made: None },
        }
    }

    /// Answers a question, part by part; the rest is left where `is_wanted` says no.
    pub fn handle(
        &mut self,
        job: &CompanionJob,
        is_wanted: impl Fn() -> bool,
        emit: &mut dyn FnMut(Message),
    ) {
        let mut say = |part| emit(Message::Answer(job.screen, Answer::Beside(job.generation, part)));
        let parts = guarded("looking at what is written", || {
            let counts_first = self.counter.known(job.work.model.as_ref()).is_some();
            say(Beside::Remarks(self.remarks(&job.work)));
            if let Some((before, after)) = &job.work.rewriting {
                say(Beside::Differs(Difference::of(before, after)));
            }
            if is_wanted() {
                let work = &job.work;
                say(Beside::Proposed(self.proposals(work)?));
            }
            if is_wanted() {
                say(Beside::Suggested(self.suggestions(&job.work)?));
            }
            if is_wanted() {
                say(Beside::Near(self.nearest(&job.work)?));
            }
            if is_wanted() {
                say(Beside::Counted(self.length(&job.work)));
                if !counts_first && self.asks_for_tokens() {
                    say(Beside::Remarks(self.remarks(&job.work)));
                }
            }
            Ok(())
        });
        if let Err(sentence) = parts {
            emit(Message::Trouble(sentence));
        }
        emit(Message::Answer(job.screen, Answer::Beside(job.generation, Beside::All)));
    }

    fn asks_for_tokens(&self) -> bool {
        self.judge.made.as_ref().and_then(|(_, judge)| judge.as_ref()).is_some_and(Judge::counts_tokens)
    }

    /// What is to be mended: what breaks the contract, JSON that is none, placeholders that are not
    /// filled in.
    fn remarks(&mut self, work: &Work) -> Vec<Remark> {
        let mut remarks = Vec::new();
        for (field, text) in &work.json {
            if let Err(error) = syntax::check(text) {
                remarks.push(at(field.clone(), &error.reason, text, error.range, true));
            }
        }
        for (turn, message) in work.example.prompt.messages.iter().enumerate() {
            left_open(&format!("prompt/{turn}"), &message.text(), &mut remarks);
            calls::remarks(
                &format!("prompt/{turn}/calls"),
                message,
                &work.example.prompt.tools,
                &mut remarks,
            );
        }
        // A contract that can't be compiled can't be set; one that came from elsewhere judges nothing.
        let judge = self
            .judge
            .get(work.contract.as_deref(), |contract| Judge::new(contract?).ok())
            .as_ref()
            .filter(|judge| judge.is_for(&work.example.tags));
        let counter = self.counter.known(work.model.as_ref());
        for (name, response) in work.names.iter().zip(&work.example.responses) {
            for (turn, message) in response.messages.iter().enumerate() {
                left_open(&of_turn(name, turn), &message.text(), &mut remarks);
                let tools = &work.example.prompt.tools;
                calls::remarks(&format!("{name}/{turn}/calls"), message, tools, &mut remarks);
            }
            let last = response.messages.iter().rposition(|message| message.role == Role::Assistant);
            let (Some(judge), Some(turn), Some(text)) = (judge, last, judged_text(&response.messages)) else {
                continue;
            };
            let tokens = counter.filter(|_| judge.counts_tokens()).map(|counter| counter.text(&text).tokens);
            let broken = judge.judge(&text, tokens);
            remarks.extend(broken.into_iter().map(|violation| Remark::of(of_turn(name, turn), violation)));
        }
        remarks
    }

    /// The tags that rules propose.
    fn proposals(&mut self, work: &Work) -> Result<Vec<Proposal>> {
        if self.rules.known(Some(&work.rules)).is_none() {
            self.rules.made = Some((Some(work.rules.clone()), self.reader.ready_rules(&work.rules)?));
        }
        let Some(rules) = self.rules.known(Some(&work.rules)) else { return Ok(Vec::new()) };
        self.reader.proposals_for(rules, work.id, &work.example)
    }

    /// The tags that the words suggest; the first question begins the learning.
    fn suggestions(&mut self, work: &Work) -> Result<Vec<Suggested>> {
        let path = self.reader.path();
        self.pupil.get_or_insert_with(|| Pupil::begin(path)).suggest(&self.reader, work)
    }

    /// The nearest examples that are there already.
    fn nearest(&mut self, work: &Work) -> Result<Nearest> {
        let response = work.example.responses.iter().rfind(|response| !response.is_blank());
        let said = response.map_or_else(String::new, Response::text);
        let found = self.neighbours.find(&self.reader, work.id, &work.example.prompt, &said, NEAR)?;
        let asks = work.example.prompt.question();
        let near = found.near.into_iter().map(|near| Neighbour::of(near, &asks, &said));
        Ok(Nearest { near: near.collect(), sketched: found.sketched, of: found.of })
    }

    fn length(&mut self, work: &Work) -> Length {
        let folder = &self.folder;
        let counter = self.counter.get(work.model.as_ref(), |model| Counter::for_model(model, folder));
        let tokens = counter.example(&work.example);
        Length {
            standing: tokens.standing(counter.limit()),
            limit: counter.limit(),
            source: counter.source().to_owned(),
            problem: counter.problem().map(str::to_owned),
            counted: tokens,
        }
    }
}

/// What the typing of a turn of a response is called.
fn of_turn(name: &str, turn: usize) -> String {
    if turn == 0 { name.to_owned() } else { format!("{name}/{turn}") }
}

fn at(field: String, sentence: &str, text: &str, range: std::ops::Range<usize>, is_wrong: bool) -> Remark {
    let place = position(text, range.start);
    Remark {
        field,
        sentence: sentence.to_owned(),
        range: Some(range),
        place: Some((place.line, place.column)),
        is_wrong,
    }
}

/// The placeholders of a template that are still there.
fn left_open(field: &str, text: &str, remarks: &mut Vec<Remark>) {
    let names = placeholders(text);
    if names.is_empty() {
        return;
    }
    for (start, _) in text.match_indices("{{") {
        let Some(inner) = text.get(start + 2..).and_then(|rest| rest.split("}}").next()) else { continue };
        if names.iter().any(|name| name == inner.trim()) {
            let range = start..start + inner.len() + 4;
            let sentence = format!("{{{{{}}}}} is not filled in", inner.trim());
            remarks.push(at(field.to_owned(), &sentence, text, range, false));
        }
    }
}
