//! Messages: all that the loop hears of; and orders: all that it carries out.

use std::collections::HashMap;

use crossterm::event::Event;

use super::effect::{Answer, Effect, Generation, Purpose, Request};
use super::exporting::Exported;
use super::ground::Ground;
use super::importing::Bringing;
use crate::curation::readiness::Thresholds;
use crate::dataset::{Counts, Own, Queue, Returned, SampleProgress, Seek, Verb};
use crate::example::QueueOrder;
use crate::formats::Definitions;
use crate::query::Vocabulary;

/// Which screen asked, so that the answer finds it, or is dropped where it is gone.
pub type ScreenId = u64;

/// Something that happened.
#[derive(Debug)]
pub enum Message {
    /// Keys, the mouse, a paste, a new size: in the order in which they came.
    Terminal(Vec<Event>),
    /// An answer to a screen.
    Answer(ScreenId, Answer),
    /// What all screens may read was read anew.
    Refreshed(Box<Refreshed>),
    /// So many examples still wait for the search index.
    Searchable(u64),
    /// Typing could not be kept; the sentence says why.
    DraftLost(ScreenId, Draft, String),
    /// A thread has something to say that belongs to no question.
    Trouble(String),
    /// The system asks the program to stop or to step aside.
    Signal(Signal),
    /// `$EDITOR` left this text (`None`: as it was), or could not be run.
    Edited(ScreenId, Purpose, Result<Option<String>, String>),
    /// The terminal was given back for a while and is ours again, or could not be given back.
    Resumed(Result<(), String>),
    /// A job could not be handed over: the thread for it has ended.
    WorkerGone,
    /// The terminal told what lies behind the text.
    Ground(Ground),
    /// The terminal is gone: nothing more can be read from it.
    TerminalGone(String),
}

/// What somebody was typing, and where.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Draft {
    /// The example.
    pub example: i64,
    /// Which of its fields.
    pub field: String,
    /// What stands there.
    pub text: String,
}

impl Draft {
    /// Keeps it.
    pub fn keep(self) -> Effect {
        let Self { example, field, text } = self;
        Effect::KeepDraft { example, field, text }
    }
}

/// What the system asks for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Signal {
    /// End, with everything kept.
    End,
    /// Give the terminal back until told to go on.
    Suspend,
}

/// The parts of [`super::effect::Shared`] that come from the dataset.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Refreshed {
    /// The live counts.
    pub counts: Counts,
    /// Those of the annotator.
    pub own: Own,
    /// In which order the queues hand out what waits.
    pub order: QueueOrder,
    /// Samples for review.
    pub samples: Vec<SampleProgress>,
    /// From where on the dataset is ready.
    pub thresholds: Thresholds,
    /// What came back to the annotator, the newest first.
    pub returned: Vec<Returned>,
    /// Facets and kinds of flags.
    pub definitions: Definitions,
    /// The names that a filter may use.
    pub vocabulary: Vocabulary,
    /// What the annotator did today, by verb.
    pub today: HashMap<String, u64>,
    /// Their actions on each of the last days, today last.
    pub days: Vec<u64>,
    /// The examples in which the annotator was typing what belongs to no action yet, newest first.
    pub drafted: Vec<i64>,
    /// How many examples wait for the search index.
    pub search_pending: u64,
    /// How many wait to be looked at by rules.
    pub rules_pending: u64,
    /// The newest action; another one means that examples may have changed.
    pub newest: Option<i64>,
    /// Whether examples may have changed since the last time.
    pub changed: bool,
    /// The one example that changed, where it was one.
    pub example: Option<i64>,
}

/// Something for the writer.
#[derive(Debug)]
pub enum WriterJob {
    /// Do it.
    Perform(ScreenId, Box<Verb>),
    /// Keep what is being typed: example, field, text.
    KeepDraft(ScreenId, i64, String, String),
    /// Drop what was kept: example, field.
    DropDraft(i64, String),
    /// Hand out an example of a queue.
    Hand(ScreenId, Generation, Queue, Seek),
    /// Hold an example.
    Hold(ScreenId, i64),
    /// Give back what is held.
    Release,
    /// Do what follows as the one of that name, which is kept in the file of settings where one is
    /// named.
    Annotator(String, Option<std::path::PathBuf>),
    /// Keep account of an export that was made, and tell who wanted it.
    KeepExport(ScreenId, Generation, Box<Exported>),
    /// Bring in a file, unless bringing in was called off since so many times that it had been by then.
    Import(ScreenId, Generation, u64, Box<Bringing>),
    /// Examples wait for the search index.
    Index,
    /// No more will come: end when all before it is done.
    Finish,
}

/// Something for the readers.
#[derive(Debug)]
pub enum ReadJob {
    /// A screen asks.
    Ask(ScreenId, Generation, Request),
    /// Read what all screens share anew; the example is the one that changed, where it was one.
    Refresh(Option<i64>),
    /// Read what follows for the one of that name, and what all screens share anew.
    Annotator(String),
}

/// Something for the loop to carry out.
#[derive(Debug)]
pub enum Order {
    /// For the writer.
    Write(WriterJob),
    /// For a reader.
    Read(ScreenId, Generation, Request),
    /// For the reader: who is at the keyboard now.
    Annotator(String),
    /// Put it on the system's clipboard.
    Copy(String),
    /// Let `$EDITOR` change it for that screen; [`Message::Edited`] comes back.
    Edit(ScreenId, Purpose, String),
    /// Give the terminal back and stop until told to go on.
    Suspend,
    /// Paint every cell anew.
    Repaint,
    /// Leave.
    Quit,
}
