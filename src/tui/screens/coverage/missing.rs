//! The combinations that no usable example has: a menu of them, and the way to the cell of the one that is chosen.

use super::facets::Asked;
use super::{At, Coverage, Third};
use crate::example::Tag;
use crate::text::count::thousands;
use crate::text::harmless::harmless;
use crate::tui::effect::{Effect, Picker, PickerItem};
use crate::tui::surveying::Crossed;

/// How a combination stands in the menu.
fn told(tags: &[Tag]) -> String {
    tags.iter().map(|tag| tag.value.as_str()).collect::<Vec<_>>().join(" × ")
}

fn facets_of(tags: &[Tag]) -> String {
    tags.iter().map(|tag| tag.facet.as_str()).collect::<Vec<_>>().join(" × ")
}

impl Coverage {
    /// Asks which of the missing combinations to go to.
    pub(super) fn pick_missing(&self) -> Vec<Effect> {
        let Some(overall) = self.crossing.as_ref().and_then(|crossing| crossing.overall.as_ref()) else {
            return Effect::only_look("that is still being counted");
        };
        if overall.missing.is_empty() {
            return Effect::only_look(if overall.pairs.0 == 0 {
                "no combination can be missing: no two facets that people set have values"
            } else {
                "no combination is missing: some usable example has each of them"
            });
        }
        let item = |tags: &Vec<Tag>| PickerItem {
            group: if tags.len() > 2 { "three together".to_owned() } else { String::new() },
            chosen: false,
            value: told(tags),
            detail: facets_of(tags),
        };
        let (possible, present) = overall.pairs;
        let pairs = thousands(possible.saturating_sub(present));
        let title = match &overall.triples {
            Some((_, possible, present)) if possible > present => {
                format!("Which is missing? {pairs} pairs, {} of three", thousands(possible - present))
            }
            _ => format!("Which is missing? {pairs} pairs"),
        };
        let items = overall.missing.iter().map(item).collect();
        let purpose = Asked::Missing.purpose();
        vec![Effect::Pick(Picker { title, items, several: false, open: false, purpose })]
    }

    /// Crosses the facets of the combination that was chosen, and goes to its cell.
    pub(super) fn go_missing(&mut self, chosen: &str) -> Vec<Effect> {
        let overall = self.crossing.as_ref().and_then(|crossing| crossing.overall.as_ref());
        let found = overall.and_then(|overall| overall.missing.iter().find(|tags| told(tags) == chosen));
        let Some([row, column, more @ ..]) = found.map(Vec::as_slice) else { return Vec::new() };
        let (row, column) = (row.clone(), column.clone());
        self.third = more.first().map(|tag| Third { of: [row.clone(), column.clone()], tag: tag.clone() });
        self.crossed = Crossed { rows: Some(row.facet.clone()), columns: Some(column.facet.clone()) };
        self.wanted = Some((row, column));
        self.ask()
    }

    /// What is said of the combination of three values that one went to; nothing where one is at none.
    pub(super) fn third_told(&self) -> Option<String> {
        let third = self.third()?;
        let all: Vec<Tag> = third.of.iter().chain([&third.tag]).cloned().collect();
        let overall = self.crossing.as_ref().and_then(|crossing| crossing.overall.as_ref());
        let is_missing = overall.is_none_or(|overall| overall.missing.contains(&all));
        let says = if is_missing { "no usable example has all three" } else { "there is one now" };
        Some(format!("{}: {says}", harmless(&told(&all))))
    }

    /// Goes to the cell that was asked for, where it is on the screen now.
    pub(super) fn go_wanted(&mut self) {
        let Some(((row, column), crossing)) = self.wanted.as_ref().zip(self.crossing.as_ref()) else {
            return;
        };
        if crossing.rows.facet != row.facet || crossing.columns.facet != column.facet {
            return;
        }
        let row = crossing.rows.values.iter().position(|line| line.name == row.value);
        let column = crossing.columns.values.iter().position(|line| line.name == column.value);
        if let Some((row, column)) = row.zip(column) {
            self.at = At::Cell(row, column);
        }
        self.wanted = None;
    }
}
