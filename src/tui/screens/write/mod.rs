//! Write: the example as a document, each turn and response typed in where it stands.

mod arrive;
mod aside;
mod begin;
mod calls;
mod edit;
mod fetch;
mod field;
mod gaps;
mod known;
mod near;
mod offered;
mod page;
mod told;
mod turns;
mod update;
mod view;
mod whole;

#[cfg(test)]
mod draft_tests;
#[cfg(test)]
mod gap_tests;
#[cfg(test)]
mod known_tests;
#[cfg(test)]
mod new_tests;
#[cfg(test)]
mod picture_tests;
#[cfg(test)]
mod session_tests;
#[cfg(test)]
mod tests;
#[cfg(test)]
mod turn_tests;

pub use fetch::drafts_of;

use ratatui::Frame;
use ratatui::layout::Rect;

use crate::dataset::Queue;
use crate::example::{Example, Tag};
use crate::tui::commands::{Command, Context};
use crate::tui::effect::{Effect, Generation, Purpose, Seed, Shared};
use crate::tui::holding::Holding;
use crate::tui::screen::{Input, Screen};
use crate::tui::theme::Theme;
use crate::tui::widgets::document::Document;
use crate::tui::widgets::editor::Editor;
use crate::tui::widgets::trails;
use crate::tui::widgets::typing::Typing;
use field::{Field, Stretch};

/// Under this number drafts of an example are kept that is not made yet.
const UNBORN: i64 = 0;

/// What comes back from the annotator's own editor.
const EXTERNAL: Purpose = Purpose::Own(1);
/// The page that comes back from there.
const PAGE: Purpose = Purpose::Own(2);

/// What the screen was opened for.
#[derive(Debug, Clone)]
enum Wanted {
    /// This example.
    Example(i64),
    /// The first of the queue.
    Queue,
    /// One that is to be made.
    New(Seed),
    /// What is shown already.
    Shown,
}

/// What is being fetched to be shown.
#[derive(Debug, Clone, Copy)]
enum Next {
    /// Nothing.
    Still,
    /// The number of the next example.
    Seeking(Generation),
    /// The example, with its place in the queue where it came from there.
    Reading(Generation, Option<u64>),
    /// What was typed of an example that is not made yet.
    Unborn(Generation),
    /// The example that a new one is to be like.
    Varying(Generation),
    /// There is none.
    Nothing,
}

/// The example on the screen.
#[derive(Debug)]
struct Subject {
    /// Its number; none where it is not made yet.
    id: Option<i64>,
    /// Its place in the queue, where it came from there.
    place: Option<u64>,
    /// As it is on disk, with what is on its way there.
    example: Example,
    /// Whether it is done with: the next one takes its place as soon as it can.
    is_done: bool,
    /// Whether it is on its way to disk for the first time.
    is_creating: bool,
    /// A turn of the prompt that is not on disk yet.
    inserted: Option<Field>,
}

/// The text that is being typed.
#[derive(Debug)]
struct Open {
    field: Field,
    editor: Editor,
}

/// Texts on their way to disk.
#[derive(Debug)]
struct Flight {
    example: i64,
    texts: Stretch,
}

/// What is to be done with an example as soon as it has its number.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum End {
    /// Write it.
    Done,
    /// Write and submit it, and go to the next.
    Submit,
}

/// How the example that is fetched was asked for: keys that came for a reader never type.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
enum Start {
    /// In passing: by skipping, going back, undoing.
    #[default]
    Reading,
    /// On purpose: it begins with typing where a response is wanted.
    OnPurpose,
    /// On purpose, out of typing: what is typed before it is there is for it.
    TypingAhead,
}

/// The screen.
#[derive(Debug)]
pub struct Write {
    wanted: Wanted,
    generation: Generation,
    next: Next,
    /// The shown example read anew; whether it has to be, once what is on its way is there.
    reloading: Option<Generation>,
    is_stale: bool,
    subject: Option<Subject>,
    open: Option<Open>,
    stretch: Stretch,
    typing: Typing,
    flights: Vec<Flight>,
    /// Examples whose status is on its way to disk: the reader may still count them in the queue.
    leaving: Vec<i64>,
    /// What is to be said of an example once its status is on disk.
    afterwards: Vec<(i64, String)>,
    at_birth: Option<End>,
    /// Keys that came before their example.
    waiting: Vec<Input>,
    start: Start,
    /// Who is at the keyboard.
    annotator: String,
    /// From whom authors are hidden until they have ranked.
    blind_for: Option<String>,
    holding: Holding,
    /// Whether the keymap gives texts modes.
    has_modes: bool,
    /// The example that a new one takes its system turn from; the question for it.
    inherits_from: Option<i64>,
    /// The tags that a new one begins with.
    tags_of_new: Vec<Tag>,
    inheriting: Option<Generation>,
    document: Document,
    /// The field of each block of the document.
    parts: Vec<Field>,
    /// Whether the column is other than it would be by itself.
    turns_aside: bool,
    known: known::Known,
    gaps: gaps::Gaps,
    /// The nearest examples, where they are looked at.
    near_view: Option<near::NearView>,
    page: whole::Page,
    /// Where the screen's area began in the last picture: clicks count from there.
    origin: (u16, u16),
}

impl Write {
    fn with(wanted: Wanted) -> Self {
        let mut document = Document::default();
        document.shows_focus = true;
        Self {
            wanted,
            generation: 0,
            next: Next::Still,
            reloading: None,
            is_stale: false,
            subject: None,
            open: None,
            stretch: Stretch::default(),
            typing: Typing::default(),
            flights: Vec::new(),
            leaving: Vec::new(),
            afterwards: Vec::new(),
            at_birth: None,
            waiting: Vec::new(),
            start: Start::default(),
            annotator: String::new(),
            blind_for: None,
            holding: Holding::default(),
            has_modes: false,
            inherits_from: None,
            tags_of_new: Vec::new(),
            inheriting: None,
            document,
            parts: Vec::new(),
            turns_aside: false,
            known: known::Known::default(),
            gaps: gaps::Gaps::default(),
            near_view: None,
            page: whole::Page::default(),
            origin: (0, 0),
        }
    }

    /// The screen, for an example or for the first of the queue.
    pub fn new(example: Option<i64>) -> Self {
        Self::with(example.map_or(Wanted::Queue, Wanted::Example))
    }

    /// The screen, for an example that is to be made.
    pub fn fresh(seed: Seed) -> Self {
        Self::with(Wanted::New(seed))
    }

    /// Nobody else is handed what is written here.
    fn hold_on(&mut self, shared: &Shared) -> Option<Effect> {
        let subject = self.subject.as_ref().filter(|subject| !subject.is_done)?;
        let id = subject.id?;
        if subject.place.is_some() && !self.holding.is_of(id) {
            self.holding.was_handed(id, shared);
            return None;
        }
        self.holding.go_on(id, shared)
    }

    /// Writes down what is typed, and gives the example back.
    fn put_down(&mut self) -> Vec<Effect> {
        // The draft stays the net for what can't be written after all.
        let mut effects = self.keep();
        effects.extend(self.write_down());
        effects.push(self.holding.release());
        effects
    }

    /// Whether the example that is shown gives way to another.
    fn is_fetching(&self) -> bool {
        matches!(self.next, Next::Seeking(_) | Next::Reading(..) | Next::Unborn(_) | Next::Varying(_))
    }
}

impl Screen for Write {
    fn context(&self) -> Context {
        if self.near_view.is_some() {
            return Context::Near;
        }
        match &self.open {
            Some(open) => open.editor.context(),
            None if self.start == Start::TypingAhead && self.is_fetching() => Context::Editor,
            None => Context::Write,
        }
    }

    fn title(&self, shared: &Shared) -> String {
        let Some(subject) = &self.subject else { return "Write".to_owned() };
        let mode = self.open.as_ref().and_then(|open| {
            let pending = open.editor.pending();
            let gap = if pending.is_empty() { "" } else { " " };
            Some(format!(" · {}{gap}{pending}", open.editor.mode_word()?))
        });
        let mode = mode.unwrap_or_default();
        let Some(id) = subject.id else { return format!("Write  new example{mode}") };
        let place = trails::told(shared, id).or_else(|| {
            let place = subject.place?;
            let all = Queue::Write.len(&shared.counts, &shared.own).max(place);
            Some(format!("{place} of {all}{}", shared.order_told()))
        });
        let place = place.map_or_else(String::new, |place| format!(" · {place}"));
        format!("Write #{id} {}{place}{mode}", subject.example.status)
    }

    fn example(&self) -> Option<i64> {
        self.subject.as_ref()?.id
    }

    fn enter(&mut self, shared: &Shared) -> Vec<Effect> {
        self.annotator.clone_from(&shared.annotator);
        self.blind_for = shared.blind_for().map(str::to_owned);
        self.has_modes = shared.has_modes;
        self.start = if matches!(self.wanted, Wanted::Shown) { Start::Reading } else { Start::OnPurpose };
        let lacking = self.ask_lacking(shared);
        let first = match std::mem::replace(&mut self.wanted, Wanted::Shown) {
            Wanted::Example(id) => vec![self.read(id, None)],
            Wanted::Queue => vec![self.seek(None)],
            Wanted::New(seed) => self.begin(seed, shared),
            Wanted::Shown => match self.subject.as_ref().map(|subject| (subject.id, subject.is_done)) {
                Some((Some(id), false)) => vec![self.reload(id)],
                Some((None, false)) => Vec::new(),
                _ => vec![self.seek(None)],
            },
        };
        lacking.into_iter().chain(first).collect()
    }

    fn update(&mut self, input: Input, shared: &Shared) -> Vec<Effect> {
        let is_at_work = matches!(input, Input::Command { .. } | Input::Text(_) | Input::Answer(_));
        let mut effects = self.handle(input, shared);
        effects.extend(self.ask_companion(shared));
        if is_at_work {
            effects.extend(self.hold_on(shared));
        }
        effects
    }

    fn view(&mut self, frame: &mut Frame<'_>, area: Rect, shared: &Shared, theme: &Theme) {
        self.origin = (area.x, area.y);
        self.draw(frame, area, shared, theme);
    }

    fn back(&mut self, _: &Shared) -> Option<Vec<Effect>> {
        self.near_view.take().map(|_| Vec::new())
    }

    fn unsaved(&self) -> bool {
        self.typing.is_unsaved()
            || self.page.sent.is_some()
            || !self.flights.is_empty()
            || !self.leaving.is_empty()
    }

    fn leave(&mut self) -> Vec<Effect> {
        let mut effects = self.put_down();
        effects.extend(self.gaps.leave());
        effects
    }
}

/// Whether a command belongs to typing, and so waits with the text for the next example.
fn types(command: Command) -> bool {
    command.id().starts_with("editor.")
}
