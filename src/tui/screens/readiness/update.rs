//! What the screen does with what it hears.

use super::lines::{Lead, Of};
use super::{FEW, Picked, Readiness, asked};
use crate::curation::readiness::{Measure, Question};
use crate::example::Tag;
use crate::tui::assessing::Wanted;
use crate::tui::commands::Command;
use crate::tui::effect::{Answer, Effect, Place, Purpose, Request, Shared, Spot, Tone};
use crate::tui::screen::Input;
use crate::tui::widgets::rows::Laid;
use crate::tui::widgets::{behind, sampling};

/// How long it has to be quiet after a change before all is measured anew, in milliseconds.
const QUIET: u64 = 800;

impl Readiness {
    pub(super) fn heard(&mut self, input: Input, shared: &Shared) -> Vec<Effect> {
        match input {
            Input::Command { command, .. } => return self.command(command, shared),
            Input::Answer(answer) => return self.answer(answer),
            Input::Changed(_) => return self.changed(shared),
            Input::Woken => {
                self.waiting = self.waiting.saturating_sub(1);
                if self.waiting == 0 && self.is_stale && self.measuring.is_none() {
                    return self.ask(shared);
                }
            }
            Input::Entered(Purpose::Sample, typed) => return sampling::draw(&typed),
            Input::Entered(purpose, typed) => return self.entered(&purpose, &typed),
            Input::Click { y, .. } => {
                if let Some((_, lead)) = self.drawn.iter().find(|(row, _)| *row == y).copied() {
                    // What was selected already is gone to.
                    if self.chosen.replace(lead) == Some(lead) {
                        return self.open(shared);
                    }
                }
            }
            Input::Wheel { lines, .. } => self.step(lines.signum().into(), shared),
            _ => {}
        }
        Vec::new()
    }

    fn answer(&mut self, answer: Answer) -> Vec<Effect> {
        match answer {
            Answer::Assessing(generation, progress) if generation == self.generation => {
                self.measuring = self.measuring.map(|_| progress);
            }
            Answer::Assessed(generation, assessed) if generation == self.generation => {
                self.measuring = None;
                self.is_stale |= assessed.as_ref().is_some_and(|assessed| !assessed.is_current);
                self.assessed = assessed;
                if self.is_stale {
                    self.waiting += 1;
                    return vec![Effect::Wake(QUIET)];
                }
            }
            Answer::Failed(generation, _) if generation == self.generation => self.measuring = None,
            Answer::Picked(_, few) if few.text.is_empty() => {
                let says = "there is nothing to pick: no example is usable and answered";
                return vec![Effect::Say(Tone::Look, says.to_owned())];
            }
            Answer::Picked(_, few) => {
                let laid = Laid::new(few.text.clone());
                self.picked = Some(Picked { few, laid, top: 0 });
            }
            _ => {}
        }
        Vec::new()
    }

    /// What is known is said anew: a threshold or an answer changes no measure, and anything else is told. While
    /// it is measured, what changed waits for that.
    fn changed(&mut self, shared: &Shared) -> Vec<Effect> {
        if self.measuring.is_some() || self.assessed.is_none() {
            self.is_stale = true;
            return Vec::new();
        }
        self.generation += 1;
        vec![Effect::Ask(self.generation, Request::Assess(Wanted::Known, shared.annotator.clone()))]
    }

    fn step(&mut self, by: isize, shared: &Shared) {
        if let Some(picked) = &mut self.picked {
            let last = picked.laid.rows().1.len().saturating_sub(self.page);
            picked.top = picked.top.saturating_add_signed(by).min(last);
            return;
        }
        let leads = self.leads(shared);
        let selected = self.selected(shared);
        let now = leads.iter().position(|lead| Some(*lead) == selected).unwrap_or(0);
        let to = now.saturating_add_signed(by).min(leads.len().saturating_sub(1));
        self.chosen = leads.get(to).copied();
    }

    fn command(&mut self, command: Command, shared: &Shared) -> Vec<Effect> {
        let page = isize::try_from(self.page.max(1)).unwrap_or(isize::MAX);
        match command {
            Command::MoveUp => self.step(-1, shared),
            Command::MoveDown => self.step(1, shared),
            Command::MovePageUp => self.step(-page, shared),
            Command::MovePageDown => self.step(page, shared),
            Command::MoveHalfPageUp => self.step(-(page / 2).max(1), shared),
            Command::MoveHalfPageDown => self.step((page / 2).max(1), shared),
            Command::MoveTop => self.step(isize::MIN, shared),
            Command::MoveBottom => self.step(isize::MAX, shared),
            Command::ReadinessCopy => return self.copy(),
            _ if self.picked.is_some() => {}
            Command::ReadinessOpen => return self.open(shared),
            Command::ReadinessThreshold => return self.ask_threshold(),
            Command::ReadinessYes => return self.say(Some(true), shared),
            Command::ReadinessNo => return self.say(Some(false), shared),
            Command::ReadinessWage => return self.ask_wage(),
            Command::ReadinessPick => return self.pick(),
            Command::ReadinessMeasure => return self.ask(shared),
            _ => {}
        }
        Vec::new()
    }

    fn copy(&self) -> Vec<Effect> {
        match &self.picked {
            Some(picked) => vec![
                Effect::Copy(picked.few.text.clone()),
                Effect::Say(Tone::Good, "copied to the system's clipboard".to_owned()),
            ],
            None => {
                vec![Effect::Say(Tone::Look, "pick examples first: then their text is copied".to_owned())]
            }
        }
    }

    fn pick(&self) -> Vec<Effect> {
        vec![Effect::Ask(self.generation, Request::PickFew(FEW))]
    }

    /// Answers the question that one is at; the same answer again takes it back.
    fn say(&mut self, answer: Option<bool>, shared: &Shared) -> Vec<Effect> {
        let Some((Lead::Question(question), assessed)) = self.selected(shared).zip(self.assessed.as_ref())
        else {
            let says = "there is no question here: those that are asked of you stand further down";
            return vec![Effect::Say(Tone::Look, says.to_owned())];
        };
        let answers = assessed.page.answers;
        let answer = answer.filter(|_| answers.get(question) != answer);
        asked::keep(answers.with(question, answer))
    }

    /// Yes after nothing, no after yes, nothing after no.
    fn turn(&self, question: Question) -> Vec<Effect> {
        let Some(assessed) = &self.assessed else { return Vec::new() };
        let answers = assessed.page.answers;
        let next = match answers.get(question) {
            None => Some(true),
            Some(true) => Some(false),
            Some(false) => None,
        };
        asked::keep(answers.with(question, next))
    }

    /// To where the work of the line is done.
    fn open(&mut self, shared: &Shared) -> Vec<Effect> {
        let Some(lead) = self.selected(shared) else { return Vec::new() };
        let findings = self.assessed.as_ref().map(|assessed| &assessed.findings);
        match lead {
            Lead::Gate(of, measure) => self.work(of, measure, shared),
            Lead::Gauge(word) => behind::gauge(word, findings, shared),
            Lead::Question(question) => self.turn(question),
            Lead::Wage => self.ask_wage(),
            Lead::Left(0) => vec![Effect::Go(Place::Write(None))],
            Lead::Left(1) => vec![Effect::Go(Place::Rank(None))],
            Lead::Left(_) => vec![Effect::Go(Place::Review(None))],
            Lead::Cost(_) => {
                let says =
                    format!("goldset cost {}.goldset tells it with other epochs and prices", shared.dataset);
                vec![Effect::Say(Tone::Look, says)]
            }
            Lead::Few => self.pick(),
        }
    }

    fn work(&self, of: Of, measure: Measure, shared: &Shared) -> Vec<Effect> {
        let browse = |filter: &str| vec![Effect::Go(Place::Browse(Some(filter.to_owned())))];
        let Some(assessed) = &self.assessed else { return Vec::new() };
        let findings = &assessed.findings;
        let line = assessed.page.readiness.lines.iter().find(|line| line.measure == measure);
        let about = line.and_then(|line| line.about.as_ref());
        match measure {
            Measure::Flags => browse("status:submitted,approved flag:*"),
            Measure::Contradictions if of == Of::Pairs => browse("status:submitted,approved is:circular"),
            Measure::Contradictions => {
                behind::list(&findings.contradictory, "no answers contradict each other")
            }
            Measure::Trainable => vec![Effect::Go(Place::Write(None))],
            Measure::Coverage => vec![Effect::Go(Place::Coverage(None))],
            Measure::Required => {
                let value = about.and_then(|about| Some(Tag::new(&about.facet, about.value.as_ref()?)));
                vec![Effect::Go(Place::Coverage(value))]
            }
            Measure::Balance => {
                let facet = about.map(|about| Spot::Facet(about.facet.clone()));
                vec![Effect::Go(Place::Balance(facet))]
            }
            Measure::LongerWins => vec![Effect::Go(Place::Balance(Some(Spot::Lengths)))],
            Measure::Contract if findings.kept_to_contract.n == 0 => {
                let says =
                    format!("there is no contract: goldset contract {}.goldset proposes one", shared.dataset);
                vec![Effect::Say(Tone::Look, says)]
            }
            Measure::Contract => behind::list(&findings.broken, "every answer keeps to the contract"),
            Measure::Defects => behind::reviews(shared),
            Measure::Agreement | Measure::SameAgain => {
                vec![Effect::Go(Place::Agreement)]
            }
            Measure::HeldOut => browse("status:submitted,approved split:none"),
            Measure::Leaks => behind::list(&findings.leaking, "no like prompts stand in several splits"),
            Measure::NewFacts => {
                behind::list(&findings.with_new_facts, "no answer names facts that its prompt doesn't")
            }
            Measure::Pairs => vec![Effect::Go(Place::Rank(None))],
        }
    }
}
