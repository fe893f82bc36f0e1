//! How long a key takes in a long text, from the edit to the picture, on the thread of the screen.
//!
//! `cargo bench --bench typing` prints the median and the slowest of a hundred keys. A frame is
//! 16 ms; read the rest as ratios to the first lines, which are those of a text of ordinary length.
#![allow(clippy::unwrap_used, missing_docs)]

use std::time::{Duration, Instant};

use goldset::tui::commands::Command;
use goldset::tui::theme::Theme;
use goldset::tui::widgets::document::{Block, Document};
use goldset::tui::widgets::editor::{Editor, Mark, MarkKind};
use ratatui::Terminal;
use ratatui::backend::TestBackend;

const KEYS: usize = 500;

struct Screen {
    terminal: Terminal<TestBackend>,
    document: Document,
    editor: Editor,
}

impl Screen {
    fn new(text: &str) -> Self {
        let mut document = Document::default();
        document.shows_focus = true;
        document.set(vec![Block { heading: "RESPONSE".to_owned(), ..Block::default() }]);
        let mut screen = Self {
            terminal: Terminal::new(TestBackend::new(200, 60)).unwrap(),
            document,
            editor: Editor::new(text),
        };
        screen.draw();
        screen
    }

    fn draw(&mut self) {
        let theme = Theme::default();
        let Self { terminal, document, editor } = self;
        terminal.draw(|frame| document.view(frame, frame.area(), &theme, Some(editor))).unwrap();
    }

    fn timed(&mut self, act: impl FnOnce(&mut Editor)) -> Duration {
        let start = Instant::now();
        act(&mut self.editor);
        self.draw();
        start.elapsed()
    }
}

fn milliseconds(time: Duration) -> f64 {
    time.as_secs_f64() * 1_000.0
}

fn told(what: &str, mut times: Vec<Duration>) {
    times.sort_unstable();
    let median = times[times.len() / 2];
    let p99 = times[(times.len() * 99 / 100).min(times.len() - 1)];
    println!("{what:<58} {:>9.3} ms median {:>9.3} ms p99", milliseconds(median), milliseconds(p99));
}

/// Keys in a text, from its middle.
fn keys(name: &str, text: &str) {
    let mut screen = Screen::new(text);
    let middle = text.len() / 2;
    screen.editor.go_to_byte(middle);
    screen.draw();
    let letters = (0..KEYS).map(|at| {
        screen.timed(|editor| {
            editor.insert(if at % 6 == 5 { " " } else { "e" });
        })
    });
    let letters: Vec<Duration> = letters.collect();
    told(&format!("{name}: a letter"), letters);
    let commands = [
        ("return", Command::EditorNewline),
        ("backspace", Command::EditorDeleteLeft),
        ("undo", Command::EditorUndo),
        ("down", Command::EditorDown),
        ("word left", Command::EditorWordLeft),
    ];
    for (word, command) in commands {
        let times = (0..100).map(|_| {
            screen.timed(|editor| {
                editor.command(command);
            })
        });
        let times = times.collect();
        told(&format!("{name}: {word}"), times);
    }
    screen
        .editor
        .set_marks((0..1_000).map(|at| Mark { range: at * 7..at * 7 + 3, kind: MarkKind::Bad }).collect());
    let times = (0..100).map(|_| {
        screen.timed(|editor| {
            editor.insert("e");
        })
    });
    told(&format!("{name}: a letter, with 1,000 marks"), times.collect());
}

fn paste(name: &str, text: &str) {
    let mut screen = Screen::new("before after");
    screen.editor.go_to_byte(7);
    told(
        &format!("{name}: pasted"),
        vec![screen.timed(|editor| {
            editor.insert(text);
        })],
    );
    told(
        &format!("{name}: undone"),
        vec![screen.timed(|editor| {
            editor.command(Command::EditorUndo);
        })],
    );
    told(
        &format!("{name}: done again"),
        vec![screen.timed(|editor| {
            editor.command(Command::EditorRedo);
        })],
    );
}

/// Looking for something that is often there, and for something that is nowhere.
fn find(name: &str, text: &str) {
    let mut screen = Screen::new(text);
    screen.editor.go_to_byte(text.len() / 2);
    screen.editor.command(Command::EditorFind);
    for (what, sought) in [("is everywhere", "famil"), ("is nowhere", "xyzzy")] {
        let times = sought.chars().map(|c| {
            screen.timed(|editor| {
                editor.insert(c.encode_utf8(&mut [0; 4]));
            })
        });
        told(&format!("{name}: a letter of what {what}"), times.collect());
        for (word, command) in [("next", Command::EditorFindNext), ("before", Command::EditorFindPrevious)] {
            let times = (0..20).map(|_| {
                screen.timed(|editor| {
                    editor.command(command);
                })
            });
            told(&format!("{name}: the {word} one of what {what}"), times.collect());
        }
        screen.editor.command(Command::EditorDeleteToStart);
    }
    screen.editor.command(Command::EditorReplace);
    screen.editor.insert("famil");
    screen.editor.command(Command::ReplaceSwitch);
    screen.editor.insert("Famil");
    let all = screen.timed(|editor| {
        editor.command(Command::ReplaceAll);
    });
    told(&format!("{name}: all replaced"), vec![all]);
}

fn main() {
    let words = "All happy families are alike; every unhappy family is unhappy in its own way. ";
    let prose = |bytes: usize, every: usize| {
        let mut text: String = words.chars().cycle().take(bytes).collect();
        let breaks: Vec<usize> = (every..bytes).step_by(every).collect();
        for at in breaks {
            text.replace_range(at..=at, "\n");
        }
        text
    };
    let chinese: String =
        "幸福的家庭都是相似的，不幸的家庭各有各的不幸。".chars().cycle().take(34_000).collect();
    keys("2 kB", &prose(2_000, 400));
    keys("100 kB in 1,000 lines", &prose(100_000, 100));
    keys("100 kB in one line", &prose(100_000, 1_000_000));
    keys("100 kB of Chinese in one line", &chinese);
    keys("5 MB in 50,000 lines", &prose(5_000_000, 100));
    keys("5 MB in one line", &prose(5_000_000, 10_000_000));
    find("100 kB in 1,000 lines", &prose(100_000, 100));
    find("5 MB in 50,000 lines", &prose(5_000_000, 100));
    find("5 MB in one line", &prose(5_000_000, 10_000_000));
    paste("5 MB in 50,000 lines", &prose(5_000_000, 100));
    paste("5 MB in one line", &prose(5_000_000, 10_000_000));
}
