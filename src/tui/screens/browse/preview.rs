//! The preview: what the selected example says, with the words of the filter marked in it.

use std::collections::HashMap;

use ratatui::Frame;
use ratatui::layout::Rect;
use ratatui::style::Style;
use ratatui::text::{Line, Span};
use unicode_normalization::UnicodeNormalization;

use crate::dataset::Proposal;
use crate::example::{Example, Message, Response, Role};
use crate::text::count::plural;
use crate::text::harmless::{harmless, visible};
use crate::text::wrap::wrap;
use crate::tui::effect::{Effect, Generation, Request, Shared};
use crate::tui::paint;
use crate::tui::theme::Theme;
use crate::tui::widgets::highlight::Whole;
use crate::tui::widgets::rows::{Stretch, layered};

/// Of a longer text, this many bytes are shown.
const SHOWN: usize = 20_000;
/// Previews that are kept.
const KEPT: usize = 64;
/// Of turns before the last question, this many rows are shown until one scrolls past the end.
const FOLDED: usize = 2;

/// The preview.
#[derive(Debug, Default)]
pub struct Preview {
    /// Whether it was asked for or sent away; `None`: where there is room beside the list.
    wanted: Option<bool>,
    /// Whether it was not there in the last picture; before the first one it may be.
    is_hidden: bool,
    generation: Generation,
    examples: HashMap<i64, (Generation, Option<Box<Example>>)>,
    asked: Option<(i64, Generation)>,
    /// What rules propose, by example; none where there are no rules.
    proposals: Option<HashMap<i64, Vec<Proposal>>>,
    of: Option<i64>,
    words: Vec<Vec<char>>,
    top: usize,
    /// Whether earlier turns are shown whole, and whether there is one to which that matters.
    is_whole: bool,
    is_folded: bool,
    laid: Option<(Laid, Vec<Line<'static>>)>,
    rows: usize,
}

/// What the rows were laid out for.
type Laid = (i64, Generation, u16, bool, Theme);

impl Preview {
    /// Shows it where it was hidden, and the other way round.
    pub fn toggle(&mut self) {
        self.wanted = Some(self.is_hidden);
        // Asked for at once, not after the next picture.
        self.is_hidden = !self.is_hidden;
    }

    /// Whether there is to be one; `by_itself` where there is room beside the list.
    pub fn is_wanted(&mut self, by_itself: bool) -> bool {
        self.is_hidden = !self.wanted.unwrap_or(by_itself);
        !self.is_hidden
    }

    /// The generation of what is read now.
    pub fn generation(&self) -> Generation {
        self.generation
    }

    /// The dataset changed: what is known is read again.
    pub fn changed(&mut self) {
        self.generation += 1;
        self.asked = None;
    }

    /// Whether there are rules, whose proposals are then asked for too.
    pub fn set_rules(&mut self, has_rules: bool) {
        self.proposals = has_rules.then(|| self.proposals.take().unwrap_or_default());
    }

    /// Other words are searched for.
    pub fn set_words(&mut self, words: Vec<&str>) {
        self.words = words.into_iter().map(|word| word.chars().map(fold).collect()).collect();
        self.words.retain(|word: &Vec<char>| !word.is_empty());
        self.laid = None;
    }

    /// Scrolls; past an end, what is folded opens.
    pub fn scroll(&mut self, by: isize) {
        let rows = self.laid.as_ref().map_or(0, |(_, lines)| lines.len());
        let before = self.top;
        self.top = before.saturating_add_signed(by).min(rows.saturating_sub(self.rows));
        if self.top == before && self.is_folded {
            (self.is_whole, self.top) = (true, 0);
        }
    }

    /// Asks for the selected example, where it is not known.
    pub fn ask(&mut self, selected: Option<i64>) -> Vec<Effect> {
        if self.of != selected {
            self.of = selected;
            (self.top, self.is_whole) = (0, false);
        }
        let Some(id) = selected.filter(|_| !self.is_hidden) else { return Vec::new() };
        let known = self.examples.get(&id).is_some_and(|(generation, _)| *generation == self.generation);
        if known || self.asked == Some((id, self.generation)) {
            return Vec::new();
        }
        self.asked = Some((id, self.generation));
        let proposed = self.proposals.as_ref().map(|_| Effect::Ask(self.generation, Request::Proposed(id)));
        std::iter::once(Effect::Ask(self.generation, Request::Example(id))).chain(proposed).collect()
    }

    /// Takes an example that was asked for.
    pub fn take(&mut self, generation: Generation, id: i64, example: Option<Box<Example>>) {
        if self.examples.len() >= KEPT {
            let of = self.of;
            self.examples.retain(|id, _| Some(*id) == of);
        }
        self.examples.insert(id, (generation, example));
    }

    /// Takes what rules propose for an example.
    pub fn take_proposals(&mut self, id: i64, proposals: Vec<Proposal>) {
        let Some(known) = &mut self.proposals else { return };
        if known.len() >= KEPT {
            let of = self.of;
            known.retain(|id, _| Some(*id) == of);
        }
        if self.of == Some(id) {
            self.laid = None;
        }
        known.insert(id, proposals);
    }

    /// Draws it.
    pub fn view(&mut self, frame: &mut Frame<'_>, area: Rect, shared: &Shared, theme: &Theme) {
        self.rows = area.height.into();
        let Some(id) = self.of else { return };
        let Some((generation, example)) = self.examples.get(&id) else { return };
        let key = (id, *generation, area.width, self.is_whole, *theme);
        if self.laid.as_ref().is_none_or(|(laid, _)| *laid != key) {
            let mut page = Page {
                lines: Vec::new(),
                cells: area.width.into(),
                words: &self.words,
                is_whole: self.is_whole,
                is_folded: false,
                blind_for: shared.blind_for(),
                theme,
            };
            match example {
                Some(example) => {
                    let proposals = self
                        .proposals
                        .as_ref()
                        .and_then(|known| known.get(&id))
                        .map_or(&[][..], Vec::as_slice);
                    page.lay(id, example, proposals);
                }
                None => page.lines.push(Line::styled(format!("#{id} is gone"), theme.look)),
            }
            self.is_folded = page.is_folded;
            self.laid = Some((key, page.lines));
        }
        let Some((_, lines)) = &self.laid else { return };
        self.top = self.top.min(lines.len().saturating_sub(self.rows));
        for (at, line) in (0..area.height).zip(lines.iter().skip(self.top)) {
            paint::line(frame, area, at, line.clone());
        }
        let below = lines.len().saturating_sub(self.top + self.rows);
        if below > 0 && area.height > 1 {
            let says = Line::styled(format!(" … {below} more rows "), theme.faint).right_aligned();
            paint::line(frame, area, area.height - 1, says);
        }
    }
}

struct Page<'a> {
    lines: Vec<Line<'static>>,
    cells: usize,
    words: &'a [Vec<char>],
    is_whole: bool,
    is_folded: bool,
    /// From whom authors are hidden until they have ranked.
    blind_for: Option<&'a str>,
    theme: &'a Theme,
}

impl Page<'_> {
    fn lay(&mut self, id: i64, example: &Example, proposals: &[Proposal]) {
        let theme = self.theme;
        let split = example.split.map(|split| format!(" · {split}")).unwrap_or_default();
        self.lines.push(Line::from(vec![
            Span::styled(format!("#{id}"), theme.heading),
            Span::styled(format!("  {} · {}{split}", example.kind, example.status), theme.faint),
        ]));
        if !example.tags.is_empty() {
            let tags: Vec<String> =
                example.tags.iter().map(|tag| format!("{}:{}", tag.facet, tag.value)).collect();
            self.text(&tags.join("  "), theme.faint, false);
        }
        // None of its tags yet: a person takes it or says no.
        for Proposal { tag, rule, .. } in proposals {
            self.text(&format!("{}:{} ?  rule {rule}", tag.facet, tag.value), theme.accent, false);
        }
        for flag in &example.flags {
            let (sign, style) = if flag.resolved { ("✓", theme.faint) } else { ("!", theme.bad) };
            let note = if flag.note.is_empty() { String::new() } else { format!(": {}", flag.note) };
            self.text(&format!("{sign} {}{note}", flag.kind), style, false);
        }
        if !example.note.is_empty() {
            self.text(&format!("note: {}", example.note), theme.look, false);
        }
        // What is asked last and what is answered matter; what came before gives way to them.
        let asked = example.prompt.messages.iter().rposition(|message| message.role == Role::User);
        for (at, message) in example.prompt.messages.iter().enumerate() {
            let start = self.lines.len();
            self.turn(&message.role.as_str().to_uppercase(), "", message);
            if !self.is_whole && asked.is_some_and(|asked| at < asked) {
                self.fold(start);
            }
        }
        let is_blind = self.blind_for.is_some_and(|annotator| example.is_open_to(annotator));
        for (at, response) in example.responses.iter().enumerate() {
            let by = response.author.as_ref().filter(|_| !is_blind);
            let by = by.map(|author| author.name.clone()).unwrap_or_default();
            self.response((at + 1, example.responses.len()), &by, response);
        }
    }

    /// Takes all but the first rows of a turn away, and says how many they were.
    fn fold(&mut self, start: usize) {
        // A blank row and the heading stand before the text.
        let keep = start + 2 + FOLDED;
        // In the place of one row nothing would be won.
        if self.lines.len() <= keep + 1 {
            return;
        }
        let hidden = self.lines.split_off(keep);
        let is_found = |span: &Span<'_>| span.style.patch(self.theme.found) == span.style;
        let has_found = hidden.iter().flat_map(|line| &line.spans).any(is_found);
        let mut says =
            vec![Span::styled(format!("… {}", plural(hidden.len() as u64, "more line")), self.theme.faint)];
        if has_found && !self.words.is_empty() {
            says.push(Span::styled(", ", self.theme.faint));
            says.push(Span::styled("with what is searched for", self.theme.found));
        }
        self.lines.push(Line::from(says));
        self.is_folded = true;
    }

    fn response(&mut self, (number, of): (usize, usize), by: &str, response: &Response) {
        let heading = if of > 1 { format!("RESPONSE {number}") } else { "RESPONSE".to_owned() };
        for message in &response.messages {
            self.turn(&heading, by, message);
        }
        if response.messages.is_empty() {
            self.heading(&heading, by);
        }
    }

    fn heading(&mut self, heading: &str, beside: &str) {
        self.lines.push(Line::default());
        self.lines.push(Line::from(vec![
            Span::styled(heading.to_owned(), self.theme.heading),
            Span::styled(format!("  {}", harmless(beside)), self.theme.faint),
        ]));
    }

    fn turn(&mut self, heading: &str, beside: &str, message: &Message) {
        self.heading(heading, beside);
        let said = message.text();
        if said.trim().is_empty() && message.tool_calls.is_empty() {
            self.lines.push(Line::styled("nothing yet", self.theme.faint));
        } else if !said.is_empty() {
            self.text(&said, self.theme.text, true);
        }
        for call in &message.tool_calls {
            self.text(&format!("{}({})", call.name, call.arguments.to_text()), self.theme.text, false);
        }
    }

    /// What is said by somebody is highlighted where it is more than prose.
    fn text(&mut self, text: &str, style: Style, is_said: bool) {
        let end = (0..=SHOWN.min(text.len())).rev().find(|&at| text.is_char_boundary(at)).unwrap_or(0);
        let shown = text.get(..end).unwrap_or_default();
        let found: Vec<Stretch> = find(shown, self.words)
            .into_iter()
            .map(|(start, end)| Stretch { range: start..end, style: self.theme.found })
            .collect();
        let mut highlight = is_said.then(Whole::default);
        for row in wrap(shown, self.cells.max(1)) {
            let pieces = highlight.as_mut().map_or_else(Vec::new, |known| known.pieces(shown, &row.shown()));
            let pieces: Vec<Stretch> =
                pieces.into_iter().map(|piece| Stretch::of(piece, self.theme)).collect();
            let mut spans = Vec::new();
            let mut at = row.start;
            // Stretches may begin on one row and end on another.
            for stretch in layered(&pieces, &found) {
                let (start, stop) = (stretch.range.start.max(at), stretch.range.end.min(row.shown_end));
                if start < stop {
                    self.stretch(&mut spans, shown.get(at..start), style);
                    self.stretch(&mut spans, shown.get(start..stop), style.patch(stretch.style));
                    at = stop;
                }
            }
            self.stretch(&mut spans, shown.get(at..row.shown_end), style);
            self.lines.push(Line::from(spans));
        }
        if end < text.len() {
            self.lines.push(Line::styled("… open it to see the rest", self.theme.faint));
        }
    }

    fn stretch(&self, spans: &mut Vec<Span<'static>>, text: Option<&str>, style: Style) {
        for run in visible(text.unwrap_or_default()) {
            let style = if run.is_mark { self.theme.mark } else { style };
            spans.push(Span::styled(run.text.into_owned(), style));
        }
    }
}

/// A letter without case and accents, as the search compares it.
fn fold(c: char) -> char {
    let base = c.nfkd().next().unwrap_or(c);
    base.to_lowercase().next().unwrap_or(base)
}

/// Where the words stand in the text, in bytes, in order and without overlap.
fn find(text: &str, words: &[Vec<char>]) -> Vec<(usize, usize)> {
    if words.is_empty() {
        return Vec::new();
    }
    let letters: Vec<(usize, char)> = text.char_indices().map(|(at, c)| (at, fold(c))).collect();
    let mut found = Vec::new();
    let mut at = 0;
    while at < letters.len() {
        let fits = |word: &&Vec<char>| {
            letters.get(at..at + word.len()).is_some_and(|have| have.iter().map(|(_, c)| c).eq(word.iter()))
        };
        let longest = words.iter().filter(fits).map(Vec::len).max();
        if let (Some(len), Some((start, _))) = (longest, letters.get(at)) {
            found.push((*start, letters.get(at + len).map_or(text.len(), |(end, _)| *end)));
            at += len;
        } else {
            at += 1;
        }
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_are_found_whatever_their_case_and_accents() {
        let words = |words: &[&str]| -> Vec<Vec<char>> {
            words.iter().map(|word| word.chars().map(fold).collect()).collect()
        };
        assert_eq!(find("Refund, REFUND", &words(&["refund"])), [(0, 6), (8, 14)]);
        assert_eq!(find("café crème", &words(&["cafe", "crème"])), [(0, 5), (6, 12)]);
        assert_eq!(find("aaa", &words(&["aa"])), [(0, 2)]);
        assert_eq!(find("abc", &[]), []);
    }
}
