//! What the example does to the gaps of the coverage, in a line; and the example that they need most.

use ratatui::style::Style;

use super::Write;
use crate::curation::gaps::{Step, at_hand, nothing_waits};
use crate::example::{Facet, QueueOrder, Tag};
use crate::tui::effect::{Effect, Generation, Request, Shared, Tone};
use crate::tui::surveying::Lacking;
use crate::tui::theme::Theme;

/// Of more examples than this the tags are not read for the sake of the line: values are counted anyway, and pairs
/// are on the screen of coverage.
const SURVEYED: u64 = 250_000;

/// What is known of the gaps.
#[derive(Debug, Default)]
pub(super) struct Gaps {
    lacking: Option<Lacking>,
    /// What was asked of the surveyor, which keeps its survey until one leaves.
    asked: Option<Generation>,
    /// The tags that a new example for the largest gap began with before the survey was there.
    guess: Option<Vec<Tag>>,
}

impl Gaps {
    /// The tags of the example that is best written next, where that is known.
    pub(super) fn card(&self) -> Option<Vec<Tag>> {
        self.lacking.as_ref().map(|lacking| lacking.card.clone()).filter(|card| !card.is_empty())
    }

    /// A new example begins with these; a better card may come.
    pub(super) fn guessed(&mut self, tags: &[Tag]) {
        self.guess = self.lacking.is_none().then(|| tags.to_vec());
    }

    /// What comes now is another example.
    pub(super) fn forget_guess(&mut self) {
        self.guess = None;
    }

    /// Nobody looks any more.
    pub(super) fn leave(&mut self) -> Option<Effect> {
        self.lacking = None;
        self.asked.take().map(|asked| Effect::Ask(asked, Request::Cross(None)))
    }
}

/// What is said of the tags that a new example begins with.
pub(super) fn said(tags: &[Tag]) -> String {
    let names: Vec<String> = tags.iter().map(|tag| format!("{} {}", tag.facet, tag.value)).collect();
    format!("what is lacking most: {}", names.join(", "))
}

impl Write {
    /// Asks what is lacking, of pairs of values too.
    pub(super) fn ask_lacking(&mut self, shared: &Shared) -> Option<Effect> {
        let is_asked_for = shared.definitions.facets.iter().any(Facet::is_asked_for);
        if !is_asked_for || shared.counts.total() > SURVEYED {
            return None;
        }
        let ask = self.ask(Request::Lacking);
        self.gaps.asked = Some(self.generation);
        Some(ask)
    }

    /// It is known what is lacking. A new example that nothing is typed in yet gets the better tags.
    pub(super) fn lacking_came(&mut self, generation: Generation, lacking: Lacking) -> Vec<Effect> {
        if self.gaps.asked != Some(generation) {
            return Vec::new();
        }
        self.gaps.lacking = Some(lacking);
        let (Some(guess), Some(card)) = (self.gaps.guess.take(), self.gaps.card()) else { return Vec::new() };
        let tags = match &mut self.subject {
            _ if self.tags_of_new == guess => &mut self.tags_of_new,
            Some(subject)
                if subject.id.is_none() && !subject.is_creating && subject.example.tags == guess =>
            {
                &mut subject.example.tags
            }
            _ => return Vec::new(),
        };
        let is_typed = self.open.as_ref().is_some_and(|open| !open.editor.text().trim().is_empty());
        if card == guess || is_typed || !self.stretch.is_empty() {
            return Vec::new();
        }
        let says = said(&card);
        *tags = card;
        vec![Effect::Say(Tone::Look, says)]
    }

    /// What the example does to the gaps, what matters most first; nothing where nothing is wanted of anything.
    pub(super) fn gap_line(&self, shared: &Shared, theme: &Theme) -> Option<(Vec<String>, Style)> {
        let subject = self.subject.as_ref().filter(|subject| !subject.is_done)?;
        let facets = &shared.counts.facets;
        let surveyed = self.gaps.lacking.as_ref().map(|lacking| &lacking.surveyed);
        let is_counted = subject.id.is_some() && subject.example.status.is_usable();
        let steps = at_hand(facets, &subject.example.tags, is_counted, surveyed);
        let style = match steps.first()? {
            Step::Closes { .. } => theme.good,
            step if step.helps() || is_counted => theme.text,
            _ => theme.look,
        };
        let mut parts: Vec<String> = steps.iter().map(Step::told).collect();
        if shared.order == QueueOrder::LargestGap
            && let Some(largest) = nothing_waits(facets, surveyed)
            && subject.place.is_some()
        {
            parts.push(format!("nothing waits for {}: “new for the gap” writes one", largest.told()));
        }
        Some((parts, style))
    }
}
