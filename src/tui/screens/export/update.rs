//! What the screen does with what it hears.

use super::settings::{self, Asked, Setting, answer, further, turn};
use super::{Attention, Export, RECENT, Stage, Stop};
use crate::dataset::{Failure, Kept, Plan, Progress};
use crate::example::Kind;
use crate::formats::Carries;
use crate::tui::commands::Command;
use crate::tui::effect::{Answer, Effect, Place, Request, Shared};
use crate::tui::exporting::{Exported, Outcome};
use crate::tui::screen::Input;

/// The beginning of all work.
const BEGIN: Progress = Progress { step: "exporting", done: 0, total: None };

/// Whether the rule is one that can be let pass: what is missing can't be written all the same.
pub(super) fn can_pass(failure: &Failure) -> bool {
    failure.reason.is_none()
}

impl Export {
    pub(super) fn entered(&mut self, shared: &Shared) -> Vec<Effect> {
        self.attention = Attention::Here;
        if self.plan.format.is_empty() {
            let of = |kind| shared.counts.count(|count| count.kind == kind && count.answered > 0);
            let is_ranked = of(Kind::Preference) > of(Kind::Sft);
            let carries = if is_ranked { Carries::Pairs } else { Carries::Answer };
            self.plan = Plan::of(settings::first_of(carries));
        }
        let mut effects = vec![self.list()];
        if !matches!(self.stage, Stage::Writing(_)) {
            effects.extend(self.judge());
        }
        effects
    }

    /// What is being looked at is looked at no longer; what is being written goes on.
    pub(super) fn left(&mut self) -> Vec<Effect> {
        if !matches!(self.stage, Stage::Judging(_)) {
            return Vec::new();
        }
        self.stage = Stage::Stopped;
        vec![self.ask_judge(None)]
    }

    /// Stops what is going on; `None` where nothing is.
    pub(super) fn stop(&mut self) -> Option<Vec<Effect>> {
        match self.stage {
            Stage::Judging(_) => Some(self.left()),
            // How that ends is told when it has ended.
            Stage::Writing(_) => Some(vec![Effect::Ask(self.judging, Request::StopExport)]),
            Stage::Judged | Stage::Stopped => None,
        }
    }

    fn next(&mut self) -> u64 {
        self.generation += 1;
        self.generation
    }

    fn list(&mut self) -> Effect {
        self.listing = self.next();
        Effect::Ask(self.listing, Request::Exports(RECENT))
    }

    fn ask_judge(&mut self, plan: Option<Box<Plan>>) -> Effect {
        self.judging = self.next();
        Effect::Ask(self.judging, Request::Judge(plan))
    }

    /// Looks at what would be written; what was known of it stays until that is done.
    fn judge(&mut self) -> Vec<Effect> {
        self.stage = Stage::Judging(BEGIN);
        self.is_stale = false;
        let plan = Box::new(self.plan.clone());
        vec![self.ask_judge(Some(plan))]
    }

    /// The plan is another.
    fn changed(&mut self) -> Vec<Effect> {
        self.is_chosen = true;
        self.again = None;
        self.written = None;
        self.stay();
        self.judge()
    }

    /// Where what one was at is gone, one is at what is nearest to it.
    fn stay(&mut self) {
        let failures = self.failures();
        let at = match self.at {
            Stop::Setting(setting) if !setting.is_there(&self.plan) => Stop::Setting(Setting::Format),
            Stop::Failure(at) | Stop::Place(at, _) if at >= failures.len() => match failures.len() {
                0 => Stop::Setting(Setting::Format),
                all => Stop::Failure(all - 1),
            },
            Stop::Place(at, place) if failures.get(at).is_none_or(|one| place >= one.places.len()) => {
                Stop::Failure(at)
            }
            there => there,
        };
        if at != self.at {
            self.at = at;
            self.sight.follow();
        }
    }

    pub(super) fn heard(&mut self, input: Input, shared: &Shared) -> Vec<Effect> {
        match input {
            Input::Command { command, .. } => return self.command(command, shared),
            Input::Answer(answer) => return self.answer(answer),
            Input::Picked(purpose, values) => {
                if let (Some(asked), Some(value)) = (Asked::of(&purpose), values.first()) {
                    return self.answered(asked, value, shared);
                }
            }
            Input::Entered(purpose, text) => {
                if let Some(asked) = Asked::of(&purpose) {
                    return self.answered(asked, &text, shared);
                }
            }
            Input::Changed(_) => match self.stage {
                Stage::Judging(_) | Stage::Writing(_) => self.is_stale = true,
                Stage::Judged => return self.judge(),
                Stage::Stopped => {}
            },
            Input::Click { x, y } => {
                if let Some(stop) = self.sight.stop_at(x, y) {
                    // What was selected already is gone into.
                    if std::mem::replace(&mut self.at, stop) == stop {
                        return self.choose(shared);
                    }
                }
            }
            Input::Wheel { x, lines, .. } => self.sight.scroll_at(x, lines.into()),
            _ => {}
        }
        Vec::new()
    }

    fn answer(&mut self, answer: Answer) -> Vec<Effect> {
        match answer {
            Answer::Exporting(generation, progress) if generation == self.judging => match &mut self.stage {
                Stage::Judging(far) | Stage::Writing(far) => *far = progress,
                Stage::Judged | Stage::Stopped => {}
            },
            Answer::Judged(generation, report) if generation == self.judging => {
                self.preview.take(report.first.as_deref());
                self.report = Some(report);
                self.trouble = None;
                return self.settled();
            }
            Answer::Failed(generation, sentence) if generation == self.judging => {
                self.report = None;
                self.preview.take(None);
                self.trouble = Some(sentence);
                return self.settled();
            }
            Answer::Exported(generation, outcome) if generation == self.judging => {
                self.stage = Stage::Judged;
                match *outcome {
                    Outcome::Made(exported) => {
                        let same = self.again.take().map(|kept| (kept.number, is_same(&kept, &exported)));
                        self.written = Some((exported, same));
                        self.sight.begin();
                        return vec![self.list()];
                    }
                    Outcome::Held(report) => self.report = Some(report),
                    Outcome::Taken(path) if self.attention != Attention::Away => {
                        return vec![settings::ask_over(&path)];
                    }
                    Outcome::Taken(_) | Outcome::Stopped | Outcome::Failed(_) => {}
                }
            }
            Answer::Exports(generation, recent) if generation == self.listing => {
                // What was exported last is what is wanted again, as long as nothing else was said.
                let last = recent.first().filter(|_| !self.is_chosen && self.recent.is_empty());
                let last = last.map(|kept| kept.plan.clone()).filter(|plan| *plan != self.plan);
                self.recent = recent;
                if let Some(plan) = last {
                    self.plan = plan;
                    return self.judge();
                }
            }
            _ => {}
        }
        Vec::new()
    }

    /// The report is there.
    fn settled(&mut self) -> Vec<Effect> {
        self.stage = Stage::Judged;
        self.stay();
        if self.is_stale {
            return self.judge();
        }
        if self.attention != Attention::Waiting {
            return Vec::new();
        }
        self.attention = Attention::Here;
        self.write_proposed()
    }

    fn command(&mut self, command: Command, shared: &Shared) -> Vec<Effect> {
        if self.sight.moves(command, &mut self.at) {
            return Vec::new();
        }
        match command {
            Command::ExportNextPart => self.next_part(),
            Command::ExportPreview => self.preview.is_line ^= true,
            Command::ExportChoose => return self.choose(shared),
            Command::ExportJudge if !matches!(self.stage, Stage::Writing(_)) => return self.judge(),
            Command::ExportFormat => return self.change(Setting::Format),
            Command::ExportFilter => return self.change(Setting::Filter),
            Command::ExportSkip => return self.change(Setting::Invalid),
            Command::ExportMend => return self.mend(),
            Command::ExportPass => return self.pass(),
            Command::ExportWrite => return self.write(shared),
            _ => {}
        }
        Vec::new()
    }

    fn next_part(&mut self) {
        let part = self.at.part();
        let firsts = [1, 2].map(|further| (part + further) % 3);
        let of = |part| self.sight.stops().iter().copied().find(|stop| stop.part() == part);
        if let Some(next) = firsts.into_iter().find_map(of) {
            self.at = next;
            self.sight.follow();
        }
    }

    /// What the plan says can't be changed while it is being carried out.
    fn while_writing(&self) -> Option<Vec<Effect>> {
        matches!(self.stage, Stage::Writing(_)).then(|| {
            Effect::only_look("the file is being written; once more when that is done, or stop it first")
        })
    }

    fn choose(&mut self, shared: &Shared) -> Vec<Effect> {
        match self.at {
            Stop::Setting(setting) => self.change(setting),
            Stop::Failure(_) | Stop::Place(..) => {
                self.place().map(|number| Effect::Go(Place::Write(Some(number)))).into_iter().collect()
            }
            Stop::Recent(number) => self.again(number, shared),
        }
    }

    fn change(&mut self, setting: Setting) -> Vec<Effect> {
        if let Some(not_now) = self.while_writing() {
            return not_now;
        }
        if let Some(question) = setting.ask(&self.plan) {
            return vec![question];
        }
        self.plan.skip_invalid ^= true;
        self.changed()
    }

    fn answered(&mut self, asked: Asked, words: &str, shared: &Shared) -> Vec<Effect> {
        if let Some(not_now) = self.while_writing() {
            return not_now;
        }
        match asked {
            Asked::To => return self.write_to(words, false),
            Asked::Over if words == settings::OVER => {
                let to = std::mem::take(&mut self.to);
                return self.write_to(&to, true);
            }
            Asked::Over => return self.write(shared),
            _ => {}
        }
        if let Some(question) = further(asked, words, &self.plan) {
            return vec![question];
        }
        let before = self.plan.clone();
        match answer(&mut self.plan, asked, words, &shared.vocabulary) {
            Ok(()) if self.plan == before => Vec::new(),
            Ok(()) => self.changed(),
            Err(sentence) => Effect::refuse(sentence),
        }
    }

    /// Takes the mends of what one is at, or lets go of them.
    fn mend(&mut self) -> Vec<Effect> {
        if let Some(not_now) = self.while_writing() {
            return not_now;
        }
        let wanted: Vec<&str> = match self.failure() {
            Some(failure) => failure.mends.clone(),
            None => return self.change(Setting::Mends),
        };
        let missing: Vec<&&str> =
            wanted.iter().filter(|id| !self.plan.mends.iter().any(|there| there == **id)).collect();
        if wanted.is_empty() {
            return Effect::only_look(
                "nothing mends this by itself: edit the examples, leave them out or let the rule pass",
            );
        }
        if missing.is_empty() {
            return Effect::only_look("its mends are taken already, and don't do");
        }
        let missing: Vec<String> = missing.into_iter().map(|id| (*id).to_owned()).collect();
        self.plan.mends.extend(missing);
        self.changed()
    }

    fn pass(&mut self) -> Vec<Effect> {
        if let Some(not_now) = self.while_writing() {
            return not_now;
        }
        let Some(failure) = self.failure() else { return self.change(Setting::Pass) };
        if !can_pass(failure) {
            return Effect::only_look(
                "there is nothing that could be written of these: finish them, or leave them out",
            );
        }
        let rule = failure.rule;
        turn(&mut self.plan.allow, rule);
        self.changed()
    }

    /// Asks where to, where it can be written.
    fn write(&mut self, shared: &Shared) -> Vec<Effect> {
        if let Some(not_now) = self.while_writing() {
            return not_now;
        }
        let Some(report) = self.report.as_ref().filter(|_| self.stage == Stage::Judged) else {
            if let Some(trouble) = self.trouble.clone() {
                return Effect::only_look(trouble);
            }
            self.attention = Attention::Waiting;
            return Effect::only_look("where to is asked as soon as it is known what would be written");
        };
        let holds = report.invalid == 0 || self.plan.skip_invalid;
        if report.written == 0 {
            return Effect::only_look("there is nothing to write");
        }
        // How many records a file gets and how large it is shows where it is split.
        if !holds {
            return Effect::only_look(
                "some examples do not hold: mend them, let the rule pass, or leave them out",
            );
        }
        self.proposed = self.proposal(shared);
        self.write_proposed()
    }

    /// Asks where to, where it can be written.
    fn write_proposed(&self) -> Vec<Effect> {
        let holds = self
            .report
            .as_ref()
            .is_some_and(|report| report.written > 0 && (report.invalid == 0 || self.plan.skip_invalid));
        if !holds {
            return Effect::only_look(
                "there is nothing that can be written yet: what stands in the way is told here",
            );
        }
        vec![settings::ask(Asked::To, "Write to (folder/: a file a split)", self.proposed.clone())]
    }

    fn write_to(&mut self, words: &str, over: bool) -> Vec<Effect> {
        let words = words.trim();
        words.clone_into(&mut self.to);
        if words.is_empty() {
            return Vec::new();
        }
        self.stage = Stage::Writing(BEGIN);
        self.judging = self.next();
        let plan = Box::new(self.plan.clone());
        vec![Effect::Ask(self.judging, Request::Export(plan, words.to_owned(), over))]
    }

    /// Takes up the plan of an export of before; where to is asked when it holds.
    fn again(&mut self, number: i64, shared: &Shared) -> Vec<Effect> {
        if let Some(not_now) = self.while_writing() {
            return not_now;
        }
        let Some(kept) = self.recent.iter().find(|kept| kept.number == number).cloned() else {
            return Vec::new();
        };
        if self.again.as_ref().is_some_and(|again| again.number == number) && self.plan == kept.plan {
            return self.write(shared);
        }
        self.plan = kept.plan.clone();
        let mut effects = self.changed();
        self.again = Some(Box::new(kept));
        effects.extend(Effect::only_look(format!("set as export {number} was; once more writes it again")));
        effects
    }
}

/// Whether the records are the same, byte for byte.
fn is_same(kept: &Kept, exported: &Exported) -> bool {
    let of_records = |files: &[crate::dataset::WrittenFile]| -> Vec<String> {
        files.iter().filter(|file| file.records.is_some()).map(|file| file.sha256.clone()).collect()
    };
    of_records(&kept.files) == of_records(&exported.report.files)
}
