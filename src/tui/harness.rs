//! A session of keys without a terminal and without threads: the shell, the workers one after the
//! other, a dataset in a temporary folder, and the picture as text.

#![allow(clippy::unwrap_used, clippy::missing_panics_doc)]

use std::collections::VecDeque;
use std::sync::Arc;
use std::sync::atomic::AtomicU64;
use std::time::{Duration, Instant};

use crossterm::event::{Event, KeyCode, KeyEvent, KeyModifiers, MouseButton, MouseEvent, MouseEventKind};
use ratatui::Terminal;
use ratatui::backend::TestBackend;

use super::effect::Request;
use super::effect::Shared;
use super::keymap::Keymap;
use super::message::{Message, Order, ReadJob, WriterJob};
use super::shell::Shell;
use super::surveying::Question;
use super::theme::Theme;
use super::workers::{
    AssessJob, AssessTask, Assessor, Companion, CompanionJob, ExamineJob, Examiner, ExportJob, Exporter,
    ImportJob, ImportTask, Importer, MeasureJob, Measured, Measurer, PaceJob, Pacer, Quick, Slow, SlowJob,
    SlowTask, SpreadJob, Spreader, Stops, SurveyJob, Surveyor, Writer,
};
use crate::dataset::{Dataset, Reader, Verb, parse_facets_file};
use crate::example::{Author, Example, Kind, Message as Turn, Prompt, Response, Role, Status, Tag};
use crate::formats::SavedMappings;

/// The session.
pub struct Harness {
    /// The shell.
    pub shell: Shell,
    terminal: Terminal<TestBackend>,
    writer: Writer,
    quick: Quick,
    slow: Slow,
    companion: Companion,
    measurer: Measurer,
    exporter: Exporter,
    importer: Importer,
    surveyor: Surveyor,
    assessor: Assessor,
    examiner: Examiner,
    pacer: Pacer,
    spreader: Spreader,
    stops: Stops,
    searches: Arc<AtomicU64>,
    now: Instant,
    /// What was put on the clipboard.
    pub copied: Vec<String>,
    /// Whether the program has ended.
    pub ended: bool,
    path: std::path::PathBuf,
    _folder: tempfile::TempDir,
}

impl Harness {
    /// A session on the sample dataset.
    pub fn sample(cells: u16, rows: u16) -> Self {
        Self::with(sample, cells, rows)
    }

    /// A session on the dataset that `fill` makes of an empty one with the sample facets.
    pub fn with(fill: impl FnOnce(&mut Dataset), cells: u16, rows: u16) -> Self {
        Self::with_keymap(fill, cells, rows, Keymap::default())
    }

    /// The same with the keys of another keymap.
    pub fn with_keymap(fill: impl FnOnce(&mut Dataset), cells: u16, rows: u16, keymap: Keymap) -> Self {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("support.goldset");
        let mut dataset =
            Dataset::create(&path, "ana", &parse_facets_file("facets.toml", FACETS).unwrap()).unwrap();
        fill(&mut dataset);
        let searches = Arc::new(AtomicU64::new(0));
        let stops = Stops::default();
        let shared = Shared {
            dataset: "support".to_owned(),
            path: path.clone(),
            annotator: "ana".to_owned(),
            ..Shared::default()
        };
        let mut harness = Self {
            shell: Shell::new(shared, keymap, Theme::coloured()),
            terminal: Terminal::new(TestBackend::new(cells, rows)).unwrap(),
            quick: Quick::new(dataset.reader().unwrap(), "ana"),
            companion: Companion::new(dataset.reader().unwrap()),
            measurer: Measurer::new(dataset.reader().unwrap()),
            surveyor: Surveyor::new(dataset.reader().unwrap(), None),
            assessor: Assessor::new(dataset.reader().unwrap(), None, stops.clone()),
            examiner: Examiner::new(dataset.reader().unwrap()),
            pacer: Pacer::new(dataset.reader().unwrap()),
            spreader: Spreader::new(dataset.reader().unwrap()),
            exporter: Exporter::new(dataset.reader().unwrap(), stops.clone()),
            importer: Importer::new(Some(SavedMappings::in_file(folder.path().join("mappings.toml")))),
            slow: Slow::new(dataset.reader().unwrap(), Arc::clone(&searches)),
            writer: Writer::new(dataset, stops.clone()),
            stops,
            searches,
            now: Instant::now(),
            copied: Vec::new(),
            ended: false,
            path,
            _folder: folder,
        };
        let orders = harness.shell.start(harness.now);
        let mut messages = VecDeque::new();
        harness.quick.handle(ReadJob::Refresh(None), &mut |message| messages.push_back(message));
        harness.carry_out(orders, &mut messages);
        harness.settle(messages);
        harness
    }

    /// A reader of the dataset's own.
    pub fn reader(&self) -> Reader {
        Reader::open(&self.path).unwrap()
    }

    /// Columns and rows.
    pub fn size(&self) -> (u16, u16) {
        let area = self.terminal.backend().buffer().area;
        (area.width, area.height)
    }

    /// The dataset's file.
    pub fn path(&self) -> &std::path::Path {
        &self.path
    }

    /// Presses keys: names and characters parted by blanks, as keymap files spell them.
    pub fn keys(&mut self, spelt: &str) -> &mut Self {
        for word in spelt.split_whitespace() {
            self.event(Event::Key(key(word)));
        }
        self
    }

    /// Types a text, character by character.
    pub fn type_text(&mut self, text: &str) -> &mut Self {
        for c in text.chars() {
            self.event(Event::Key(KeyEvent::new(KeyCode::Char(c), KeyModifiers::NONE)));
        }
        self
    }

    /// Turns the wheel at a cell.
    pub fn wheel(&mut self, column: u16, row: u16, down: bool) -> &mut Self {
        let kind = if down { MouseEventKind::ScrollDown } else { MouseEventKind::ScrollUp };
        self.event(Event::Mouse(MouseEvent { kind, column, row, modifiers: KeyModifiers::NONE }));
        self
    }

    /// Clicks at the first place of a text on the screen.
    pub fn click(&mut self, text: &str) -> &mut Self {
        let screen = self.screen();
        let at = screen.lines().enumerate().find_map(|(row, line)| Some((line.find(text)?, row, line)));
        let (byte, row, line) = at.unwrap_or_else(|| panic!("{text} is not there:\n{screen}"));
        let column = crate::text::width::width(&line[..byte]);
        self.event(Event::Mouse(MouseEvent {
            kind: MouseEventKind::Down(MouseButton::Left),
            column: u16::try_from(column).unwrap(),
            row: u16::try_from(row).unwrap(),
            modifiers: KeyModifiers::NONE,
        }));
        self
    }

    /// Something comes from the terminal.
    pub fn event(&mut self, event: Event) {
        self.settle(VecDeque::from([Message::Terminal(vec![event])]));
    }

    /// Something happens.
    pub fn message(&mut self, message: Message) {
        self.settle(VecDeque::from([message]));
    }

    /// Time goes by.
    pub fn wait(&mut self, milliseconds: u64) -> &mut Self {
        self.now += Duration::from_millis(milliseconds);
        let orders = self.shell.wake(self.now);
        let mut messages = VecDeque::new();
        self.carry_out(orders, &mut messages);
        self.settle(messages);
        self
    }

    /// Another process wrote to the file, and the watch looks.
    pub fn look(&mut self) -> &mut Self {
        let mut messages = VecDeque::new();
        self.quick.look(&mut |message| messages.push_back(message));
        self.settle(messages);
        self
    }

    fn settle(&mut self, mut messages: VecDeque<Message>) {
        // Pictures are drawn as they would be, since views keep what a click or a page needs.
        while let Some(message) = messages.pop_front() {
            let orders = self.shell.update(message, self.now);
            self.carry_out(orders, &mut messages);
            self.draw();
        }
        self.draw();
    }

    fn carry_out(&mut self, orders: Vec<Order>, messages: &mut VecDeque<Message>) {
        let mut emit = |message| messages.push_back(message);
        for order in orders {
            match order {
                Order::Write(job) => {
                    if let Some(example) = self.writer.handle(job, &mut emit) {
                        self.quick.handle(ReadJob::Refresh(example), &mut emit);
                    }
                    while self.writer.has_to_index() {
                        self.writer.index_some(&mut emit);
                    }
                }
                Order::Read(screen, generation, Request::Beside(work)) => {
                    self.companion.handle(&CompanionJob { screen, generation, work }, || true, &mut emit);
                }
                Order::Read(screen, generation, request @ (Request::Board | Request::Rules)) => {
                    let what = if request == Request::Rules { Measured::Rules } else { Measured::Rankings };
                    self.measurer.handle(&MeasureJob { screen, generation, what }, || true, &mut emit);
                }
                Order::Read(screen, generation, Request::Cross(crossed)) => {
                    let question = crossed.map(Question::Cross);
                    self.surveyor.handle(SurveyJob { screen, generation, question }, || false, &mut emit);
                }
                Order::Read(screen, generation, Request::Lacking) => {
                    let question = Some(Question::Lacking);
                    self.surveyor.handle(SurveyJob { screen, generation, question }, || false, &mut emit);
                }
                Order::Read(screen, generation, Request::Assess(wanted, annotator)) => {
                    let task = self.stops.assess(wanted, annotator);
                    self.assessor.handle(AssessJob { screen, generation, task }, &mut emit);
                }
                Order::Read(screen, generation, Request::PickFew(most)) => {
                    let task = AssessTask::Pick(most);
                    self.assessor.handle(AssessJob { screen, generation, task }, &mut emit);
                }
                Order::Read(_, _, Request::StopAssessing) => self.stops.stop_assessing(),
                Order::Read(screen, generation, Request::Rounds(asked)) => {
                    self.examiner.handle(&ExamineJob { screen, generation, asked }, || true, &mut emit);
                }
                Order::Read(screen, generation, Request::Pace) => {
                    self.pacer.handle(&PaceJob { screen, generation }, &mut emit);
                }
                Order::Read(screen, generation, Request::Spread(part)) => {
                    self.spreader.handle(&SpreadJob { screen, generation, part }, || true, &mut emit);
                }
                Order::Read(screen, generation, Request::Judge(plan)) => {
                    let task = self.stops.judge(plan);
                    self.exporter.handle(ExportJob { screen, generation, task }, &mut emit);
                }
                Order::Read(screen, generation, Request::Export(plan, to, over)) => {
                    let task = self.stops.write(plan, to, over);
                    let made = self.exporter.handle(ExportJob { screen, generation, task }, &mut emit);
                    if let Some(made) = made {
                        self.writer.handle(made, &mut emit);
                    }
                }
                Order::Read(screen, generation, Request::Import(what)) => {
                    let job = self.stops.import(screen, generation, what);
                    if let Some(example) = self.writer.handle(job, &mut emit) {
                        self.quick.handle(ReadJob::Refresh(example), &mut emit);
                    }
                    while self.writer.has_to_index() {
                        self.writer.index_some(&mut emit);
                    }
                }
                Order::Read(_, _, Request::StopImport) => self.stops.stop_importing(),
                Order::Read(_, _, Request::StopExport) => self.stops.stop_writing(),
                Order::Read(screen, generation, request) => match SlowTask::of(request) {
                    Ok(task) => {
                        let number = self.searches.fetch_add(1, std::sync::atomic::Ordering::SeqCst) + 1;
                        self.slow.handle(&SlowJob { number, screen, generation, task }, &mut emit);
                    }
                    Err(request) => {
                        let request = match ImportTask::of(request) {
                            Ok(task) => {
                                self.importer.handle(ImportJob { screen, generation, task }, &mut emit);
                                continue;
                            }
                            Err(request) => request,
                        };
                        self.quick.handle(ReadJob::Ask(screen, generation, request), &mut emit);
                    }
                },
                Order::Annotator(name) => self.quick.handle(ReadJob::Annotator(name), &mut emit),
                Order::Copy(text) => self.copied.push(text),
                Order::Edit(screen, purpose, text) => {
                    emit(Message::Edited(screen, purpose, Ok(Some(format!("{text} (edited)")))));
                }
                Order::Suspend => emit(Message::Resumed(Ok(()))),
                Order::Repaint => {}
                Order::Quit => self.ended = true,
            }
        }
    }

    /// Does a verb behind the program's back, as another process would.
    pub fn elsewhere(&mut self, annotator: &str, verb: &Verb) {
        Dataset::open(&self.path, annotator).unwrap().perform(verb).unwrap();
        self.writer.handle(WriterJob::Index, &mut |_| {});
    }

    /// Draws the picture; returns how long that took.
    pub fn draw(&mut self) -> Duration {
        let start = Instant::now();
        let shell = &mut self.shell;
        self.terminal.draw(|frame| shell.view(frame)).unwrap();
        start.elapsed()
    }

    /// The picture as text, blanks at the ends of rows cut, times of day made the same.
    pub fn screen(&mut self) -> String {
        self.draw();
        let buffer = self.terminal.backend().buffer();
        let mut text = String::new();
        for y in 0..buffer.area.height {
            let mut row = String::new();
            let mut x = 0;
            while x < buffer.area.width {
                let symbol = buffer[(x, y)].symbol();
                row.push_str(symbol);
                x += u16::try_from(crate::text::width::width(symbol).max(1)).unwrap();
            }
            text.push_str(row.trim_end());
            text.push('\n');
        }
        same_times(&text)
    }
}

/// `2026-03-01 10:30` becomes `....-..-.. ..:..`.
fn same_times(text: &str) -> String {
    const SHAPE: &str = "0000-00-00 00:00";
    let mut chars: Vec<char> = text.chars().collect();
    let shape: Vec<char> = SHAPE.chars().collect();
    for start in 0..chars.len().saturating_sub(shape.len()) {
        let is_time = shape
            .iter()
            .zip(&chars[start..])
            .all(|(want, have)| if *want == '0' { have.is_ascii_digit() } else { have == want });
        if is_time {
            chars[start..start + shape.len()]
                .iter_mut()
                .filter(|c| c.is_ascii_digit())
                .for_each(|c| *c = '.');
        }
    }
    chars.into_iter().collect()
}

fn key(word: &str) -> KeyEvent {
    let mut modifiers = KeyModifiers::NONE;
    let mut rest = word;
    for (name, modifier) in
        [("ctrl-", KeyModifiers::CONTROL), ("alt-", KeyModifiers::ALT), ("shift-", KeyModifiers::SHIFT)]
    {
        if let Some(key) = rest.strip_prefix(name).filter(|key| !key.is_empty()) {
            modifiers |= modifier;
            rest = key;
        }
    }
    let code = match rest {
        "enter" => KeyCode::Enter,
        "esc" => KeyCode::Esc,
        "f2" => KeyCode::F(2),
        "tab" => KeyCode::Tab,
        "space" => KeyCode::Char(' '),
        "backspace" => KeyCode::Backspace,
        "up" => KeyCode::Up,
        "down" => KeyCode::Down,
        "left" => KeyCode::Left,
        "right" => KeyCode::Right,
        "home" => KeyCode::Home,
        "end" => KeyCode::End,
        "page-up" => KeyCode::PageUp,
        "page-down" => KeyCode::PageDown,
        one if one.chars().count() == 1 => KeyCode::Char(one.chars().next().unwrap()),
        other => panic!("{other} is no key that this test knows"),
    };
    KeyEvent::new(code, modifiers)
}

/// Facets of the sample dataset.
pub const FACETS: &str = r#"
[[facet]]
name = "intent"
required = true
values = [{ name = "refund", target = 4 }, { name = "cancel", target = 6 }, { name = "lost card", target = 5 }, "other"]

[[facet]]
name = "language"
open = true
values = [{ name = "en", target = 8 }, { name = "de", target = 4 }]

[[facet]]
name = "topic"
several = true
open = true
values = ["billing", "delivery"]
"#;

/// Text that would drive a terminal, hide, or turn its neighbours around.
pub const HOSTILE: &str =
    "\x1b[2J\x1b]0;title\x07 \u{202e}evil\u{202c} a\u{200b}b \u{2066}x\r\n\ty\u{7f} 漢字 👩\u{200d}🔬";

/// Puts the sample examples into a dataset.
pub fn sample(dataset: &mut Dataset) {
    let rows: &[(&str, &str, &str, Status, &[&str])] = &[
        (
            "Please cancel my subscription from next month.",
            "cancel",
            "en",
            Status::Submitted,
            &["{\"intent\": \"cancel\"}"],
        ),
        (
            "I was charged twice for order 88-1204, I want my money back.",
            "refund",
            "en",
            Status::Approved,
            &["{\"intent\": \"refund\"}"],
        ),
        ("Meine Karte ist weg!", "lost card", "de", Status::Pending, &[]),
        ("Ich möchte kündigen.", "cancel", "de", Status::Draft, &["{\"intent\":"]),
        (
            "My parcel says \"delivered\", but it is not here, and I need it for Friday.",
            "other",
            "en",
            Status::Pending,
            &[
                "I'm sorry that your parcel has not arrived. I have opened a trace with the carrier.",
                "Please check with your neighbours.",
                "I'm sorry to hear that. Parcels are often marked as delivered before they arrive.",
            ],
        ),
        ("Where is my refund?", "refund", "en", Status::Submitted, &["{\"intent\": \"refund\"}"]),
        ("Refund, now.", "refund", "en", Status::Submitted, &["{\"intent\": \"refund\"}"]),
        ("Can you tell me a joke?", "other", "en", Status::Discarded, &["No."]),
    ];
    for (question, intent, language, status, responses) in rows {
        let prompt = Prompt {
            messages: vec![
                Turn::new(Role::System, "Answer with one JSON object: intent, entities, confidence."),
                Turn::new(Role::User, *question),
            ],
            tools: Vec::new(),
        };
        let kind = if responses.len() > 1 { Kind::Preference } else { Kind::Sft };
        let responses =
            responses.iter().map(|text| Response::new(Some(Author::model("llama")), *text)).collect();
        let tags = vec![Tag::new("intent", *intent), Tag::new("language", *language)];
        let example = Example { status: *status, responses, tags, ..Example::new(kind, prompt) };
        dataset.perform(&Verb::Create(Box::new(example))).unwrap();
    }
}

/// Examples made of [`HOSTILE`] wherever text can stand.
pub fn hostile(dataset: &mut Dataset) {
    let prompt = Prompt {
        messages: vec![Turn::new(Role::System, HOSTILE), Turn::new(Role::User, HOSTILE)],
        tools: Vec::new(),
    };
    let responses = vec![Response::new(Some(Author::model(HOSTILE)), HOSTILE), Response::new(None, HOSTILE)];
    let tags = vec![Tag::new("topic", "\x1b[31mred\u{202e}")];
    let mut example =
        Example { responses, tags, note: HOSTILE.to_owned(), ..Example::new(Kind::Preference, prompt) };
    example.flags.push(crate::example::Flag {
        id: crate::example::new_id(),
        kind: "wrong".to_owned(),
        note: HOSTILE.to_owned(),
        response: None,
        by: Some("ana".to_owned()),
        resolved: false,
        at: crate::example::Timestamp::now(),
    });
    dataset.perform(&Verb::Create(Box::new(example.clone()))).unwrap();
    example.id = crate::example::new_id();
    example.responses.clear();
    example.flags.clear();
    dataset.perform(&Verb::Create(Box::new(example))).unwrap();
}
