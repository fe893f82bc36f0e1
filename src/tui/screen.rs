//! The shape that every screen has.
//!
//! A screen is a file or folder in `screens/` with a model of its own that implements [`Screen`],
//! and a line in the shell's registry. It keeps no connection and starts no thread: it answers
//! inputs with effects.

use ratatui::Frame;
use ratatui::layout::Rect;

use super::effect::{Answer, Effect, Purpose, Shared};

/// What happens to a screen.
#[derive(Debug)]
pub enum Input {
    /// A key that the keymap binds in this screen's context. `digit` is the digit pressed, where
    /// the command is one of those that take it (ranking).
    Command {
        /// The command's id, as in the table of commands (`rank.place`).
        command: super::commands::Command,
        /// The digit.
        digit: Option<u8>,
    },
    /// A character typed, or a paste, while the screen's context takes text (no command bound).
    Text(String),
    /// An answer to one of this screen's effects.
    Answer(Answer),
    /// The dataset changed: by this screen's verb, an undo, another process. Counts in `Shared`
    /// are new; what is shown of examples must be asked for again. Names the examples where known.
    Changed(Option<i64>),
    /// Chosen from a menu: the values that are set now.
    Picked(Purpose, Vec<String>),
    /// A line of text was entered.
    Entered(Purpose, String),
    /// A click at a cell of the screen's area, or the wheel (lines, down positive).
    Click {
        /// Column.
        x: u16,
        /// Row.
        y: u16,
    },
    /// The wheel.
    Wheel {
        /// Column.
        x: u16,
        /// Row.
        y: u16,
        /// Lines, down positive.
        lines: i16,
    },
    /// The time asked for by [`Effect::Wake`] is over.
    Woken,
}

/// A screen.
pub trait Screen {
    /// The context whose keys are valid now (it may change: typing in a field is another context).
    fn context(&self) -> super::commands::Context;
    /// What the top line says after the dataset's name: `Rank 12 of 38`.
    fn title(&self, shared: &Shared) -> String;
    /// The screen comes to the front.
    fn enter(&mut self, shared: &Shared) -> Vec<Effect>;
    /// Something happens.
    fn update(&mut self, input: Input, shared: &Shared) -> Vec<Effect>;
    /// Draws into `area`. Takes `&mut self` only for caches of laid-out text and for the places of
    /// things that a click can hit; it changes nothing that `update` reads otherwise.
    fn view(&mut self, frame: &mut Frame<'_>, area: Rect, shared: &Shared, theme: &super::theme::Theme);
    /// Whether something typed is not yet on disk (a quit first waits for it).
    fn unsaved(&self) -> bool {
        false
    }
    /// What the lowest line says of a command here; nothing where the command does nothing now.
    fn hint(&self, command: super::commands::Command) -> Option<&'static str> {
        Some(command.short())
    }
    /// The example that one is at, for commands that go elsewhere with it.
    fn example(&self) -> Option<i64> {
        None
    }
    /// Whether undo takes back something that the screen has not handed over yet (a key of a ranking
    /// being typed): then the command comes to the screen, and the journal stays as it is.
    fn takes_undo(&self) -> bool {
        false
    }
    /// Goes back a step on the screen itself; `None` where there is none, and one leaves it.
    fn back(&mut self, _shared: &Shared) -> Option<Vec<Effect>> {
        None
    }
    /// What to do before the program ends or the screen is left: save what is being typed.
    fn leave(&mut self) -> Vec<Effect> {
        Vec::new()
    }
}
