//! All that was said of the example under review, as lines: rankings, flags, earlier reviews, and
//! what changed in its texts.

use ratatui::style::Style;
use ratatui::text::{Line, Span};

use super::shown::Shown;
use crate::dataset::{Became, Since};
use crate::example::{Review, Verdict};
use crate::text::harmless::harmless;
use crate::text::width::{first_line, truncate};
use crate::text::wrap::wrap;
use crate::tui::theme::Theme;
use crate::tui::widgets::diff::DifferenceView;

/// Rows that are shown of a text that is new, or gone.
const ROWS: usize = 6;

/// The lines, for so many cells.
pub fn lines(shown: &Shown, cells: usize, with_all: bool, theme: &Theme) -> Vec<Line<'static>> {
    let mut page = Page { lines: shown.table.lines(cells, with_all, theme), cells, theme };
    page.flags(shown);
    page.reviews(shown, with_all);
    if let Some(since) = &shown.since {
        page.changes(since);
    }
    if !shown.example.note.is_empty() {
        page.heading("NOTE");
        page.say(&shown.example.note, theme.text);
    }
    page.lines
}

/// What a review decided, in a few words: `sent back · ambiguous · which card?`.
pub fn decided(review: &Review) -> String {
    let verdict = match review.verdict {
        Verdict::Approved => "approved",
        Verdict::Edited => "approved, edited",
        Verdict::Overruled => "overruled",
        Verdict::Returned => "sent back",
    };
    let parts = [verdict, &review.reason, &review.note].into_iter().filter(|part| !part.is_empty());
    parts.collect::<Vec<_>>().join(" · ")
}

struct Page<'a> {
    lines: Vec<Line<'static>>,
    cells: usize,
    theme: &'a Theme,
}

impl Page<'_> {
    fn heading(&mut self, name: &str) {
        if !self.lines.is_empty() {
            self.lines.push(Line::default());
        }
        self.lines.push(Line::styled(format!(" {}", harmless(name)), self.theme.heading));
    }

    /// A text in as many rows as it takes.
    fn say(&mut self, text: &str, style: Style) {
        for row in wrap(text, self.cells.saturating_sub(2).max(1)) {
            self.lines.push(Line::styled(format!(" {}", harmless(row.text(text))), style));
        }
    }

    fn flags(&mut self, shown: &Shown) {
        let open: Vec<_> = shown.example.flags.iter().filter(|flag| !flag.resolved).collect();
        if open.is_empty() {
            return;
        }
        self.heading("FLAGS");
        for flag in open {
            let place = flag.response.and_then(|id| shown.presented.iter().position(|there| *there == id));
            let on = place.map_or_else(String::new, |at| format!("response {}", at + 1));
            let by = flag.by.clone().unwrap_or_default();
            let parts = [flag.kind.as_str(), &on, &by, &flag.note];
            let said = parts.into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join(" · ");
            self.say(&said, self.theme.look);
        }
    }

    fn reviews(&mut self, shown: &Shown, with_all: bool) {
        if shown.example.reviews.is_empty() {
            return;
        }
        self.heading("REVIEWED BEFORE");
        for review in shown.example.reviews.iter().rev() {
            let said = format!("{}  {}", review.reviewer, decided(review));
            self.say(&said, if review.verdict.is_defect() { self.theme.look } else { self.theme.text });
            let waiting: Vec<&str> =
                review.to.iter().filter(|to| !to.done).map(|to| to.annotator.as_str()).collect();
            let waits = if waiting.is_empty() {
                String::new()
            } else {
                format!(" · waits for {}", waiting.join(", "))
            };
            if with_all {
                self.say(&format!("{}{waits}", review.at.local_minute()), self.theme.faint);
            }
        }
    }

    fn changes(&mut self, since: &Since) {
        if since.changes.is_empty() {
            return;
        }
        self.heading(&match &since.review {
            Some((name, _)) => format!("CHANGED SINCE {name} REVIEWED IT"),
            None => "CHANGED SINCE IT CAME IN".to_owned(),
        });
        for change in &since.changes {
            for text in &change.texts {
                let name = match text.name.as_str() {
                    "assistant" => change.name(),
                    name => format!("{} · {name}", change.name()),
                };
                let room = self.cells.saturating_sub(2);
                let label = truncate(&harmless(&name), room).into_owned();
                self.lines.push(Line::styled(format!(" {label}"), self.theme.faint));
                match &text.became {
                    Became::New(text) => self.whole("+ ", self.theme.good, text),
                    Became::Gone(text) => self.whole("− ", self.theme.bad, text),
                    Became::Changed(difference) => {
                        let mut view = DifferenceView::from(difference.clone());
                        for mut line in view.lines(self.cells.saturating_sub(2).max(1), self.theme) {
                            line.spans.insert(0, Span::raw(" "));
                            self.lines.push(line);
                        }
                    }
                }
            }
        }
    }

    /// The beginning of a text that is new, or gone.
    fn whole(&mut self, sign: &'static str, style: Style, text: &str) {
        let cells = self.cells.saturating_sub(5).max(1);
        for (at, row) in text.lines().take(ROWS).enumerate() {
            self.lines.push(Line::from(vec![
                Span::styled(if at == 0 { format!(" {sign}") } else { "   ".to_owned() }, style),
                Span::styled(first_line(row, cells), self.theme.text),
            ]));
        }
    }
}
