//! Asking who is at the keyboard, and going on as somebody else.

use std::path::PathBuf;
use std::time::Instant;

use super::super::effect::Tone;
use super::super::message::{Order, WriterJob};
use super::super::person::{NameFrom, name_of};
use super::Shell;
use super::overlay::Overlay;

/// What is known of the name.
#[derive(Debug, Default)]
pub(super) struct Person {
    from: NameFrom,
    /// The file of settings, where there can be one.
    settings: Option<PathBuf>,
    /// Whether the greeting waits for the name.
    greet: bool,
}

impl Shell {
    /// Says where the name comes from. Where nobody has said it yet, it is the first question.
    pub fn name_comes(&mut self, from: NameFrom, settings: Option<PathBuf>) {
        let first = from == NameFrom::Guessed;
        let greet = first && matches!(self.overlay, Some(Overlay::Welcome));
        self.person = Person { from, settings, greet };
        if first {
            self.ask_name();
        }
    }

    pub(super) fn ask_name(&mut self) {
        self.pending.clear();
        let first = self.person.from == NameFrom::Guessed;
        self.overlay = Some(Overlay::name(&self.shared.annotator, first));
    }

    /// The question goes: the greeting that waited for it comes.
    pub(super) fn name_closed(&mut self) {
        self.overlay = std::mem::take(&mut self.person.greet).then_some(Overlay::Welcome);
    }

    /// From now on everything is done by the one of that name.
    pub(super) fn named(&mut self, typed: &str, now: Instant, orders: &mut Vec<Order>) {
        let name = match name_of(typed) {
            Ok(name) => name,
            Err(why) => {
                if let Some(overlay) = &mut self.overlay {
                    overlay.name_is_wrong(why);
                }
                return;
            }
        };
        self.name_closed();
        let first = self.person.from == NameFrom::Guessed;
        let keep = (self.person.from != NameFrom::Said).then(|| self.person.settings.clone()).flatten();
        if first && keep.is_none() {
            let why = "there is no folder of settings to keep your name in; --as NAME says it each time";
            self.notices.say(Tone::Look, why, now);
        }
        self.person.from = if keep.is_some() { NameFrom::Settings } else { NameFrom::Said };
        let same = name == self.shared.annotator;
        if !same {
            // What is being typed is still the other one's: it is kept as theirs.
            self.close_above(0, now, orders);
            self.browse = None;
        }
        if !same || keep.is_some() {
            orders.push(Order::Write(WriterJob::Annotator(name.clone(), keep)));
        }
        if !same {
            orders.push(Order::Annotator(name.clone()));
            if !first {
                self.notices.say(Tone::Good, format!("{name} is at the keyboard"), now);
            }
            self.shared.annotator = name;
            // Until the counts of the new one are there, no work is chosen by those of the other.
            self.loaded = false;
            self.enter_front(now, orders);
        }
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;
    use crate::tui::harness::Harness;

    fn settings(folder: &tempfile::TempDir) -> PathBuf {
        folder.path().join("config.toml")
    }

    #[test]
    fn a_name_is_the_first_question_and_is_asked_for_once() {
        let folder = tempfile::tempdir().unwrap();
        let mut harness = Harness::sample(80, 24);
        harness.shell.welcome();
        harness.shell.name_comes(NameFrom::Guessed, Some(settings(&folder)));
        let asked = harness.wait(1).screen();
        assert!(asked.contains("Who is at the keyboard?") && !asked.contains("Welcome"), "{asked}");
        insta::assert_snapshot!("who_80x24", asked);
        harness.keys("ctrl-u enter");
        assert!(harness.screen().contains("a name has at least one letter"), "{}", harness.screen());
        harness.type_text("Bo B.").keys("enter");
        assert!(harness.screen().contains("Welcome to Goldset"), "{}", harness.screen());
        assert_eq!(std::fs::read_to_string(settings(&folder)).unwrap(), "annotator = \"Bo B.\"\n");
        assert_eq!(harness.shell.shared().annotator, "Bo B.");
        harness.keys("esc b a");
        assert_eq!(harness.reader().actions(None, 1).unwrap()[0].annotator, "Bo B.");
    }

    #[test]
    fn a_name_that_can_t_be_kept_is_told_and_work_goes_on() {
        let folder = tempfile::tempdir().unwrap();
        std::fs::write(settings(&folder), "").unwrap();
        let mut harness = Harness::sample(120, 24);
        harness.shell.name_comes(NameFrom::Guessed, Some(settings(&folder).join("config.toml")));
        harness.keys("enter");
        assert!(harness.screen().contains("could not be kept"), "{}", harness.screen());
        assert!(harness.keys("b a").screen().contains("called #1 approved"));
    }

    #[test]
    fn what_is_done_after_a_change_is_the_new_one_s() {
        let mut harness = Harness::sample(120, 30);
        harness.keys("g r g a ctrl-u").type_text("bo").keys("enter");
        let screen = harness.screen();
        assert!(screen.contains("bo is at the keyboard") && screen.contains("NEXT"), "{screen}");
        assert!(screen.lines().next().unwrap().contains(" bo "), "{screen}");
        harness.keys("b a");
        assert_eq!(harness.reader().actions(None, 1).unwrap()[0].annotator, "bo");
        // Who said so for this time only has no file of settings changed; undo is each one's own.
        harness.keys("g a ctrl-u").type_text("ana").keys("enter u");
        assert!(!harness.screen().contains("undid: called #1 approved"), "{}", harness.screen());
    }
}
