//! The program is killed again and again while somebody writes. What the screen had shown for more
//! than a second is in the file, what it called saved is too, and one comes back to the same text
//! and the same place.
//!
//! `GOLDSET_CRASHES=200 cargo test --test crash` kills it that often; `GOLDSET_SEED` is another session.
#![cfg(unix)]
#![allow(clippy::unwrap_used, clippy::expect_used, missing_docs)]

#[path = "../support/mod.rs"]
mod support;

mod dice;
mod stall;
mod text;

use std::collections::BTreeMap;
use std::path::Path;
use std::time::{Duration, Instant};

use dice::Dice;
use goldset::dataset::Reader;
use stall::Stalls;
use support::{Home, PATIENCE, Terminal};
use text::{Stroke, Text, squeezed};

/// Kills, where nobody asks for more.
const CRASHES: u64 = 5;
/// What was on the screen for so long must be in the file, by the promise and with some air; what
/// the machine itself stood still comes on top.
const PROMISE: Duration = Duration::from_millis(1_200);
/// Columns and rows: narrower than where a column stands beside the text.
const SIZE: (u16, u16) = (108, 60);
/// The column in which texts begin.
const TEXT_FROM: u16 = 12;
/// Typed to see where the cursor is.
const MARKER: char = '§';

#[test]
fn what_was_shown_for_a_second_and_what_was_called_saved_survives_a_kill() {
    let number = |name: &str| std::env::var(name).ok().and_then(|value| value.parse().ok());
    let crashes = number("GOLDSET_CRASHES").unwrap_or(CRASHES);
    let seed = number("GOLDSET_SEED").unwrap_or(0x60_1d);
    let home = Home::new();
    let dataset = home.dataset("crash.goldset");
    let path = dataset.to_str().unwrap();
    let prompts = usize::try_from(crashes).unwrap() * 6 + 10;
    home.run(&["import", path, home.prompts(prompts).to_str().unwrap()], 0);
    let mut dice = Dice::new(seed);
    let stalls = Stalls::watch(home.path());
    let mut left = None;
    for crash in 1..=crashes {
        let mut session = Session::open(&home, &dataset, left.take(), &stalls);
        let killed = session.write_until_killed(&mut dice);
        left = Some(session.compare(&killed, &format!("crash {crash} of session {seed}")));
    }
    home.run(&["verify", path], 0);
}

/// An example as the file has it.
#[derive(Debug, Clone, PartialEq, Eq)]
struct OnDisk {
    text: String,
    /// The byte at which one was typing, where there is a draft.
    place: Option<usize>,
    is_submitted: bool,
}

fn on_disk(path: &Path, id: i64) -> OnDisk {
    let reader = Reader::open(path).unwrap();
    let example = reader.example(id).unwrap().unwrap();
    let drafts = reader.drafts(id, "ana").unwrap();
    let response = example.responses.first();
    let field = response.map_or_else(|| "new".to_owned(), |response| format!("response/{}", response.id));
    let written = response.map(goldset::example::Response::text).unwrap_or_default();
    let draft = drafts.get(&field).cloned();
    let place = drafts.get("place").and_then(|place| place.strip_prefix(&format!("{field} "))?.parse().ok());
    OnDisk {
        place: place.filter(|_| draft.is_some()),
        text: draft.unwrap_or(written),
        is_submitted: example.status == goldset::example::Status::Submitted,
    }
}

/// One run of the program: what was typed in it, and when that was seen.
struct Session<'a> {
    path: &'a Path,
    terminal: Terminal,
    stalls: &'a Stalls,
    /// The example that is written, and all that were in this run.
    at: i64,
    texts: BTreeMap<i64, Text>,
}

/// The moment, and how long things took then.
struct Killed {
    at: Instant,
    stalled: Duration,
}

impl<'a> Session<'a> {
    /// Starts the program and goes to work; compares what comes back with what the file had.
    fn open(home: &Home, path: &'a Path, left: Option<(i64, OnDisk)>, stalls: &'a Stalls) -> Self {
        let terminal = home.start(&[path.to_str().unwrap()], SIZE.0, SIZE.1);
        terminal.wait_for("NEXT");
        let (at, before) = left.unwrap_or_else(|| (1, on_disk(path, 1)));
        let mut session = Self { path, terminal, stalls, at, texts: BTreeMap::new() };
        session.terminal.send("gw");
        session.wait_for_example();
        let mut text = Text::of(&before.text, before.place);
        if before.text.is_empty() {
            session.wait("typing to begin", is_typing);
        } else {
            session.wait_for_text(&before.text);
            if before.place.is_none() {
                session.wait("keys to be commands", |screen| !is_typing(screen));
                session.terminal.send("e");
            }
            session.wait("typing to begin", is_typing);
            // A letter lands where one was.
            session.terminal.send(&MARKER.to_string());
            text.apply(&Stroke::Type(MARKER));
        }
        session.texts.insert(at, text);
        session.see();
        session
    }

    fn text(&mut self) -> &mut Text {
        self.texts.get_mut(&self.at).unwrap()
    }

    /// Writes as people do, in bursts and with pauses, and kills the program at any moment.
    fn write_until_killed(&mut self, dice: &mut Dice) -> Killed {
        let end = Instant::now() + Duration::from_millis(dice.between(300, 4_500));
        loop {
            for _ in 0..dice.between(1, 14) {
                let stroke = Stroke::any(dice, self.text());
                self.terminal.send(&stroke.keys());
                self.text().apply(&stroke);
            }
            // A letter that shows, so that what is seen tells that all before it was taken in.
            let stroke = Stroke::letter(dice);
            self.terminal.send(&stroke.keys());
            self.text().apply(&stroke);
            if !self.see_until(end) {
                break;
            }
            match dice.between(0, 11) {
                // Time for a draft to be kept.
                0 | 1 => std::thread::sleep(Duration::from_millis(dice.between(900, 1_500))),
                2..=6 => std::thread::sleep(Duration::from_millis(dice.between(0, 250))),
                7 if !self.text().is_blank() && !self.done_and_on(end) => break,
                8 if !self.text().is_blank() && self.text().is_long() && !self.submit(end) => break,
                _ => {}
            }
        }
        std::thread::sleep(end.saturating_duration_since(Instant::now()));
        let stalled = self.stalls.longest();
        let at = Instant::now();
        self.terminal.kill();
        Killed { at, stalled: stalled.max(self.stalls.longest()) }
    }

    /// Ends typing, and begins it again; `false` where the time is over.
    fn done_and_on(&mut self, end: Instant) -> bool {
        self.terminal.send("\x1b");
        if !self.wait_until(end, |screen| !is_typing(screen)) {
            return false;
        }
        self.terminal.send("e");
        self.text().go_to_end();
        self.wait_until(end, is_typing)
    }

    /// Submits; the next example comes.
    fn submit(&mut self, end: Instant) -> bool {
        self.terminal.send("\x13");
        self.at += 1;
        self.texts.insert(self.at, Text::of("", None));
        let heading = format!("Write #{} ", self.at);
        self.wait_until(end, move |screen| screen.contains(&heading) && is_typing(screen))
    }

    /// What was typed is seen.
    fn see(&mut self) {
        assert!(self.see_until(Instant::now() + PATIENCE), "what was typed is not seen: {}", self.told());
    }

    fn see_until(&mut self, end: Instant) -> bool {
        let wanted = squeezed(self.text().now());
        let start = Instant::now();
        loop {
            if self.terminal.with_screen(shown) == Some(wanted.clone()) {
                self.text().seen(Instant::now());
                return Instant::now() < end;
            }
            if Instant::now() >= end {
                return false;
            }
            assert!(start.elapsed() < PATIENCE, "what was typed is not seen: {}", self.told());
            std::thread::sleep(Duration::from_millis(3));
        }
    }

    fn wait_for_text(&self, text: &str) {
        let wanted = Some(squeezed(text));
        let start = Instant::now();
        while self.terminal.with_screen(shown) != wanted {
            assert!(start.elapsed() < PATIENCE, "{text:?} did not come back: {}", self.terminal.screen());
            std::thread::sleep(Duration::from_millis(3));
        }
    }

    fn wait_for_example(&self) {
        let heading = format!("Write #{} ", self.at);
        self.wait(&heading, |screen| screen.contains(&heading));
    }

    fn wait(&self, what: &str, wanted: impl Fn(&str) -> bool) {
        self.terminal.wait(what, wanted);
    }

    fn wait_until(&self, end: Instant, wanted: impl Fn(&str) -> bool) -> bool {
        while !wanted(&self.terminal.screen()) {
            if Instant::now() >= end {
                return false;
            }
            std::thread::sleep(Duration::from_millis(3));
        }
        true
    }

    fn told(&mut self) -> String {
        format!("{:?} on\n{}", self.text().now().to_owned(), self.terminal.screen())
    }

    /// Compares what the file has with what was typed and seen; gives what is to come back.
    fn compare(mut self, killed: &Killed, when: &str) -> (i64, OnDisk) {
        let since = killed.at.checked_sub(PROMISE + killed.stalled * 2).unwrap();
        for (id, text) in &self.texts {
            let file = on_disk(self.path, *id);
            let from = text.seen_before(since);
            let held = text.has_been(&file.text, from);
            assert!(
                held,
                "{when}: #{id} has {:?}, but for {:?} the screen had shown {:?} or what came after it: {text:#?}",
                file.text,
                PROMISE + killed.stalled * 2,
                text.version(from),
            );
            if let Some(place) = file.place {
                assert!(text.cursor_was(place, from), "{when}: #{id} comes back to {place}: {text:#?}");
            }
        }
        self.compare_saved(when);
        let next = self.texts.keys().copied().find(|id| !on_disk(self.path, *id).is_submitted);
        let next = next.unwrap_or(self.at + 1);
        (next, on_disk(self.path, next))
    }

    /// What the last whole picture called saved is what the file has.
    fn compare_saved(&mut self, when: &str) {
        let (screen, text) = self.terminal.with_last_picture(|screen| (screen.contents(), shown(screen)));
        if !screen.contains("saved as a draft ✓") && !screen.contains("saved ✓") {
            return;
        }
        let shown = text.unwrap_or_else(|| panic!("{when}: no text is shown\n{screen}"));
        let id = self.texts.keys().copied().find(|id| screen.contains(&format!("Write #{id} ")));
        let file = on_disk(self.path, id.unwrap());
        assert_eq!(squeezed(&file.text), shown, "{when}: shown as saved in #{id:?}\n{screen}");
    }
}

/// Whether keys are typed: the lowest line says how one ends that.
fn is_typing(screen: &str) -> bool {
    screen.lines().last().is_some_and(|line| !line.contains("e edit") && line.contains("esc"))
}

/// The response as it stands on the screen, without blanks.
fn shown(screen: &vt100::Screen) -> Option<String> {
    let (rows, columns) = (screen.size().0.get(), screen.size().1.get());
    let row = |row: u16, from: u16, to: u16| -> String {
        let cells = (from..to).filter_map(|column| screen.cell(row, column));
        cells.map(|cell| if cell.has_contents() { cell.contents() } else { " " }).collect()
    };
    let first = (0..rows).find(|&at| row(at, 0, TEXT_FROM).contains("RESPONSE"))?;
    // The lowest rows say what is set, and the keys.
    let last = (first..rows).find(|&at| {
        let line = row(at, 0, columns);
        ["typing …", "saving …", "saved ✓", "saved as a draft ✓"].iter().any(|word| line.contains(word))
    });
    let text: String = (first..last.unwrap_or(rows)).map(|at| row(at, TEXT_FROM, columns)).collect();
    let text = squeezed(&text);
    Some(if text == squeezed("no response yet") { String::new() } else { text })
}
