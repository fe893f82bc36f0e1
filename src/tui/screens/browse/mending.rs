//! From the list to changes of many texts: find and replace, and normalise.

use super::Browse;
use crate::curation::mend::NORMALISERS;
use crate::dataset::Selection;
use crate::text::count::plural;
use crate::tui::commands::Command;
use crate::tui::effect::{Changing, Effect, Picker, PickerItem, Place, Purpose, Task, Tone};
use crate::tui::widgets::menus::Subject;

/// The menu of normalisers.
pub(super) const NORMALISE: Purpose = Purpose::Own(1);

impl Browse {
    /// Goes on with the marked examples, or with all that are shown where none is marked.
    pub(super) fn mend(&mut self, command: Command) -> Vec<Effect> {
        let all = std::mem::take(&mut self.on_all) || self.marks.is_empty();
        let subject = if all {
            let count = self.list.ids().len() as u64;
            Subject { on: Selection::Matching(self.filter.clone()), count, known: None, response: None }
        } else {
            match self.acts_on() {
                Ok(subject) => subject,
                Err(why) => return super::update::look(why),
            }
        };
        if subject.count == 0 && self.list.is_complete() {
            return vec![Effect::Say(Tone::Look, "there is no example here to change".to_owned())];
        }
        if command == Command::BrowseReplace {
            return vec![self.changing(subject, Task::Replace)];
        }
        let items = NORMALISERS.iter().map(|known| PickerItem {
            group: String::new(),
            value: known.id.to_owned(),
            detail: known.about.to_owned(),
            chosen: known.usual,
        });
        let picker = Picker {
            title: format!("Normalise {}", self.called(&subject)),
            items: items.collect(),
            several: true,
            open: false,
            purpose: NORMALISE,
        };
        self.target = Some(subject);
        vec![Effect::Pick(picker)]
    }

    /// The normalisers were chosen.
    pub(super) fn normalise(&mut self, subject: Subject, ids: &[String]) -> Vec<Effect> {
        if ids.is_empty() {
            return vec![Effect::Say(Tone::Look, "no normaliser was chosen, so nothing is done".to_owned())];
        }
        vec![self.changing(subject, Task::Normalise(ids.to_vec()))]
    }

    fn changing(&self, subject: Subject, task: Task) -> Effect {
        let said = self.called(&subject);
        Effect::Go(Place::Changes(Box::new(Changing { on: subject.on, said, task })))
    }

    /// What the examples are called.
    fn called(&self, subject: &Subject) -> String {
        match (&subject.on, subject.on.single()) {
            (_, Some(id)) => format!("#{id}"),
            (Selection::Matching(_), _) if !self.list.is_complete() => "all that are shown".to_owned(),
            (Selection::Matching(_), _) if subject.count == 1 => "the one example shown".to_owned(),
            (Selection::Matching(_), _) if self.text.is_empty() => {
                format!("all {}", plural(subject.count, "example"))
            }
            (Selection::Matching(_), _) => format!("the {} shown", plural(subject.count, "example")),
            _ => plural(subject.count, "marked example"),
        }
    }
}
