//! The shell around the screens: where one is, what lies over the screen, what was said, what is
//! not on disk yet. It turns messages into inputs for screens and into orders for the loop.

mod asked;
mod drafts;
mod effects;
mod keys;
mod notices;
mod overlay;
mod person;
mod places;
mod view;

use std::time::{Duration, Instant};

use crossterm::event::{Event, MouseButton, MouseEvent, MouseEventKind};
use ratatui::layout::Rect;

use super::commands::{Command, Context};
use super::effect::{Answer, Effect, Place, Request, Shared, Tone};
use super::exporting::Outcome;
use super::keymap::{Keymap, Pending};
use super::message::{Message, Order, Refreshed, ScreenId, Signal, WriterJob};
use super::screen::{Input, Screen};
use super::theme::Theme;
use crate::dataset::Verb;

pub use notices::{Notice, Notices};
use overlay::Overlay;
use places::Entry;

/// How long a quit waits for what is not on disk yet.
const PATIENCE: Duration = Duration::from_secs(2);
/// Lines that the wheel moves.
const WHEEL: i16 = 3;

/// The shell.
pub struct Shell {
    shared: Shared,
    theme: Theme,
    keymap: Keymap,
    pending: Pending,
    home: Entry,
    /// What lies above Home, the front one last.
    above: Vec<Entry>,
    /// The list as it was left.
    browse: Option<Entry>,
    overlay: Option<Overlay>,
    /// The question that was answered last, as long as the answer may be refused.
    asked: Option<asked::Asked>,
    notices: Notices,
    wakes: Vec<(Instant, ScreenId)>,
    next_id: ScreenId,
    /// Jobs of the writer that it has not answered yet.
    unanswered: usize,
    leaving: Option<Leaving>,
    /// What was typed, and is neither on disk nor on a screen.
    unkept: drafts::Unkept,
    /// What could not be saved while leaving.
    lost: Vec<String>,
    /// Whether the counts have been read.
    loaded: bool,
    /// The next work was wanted before they were.
    work_wanted: bool,
    body: Rect,
    person: person::Person,
}

#[derive(Debug, Clone, Copy)]
struct Leaving {
    until: Instant,
    /// Nobody can stop it: the system ends the program.
    forced: bool,
    done: bool,
}

impl Shell {
    /// A shell with Home at the front.
    pub fn new(shared: Shared, keymap: Keymap, theme: Theme) -> Self {
        Self {
            home: Entry::home(),
            shared: Shared { has_modes: keymap.has_modes(), ..shared },
            theme,
            keymap,
            pending: Pending::default(),
            above: Vec::new(),
            browse: None,
            overlay: None,
            asked: None,
            notices: Notices::default(),
            wakes: Vec::new(),
            next_id: 1,
            unanswered: 0,
            leaving: None,
            unkept: drafts::Unkept::default(),
            lost: Vec::new(),
            loaded: false,
            work_wanted: false,
            body: Rect::default(),
            person: person::Person::default(),
        }
    }

    /// What the first picture needs.
    pub fn start(&mut self, now: Instant) -> Vec<Order> {
        let mut orders = Vec::new();
        let effects = self.home.screen.enter(&self.shared);
        self.carry(self.home.id, effects, now, &mut orders);
        orders
    }

    /// Says something on the message line.
    pub fn say(&mut self, tone: Tone, sentence: impl Into<String>, now: Instant) {
        self.notices.say(tone, sentence, now);
    }

    /// Greets who is here for the first time.
    pub fn welcome(&mut self) {
        self.overlay = Some(Overlay::Welcome);
    }

    /// What could not be saved before the program ended.
    pub fn lost(&self) -> Vec<String> {
        let mut lost = self.lost.clone();
        if self.unanswered > 0 {
            lost.push(format!(
                "{} still being saved when the program ended; `goldset log` tells whether it was done",
                if self.unanswered == 1 {
                    "1 change was".to_owned()
                } else {
                    format!("{} changes were", self.unanswered)
                }
            ));
        }
        lost
    }

    /// What all screens may read.
    pub fn shared(&self) -> &Shared {
        &self.shared
    }

    /// Where one is.
    pub fn place(&self) -> &Place {
        &self.front_ref().place
    }

    fn front(&mut self) -> &mut Entry {
        self.above.last_mut().unwrap_or(&mut self.home)
    }

    fn front_ref(&self) -> &Entry {
        self.above.last().unwrap_or(&self.home)
    }

    fn entry(&mut self, id: ScreenId) -> Option<&mut Entry> {
        std::iter::once(&mut self.home)
            .chain(&mut self.above)
            .chain(&mut self.browse)
            .find(|entry| entry.id == id)
    }

    /// Something happened: what is to be carried out.
    pub fn update(&mut self, message: Message, now: Instant) -> Vec<Order> {
        let mut orders = Vec::new();
        self.shared.now = Some(now);
        match message {
            Message::Terminal(events) => self.events(events, now, &mut orders),
            Message::Answer(id, answer) => self.answer(id, answer, now, &mut orders),
            Message::Refreshed(fresh) => self.refreshed(*fresh, now, &mut orders),
            Message::Searchable(waiting) => self.shared.search_pending = waiting,
            Message::DraftLost(id, draft, sentence) => {
                self.answered();
                self.draft_lost(id, draft, now, &mut orders);
                self.refused(format!("what you typed could not be kept: {sentence}"), now);
            }
            Message::Trouble(sentence)
            | Message::Edited(_, _, Err(sentence))
            | Message::Resumed(Err(sentence)) => self.notices.say(Tone::Bad, sentence, now),
            Message::Signal(Signal::End) | Message::TerminalGone(_) => self.leave(true, now, &mut orders),
            Message::Signal(Signal::Suspend) => orders.push(Order::Suspend),
            Message::Edited(id, purpose, Ok(Some(text))) => {
                self.input(id, Input::Entered(purpose, text), now, &mut orders);
            }
            Message::Edited(_, _, Ok(None)) | Message::Resumed(Ok(())) => {}
            Message::Ground(ground) => self.theme = self.theme.on(ground),
            Message::WorkerGone => {
                self.answered();
                self.refused(
                    "the thread that saves has ended; leave the program and start it again".to_owned(),
                    now,
                );
            }
        }
        self.tick(now, &mut orders);
        orders
    }

    /// When [`Shell::wake`] wants to be called, if nothing happens before.
    pub fn deadline(&self) -> Option<Instant> {
        let wakes = self.wakes.iter().map(|(at, _)| *at);
        let others = [self.notices.deadline(), self.leaving.map(|leaving| leaving.until), self.unkept.at];
        wakes.chain(others.into_iter().flatten()).min()
    }

    /// Time went by.
    pub fn wake(&mut self, now: Instant) -> Vec<Order> {
        let mut orders = Vec::new();
        self.shared.now = Some(now);
        self.tick(now, &mut orders);
        orders
    }

    fn tick(&mut self, now: Instant, orders: &mut Vec<Order>) {
        self.notices.expire(now);
        let due: Vec<ScreenId> = self.wakes.extract_if(.., |(at, _)| *at <= now).map(|(_, id)| id).collect();
        for id in due {
            self.input(id, Input::Woken, now, orders);
        }
        self.keep_unkept(now, orders);
        if let Some(leaving) = &mut self.leaving
            && !leaving.done
            && (self.unanswered == 0 || leaving.until <= now)
        {
            leaving.done = true;
            self.lost.extend(self.unkept.told());
            orders.push(Order::Quit);
        }
    }

    fn input(&mut self, id: ScreenId, input: Input, now: Instant, orders: &mut Vec<Order>) {
        let shared = std::mem::take(&mut self.shared);
        let effects = self.entry(id).map(|entry| entry.screen.update(input, &shared));
        self.shared = shared;
        self.carry(id, effects.unwrap_or_default(), now, orders);
    }

    fn answered(&mut self) {
        self.unanswered = self.unanswered.saturating_sub(1);
    }

    /// Something could not be saved.
    fn refused(&mut self, sentence: String, now: Instant) {
        if let Some(leaving) = self.leaving {
            self.lost.push(sentence.clone());
            // One who leaves by a key can still mend it.
            if !leaving.forced {
                self.leaving = None;
            }
        }
        self.notices.say(Tone::Bad, sentence, now);
    }

    fn answer(&mut self, id: ScreenId, answer: Answer, now: Instant, orders: &mut Vec<Order>) {
        match &answer {
            Answer::Performed(verb, done) => {
                self.answered();
                let tone = if done.action.is_some() { Tone::Good } else { Tone::Look };
                let is_undo = matches!(**verb, Verb::Undo) && done.action.is_some();
                let hint = if is_undo { self.way_back() } else { String::new() };
                self.notices.say_with(tone, done.sentence.clone(), hint, now);
            }
            Answer::Refused(verb, sentence) => {
                self.answered();
                self.refused(sentence.clone(), now);
                self.verb_refused(verb);
                if self.entry(id).is_none() {
                    self.keep_refused(verb, sentence, now, orders);
                }
            }
            Answer::DraftKept(..) => self.answered(),
            Answer::Exported(generation, outcome) => {
                self.answered();
                if matches!(**outcome, Outcome::Failed(_)) {
                    self.file_failed(id, *generation);
                }
                match outcome.told() {
                    (Tone::Bad, sentence) => self.refused(sentence, now),
                    (tone, sentence) => self.notices.say(tone, sentence, now),
                }
            }
            Answer::Imported(_, brought, _) => {
                self.answered();
                match brought.told() {
                    (Tone::Bad, sentence) => self.refused(sentence, now),
                    (tone, sentence) => self.notices.say(tone, sentence, now),
                }
            }
            Answer::Failed(generation, sentence) => {
                self.notices.say(Tone::Bad, sentence.clone(), now);
                self.file_failed(id, *generation);
            }
            _ => {}
        }
        self.input(id, Input::Answer(answer), now, orders);
    }

    fn refreshed(&mut self, fresh: Refreshed, now: Instant, orders: &mut Vec<Order>) {
        self.shared.counts = fresh.counts;
        self.shared.own = fresh.own;
        self.shared.returned = fresh.returned;
        self.shared.order = fresh.order;
        self.shared.samples = fresh.samples;
        self.shared.thresholds = fresh.thresholds;
        self.shared.definitions = fresh.definitions;
        self.shared.vocabulary = fresh.vocabulary;
        self.shared.today = fresh.today;
        self.shared.days = fresh.days;
        self.shared.drafted = fresh.drafted;
        self.shared.search_pending = fresh.search_pending;
        self.shared.rules_pending = fresh.rules_pending;
        let first = !std::mem::replace(&mut self.loaded, true);
        if fresh.changed || first {
            let id = self.front_ref().id;
            self.input(id, Input::Changed(fresh.example), now, orders);
        }
        if std::mem::take(&mut self.work_wanted) {
            self.next_work(now, orders);
        }
    }

    fn events(&mut self, events: Vec<Event>, now: Instant, orders: &mut Vec<Order>) {
        for event in events {
            match event {
                Event::Key(key) => self.key(&key, now, orders),
                Event::Paste(text) => {
                    // Some terminals send the line breaks of a paste as carriage returns.
                    let text = text.replace("\r\n", "\n").replace('\r', "\n");
                    self.text(&text, now, orders);
                }
                Event::Mouse(mouse) => self.mouse(mouse, now, orders),
                Event::Resize(..) | Event::FocusGained | Event::FocusLost => {}
            }
        }
    }

    fn mouse(&mut self, mouse: MouseEvent, now: Instant, orders: &mut Vec<Order>) {
        let lines = match mouse.kind {
            MouseEventKind::ScrollUp => -WHEEL,
            MouseEventKind::ScrollDown => WHEEL,
            MouseEventKind::Down(MouseButton::Left) => 0,
            _ => return,
        };
        if let Some(overlay) = &mut self.overlay {
            if lines != 0 {
                overlay.wheel(lines);
            } else if let Some(command) = overlay.click((mouse.column, mouse.row)) {
                self.command(command, now, orders);
            }
            return;
        }
        let body = self.body;
        if !body.contains((mouse.column, mouse.row).into()) {
            return;
        }
        let (x, y) = (mouse.column - body.x, mouse.row - body.y);
        let id = self.front_ref().id;
        let input = if lines == 0 { Input::Click { x, y } } else { Input::Wheel { x, y, lines } };
        self.input(id, input, now, orders);
    }

    /// Leaves, once all is on disk.
    fn leave(&mut self, forced: bool, now: Instant, orders: &mut Vec<Order>) {
        if self.leaving.is_some_and(|leaving| leaving.forced || !forced) {
            return;
        }
        self.leaving = Some(Leaving { until: now + PATIENCE, forced, done: false });
        let mut all: Vec<(ScreenId, Vec<Effect>)> = Vec::new();
        for entry in std::iter::once(&mut self.home).chain(&mut self.above) {
            all.push((entry.id, entry.screen.leave()));
        }
        for (id, effects) in all {
            // On the way out one goes nowhere else and asks for nothing.
            let saves = effects.into_iter().filter(|effect| {
                use Effect::{DropDraft, KeepDraft, Perform, Release};
                matches!(effect, Perform(_) | KeepDraft { .. } | DropDraft { .. } | Release)
            });
            self.carry(id, saves.collect(), now, orders);
        }
        if self.unanswered > 0 {
            // What is being brought in is not waited for: the dataset stays as it was.
            orders.push(Order::Read(self.front_ref().id, 0, Request::StopImport));
            self.notices.say(Tone::Look, "saving …", now);
        }
    }

    /// How an undo is taken back: a whole import goes with one key, and comes with one.
    fn way_back(&self) -> String {
        let keys = self.keymap.keys_for(Command::AppRedo, Context::Home);
        // The key that is the same where one types comes first.
        let key = keys.iter().find(|key| key.chars().count() > 1).or(keys.first());
        key.map(|key| format!("{key} redoes")).unwrap_or_default()
    }

    fn perform(&mut self, verb: Verb, orders: &mut Vec<Order>) {
        let id = self.front_ref().id;
        self.unanswered += 1;
        orders.push(Order::Write(WriterJob::Perform(id, Box::new(verb))));
    }
}

impl std::fmt::Debug for Shell {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Shell").field("front", &self.front_ref().place).finish_non_exhaustive()
    }
}

/// A screen behind a pointer, as the shell keeps it.
pub type AnyScreen = Box<dyn Screen>;

#[cfg(test)]
mod tests;
