//! The picture: the top line, the screen, the message, the keys that work now, what lies over it.

use ratatui::Frame;
use ratatui::layout::Rect;
use ratatui::text::{Line, Span};

use super::super::commands::{Command, Context};
use super::super::effect::Tone;
use super::super::keymap::Hint;
use super::super::paint;
use super::Shell;
use crate::text::count;
use crate::text::harmless::harmless;
use crate::text::width::{truncate, width};
use crate::text::wrap::wrap;

/// From this width on, counts are written out.
const ROOMY: u16 = 100;

impl Shell {
    /// Draws it all.
    pub fn view(&mut self, frame: &mut Frame<'_>) {
        let area = frame.area();
        if area.width < 20 || area.height < 6 {
            frame.render_widget(Line::from("too small"), Rect { height: area.height.min(1), ..area });
            return;
        }
        self.top_line(frame, area);
        let body = Rect { y: area.y + 2, height: area.height - 5, ..area };
        self.body = body;
        let theme = self.theme;
        let shared = std::mem::take(&mut self.shared);
        self.front().screen.view(frame, body, &shared, &theme);
        self.shared = shared;
        if let Some(overlay) = &mut self.overlay {
            overlay.view(frame, body, &self.keymap, &theme);
        }
        self.message_line(frame, area);
        self.footer(frame, area);
    }

    fn top_line(&self, frame: &mut Frame<'_>, area: Rect) {
        let (shared, theme) = (&self.shared, &self.theme);
        let (total, usable) = (shared.counts.total(), shared.counts.usable());
        // The mark says that all of it is on disk.
        let mark = if self.unanswered == 0 { "✓" } else { "…" };
        let goal = shared.counts.goal.map(|goal| u64::from(goal.0.get()));
        let counts = if area.width >= ROOMY {
            let of = goal.map(|goal| format!(" of {}", count::thousands(goal))).unwrap_or_default();
            let (total, usable) = (count::plural(total, "example"), count::thousands(usable));
            format!("{total} · {usable}{of} usable {mark} ")
        } else {
            let of = goal.map(|goal| format!("/{}", count::short(goal))).unwrap_or_default();
            format!("{} · {}{of}{mark} ", count::short(total), count::short(usable))
        };
        let mut right = vec![Span::styled("   ", theme.text)];
        if shared.search_pending > 0 {
            let done = total.saturating_sub(shared.search_pending) * 100 / total.max(1);
            right.push(Span::styled(format!("making searchable {done} %   "), theme.look));
        }
        let annotator = truncate(&harmless(&shared.annotator), 16).into_owned();
        right.push(Span::styled(format!("{annotator}   "), theme.faint));
        right.push(Span::styled(counts, theme.accent));
        let right_wide: usize = right.iter().map(|span| width(&span.content)).sum();
        let room = usize::from(area.width).saturating_sub(right_wide);
        let dataset = truncate(&harmless(&shared.dataset), room / 2).into_owned();
        let title = self.front_ref().screen.title(shared);
        let title = truncate(&harmless(&title), room.saturating_sub(width(&dataset) + 4)).into_owned();
        let left = vec![
            Span::styled(format!(" {dataset}"), theme.faint),
            Span::styled(" ─ ", theme.faint),
            Span::styled(title, theme.heading),
        ];
        let used: usize = left.iter().map(|span| width(&span.content)).sum();
        let mut spans = left;
        spans.push(Span::raw(" ".repeat(room.saturating_sub(used))));
        spans.extend(right);
        paint::line(frame, area, 0, Line::from(spans));
    }

    fn message_line(&self, frame: &mut Frame<'_>, area: Rect) {
        let Some(notice) = self.notices.shown() else { return };
        let sign = match notice.tone {
            Tone::Good => "✓",
            Tone::Look => "·",
            Tone::Bad => "!",
        };
        let cells = usize::from(area.width).saturating_sub(4);
        let hint = if notice.hint.is_empty() { String::new() } else { format!(" — {}", notice.hint) };
        let cells = cells.saturating_sub(width(&hint));
        let sentence = harmless(&notice.sentence).into_owned();
        let style = self.theme.tone(notice.tone);
        // whoever answers a question can't leave it to read the rest: there is a row more for it
        let rows = if self.overlay.is_some() { wrap(&sentence, cells) } else { Vec::new() };
        if let [first, second, ..] = rows.as_slice() {
            let rest = truncate(sentence.get(second.start..).unwrap_or_default(), cells).into_owned();
            let first = format!(" {sign} {}", first.text(&sentence));
            paint::line(frame, area, area.height - 3, Line::styled(first, style));
            paint::line(frame, area, area.height - 2, Line::styled(format!("   {rest}"), style));
            return;
        }
        let mut shown = truncate(&sentence, cells).into_owned();
        if shown != sentence {
            let key = self.keymap.key_for(Command::AppMessages, Context::Home);
            let more = key.map(|key| format!("  {key} shows all")).unwrap_or_default();
            shown = format!("{}{more}", truncate(&sentence, cells.saturating_sub(width(&more))));
        }
        shown.push_str(&hint);
        let line = Line::from(vec![Span::styled(format!(" {sign} "), style), Span::styled(shown, style)]);
        paint::line(frame, area, area.height - 2, line);
    }

    fn footer(&self, frame: &mut Frame<'_>, area: Rect) {
        let context = self.context();
        let cells = usize::from(area.width).saturating_sub(1);
        let mut spans = vec![Span::raw(" ")];
        let hints = if self.pending.is_empty() {
            let screen = &self.front_ref().screen;
            let says = |command: Command| match &self.overlay {
                Some(overlay) => overlay.hint(command),
                None => screen.hint(command),
            };
            self.keymap.footer_of(context, cells.saturating_sub(1), says)
        } else {
            spans.push(Span::styled(format!("{} …   ", self.pending.shown()), self.theme.accent));
            self.keymap.continuations(context, &self.pending)
        };
        let mut room = cells.saturating_sub(spans.iter().map(|span| width(&span.content)).sum::<usize>());
        for (at, hint) in hints.into_iter().enumerate() {
            let gap = if at > 0 { Hint::GAP } else { 0 };
            // Nothing is cut in the middle of a word: what doesn't fit is in the keys' own page.
            let Some(left) = room.checked_sub(gap + hint.width()) else { break };
            room = left;
            spans.push(Span::raw(" ".repeat(gap)));
            let Hint { keys, title, .. } = hint;
            spans.push(Span::styled(keys, self.theme.key));
            spans.push(Span::styled(format!(" {title}"), self.theme.faint));
        }
        paint::line(frame, area, area.height - 1, Line::from(spans));
    }
}
