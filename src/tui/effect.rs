//! Effects: what a screen asks of the world, as data; and the answers that come back.

use std::collections::BTreeMap;

use super::assessing::{Assessed, Few, Wanted};
use super::beside::{Beside, Work};
use super::board::Board;
use super::exporting::Outcome;
use super::failing::{Asked, Rounds};
use super::importing::{Bringing, Brought, Found, How, Looked};
use super::spreading::{Part, Spread};
use super::surveying::{Crossed, Crossing, Lacking};
use crate::curation::mend::Mending;
use crate::dataset::{
    ActionRow, Counts, Done, ExportReport, FacetChange, Handed, Kept, ListRow, Own, Paced, Plan, Progress,
    Proposal, Queue, Returned, ReviewQueue, RuleCounts, SampleProgress, Scope, Seek, Selection, Since,
    TextChange, Texts, ToldChange, Verb,
};
use crate::example::{Example, Facet, QueueOrder, Tag};
use crate::formats::{Definitions, Mapping};
use crate::query::Filter;

/// Identifies a request, so that an answer that comes too late can be told and dropped.
/// Each screen counts its own up.
pub type Generation = u64;

/// Something for other threads or for the terminal to do.
#[derive(Debug)]
pub enum Effect {
    /// Do it to the dataset (the writer thread); [`Answer::Performed`] or [`Answer::Refused`]
    /// comes back once it is on disk. What a screen calls saved waits for that.
    Perform(Box<Verb>),
    /// Keep what is being typed, before it is an action; [`Answer::DraftKept`] comes back.
    KeepDraft {
        /// The example.
        example: i64,
        /// Which field: `prompt/0`, `response/UUID`, `new`, `note`.
        field: String,
        /// What stands there.
        text: String,
    },
    /// Drop what was kept of a field's typing.
    DropDraft {
        /// The example.
        example: i64,
        /// Which field.
        field: String,
    },
    /// Read something (a reader thread); the answer carries the generation.
    Ask(Generation, Request),
    /// Go to another place.
    Go(Place),
    /// From now on "next" and "previous" follow this list; `None`: the queues again.
    Follow(Option<Trail>),
    /// Open a menu over the screen; what is chosen comes back as [`super::screen::Input::Picked`].
    Pick(Picker),
    /// The same menu, of which one letter chooses: that comes back with the purpose given here, and
    /// what is chosen with enter with the menu's own.
    PickByKey(Picker, Purpose),
    /// Ask for a line of text over the screen; it comes back as [`super::screen::Input::Entered`].
    Enter(Prompting),
    /// What was entered or chosen can't be taken, and why: the question stays open with it. Where no question was
    /// answered it is said only. What is refused by a verb, or by reading the file that was typed, needs no word of
    /// the screen's: the question opens again by itself.
    Refuse(String),
    /// Let the program that `$EDITOR` names change a text; what it leaves comes back as
    /// [`super::screen::Input::Entered`]. Nothing comes back where it failed or left all as it was.
    External(String, Purpose),
    /// Say something on the message line.
    Say(Tone, String),
    /// Hold an example that was opened on purpose, or go on holding it, so that nobody else is handed
    /// it; [`Answer::Held`] comes back where somebody else holds it.
    Hold(i64),
    /// Give back what is held.
    Release,
    /// Put text on the system's clipboard (OSC 52).
    Copy(String),
    /// Wake this screen again after so many milliseconds, with [`super::screen::Input::Woken`].
    Wake(u64),
}

impl Effect {
    /// Says something to look at: what is missing, or why nothing is done.
    pub fn look(sentence: impl Into<String>) -> Self {
        Self::Say(Tone::Look, sentence.into())
    }

    /// Does nothing but refuse what was entered.
    pub fn refuse(sentence: impl Into<String>) -> Vec<Self> {
        vec![Self::Refuse(sentence.into())]
    }

    /// Does nothing but say that.
    pub fn only_look(sentence: impl Into<String>) -> Vec<Self> {
        vec![Self::look(sentence)]
    }
}

/// Something to read.
#[derive(Debug, Clone, PartialEq)]
pub enum Request {
    /// An example, with what its annotator was typing in it when it was last kept.
    Example(i64),
    /// List lines.
    Rows(Vec<i64>),
    /// The numbers that a filter finds; comes in portions. A later one stops the one before.
    Ids(Box<Filter>),
    /// What a mend would change; comes in portions. It and [`Request::Ids`] stop each other.
    Propose(Box<Mended>),
    /// What parting a value by these filters would do. It stops what comes in portions.
    Parted(Tag, Vec<Filter>),
    /// Stops what comes in portions.
    Stop,
    /// An example of a queue; it is held for this process until another is asked for.
    Next(Queue, Seek),
    /// What waits for a reviewer.
    Reviews(Scope),
    /// What changed in the texts of an example since it was last reviewed.
    Since(i64),
    /// The journal before an action.
    Actions(Option<i64>, usize),
    /// The journal of one example.
    ActionsOf(i64),
    /// The rows that an action changed.
    ChangesOf(i64),
    /// What is to be known beside an example that is being written; comes part by part.
    Beside(Box<Work>),
    /// What is measured of rankings; the figures come first, then they come with their intervals.
    Board,
    /// What would become of an export; a later one stops the one before. `None` only stops it.
    Judge(Option<Box<Plan>>),
    /// Write an export to the file or folder that was typed, and keep account of it; over a file that no
    /// export of the dataset made only where that was said.
    Export(Box<Plan>, String, bool),
    /// Stops what is being written.
    StopExport,
    /// The newest exports, so many of them.
    Exports(usize),
    /// The files of the folder that was typed which could be brought in.
    Files(String),
    /// What is in the file that was typed, read so.
    Look(String, How),
    /// The mappings that were saved.
    Mappings,
    /// Save a mapping under that name.
    SaveMapping(String, Mapping),
    /// Bring in a file, as one action.
    Import(Box<Bringing>),
    /// Stops what is being brought in.
    StopImport,
    /// The change that makes the shares of this facet those of the file that was typed.
    Production(Box<Facet>, String),
    /// The rules with their counts.
    Rules,
    /// What rules propose for an example.
    Proposed(i64),
    /// How many examples carry the values of these facets; `None` where nobody looks any more.
    Cross(Option<Crossed>),
    /// What is lacking, of pairs of values too. It and [`Request::Cross`] take the place of each other.
    Lacking,
    /// What the dataset is ready for, for that annotator; a later one stops the one before.
    Assess(Wanted, String),
    /// Stops measuring that.
    StopAssessing,
    /// So many examples for a prompt.
    PickFew(usize),
    /// The rounds of results, and where one fails; what counts tell comes first. `None` where nobody looks any
    /// more.
    Rounds(Option<Asked>),
    /// How fast the dataset grows.
    Pace,
    /// How the dataset is spread; a later one stops the one before. `None` where nobody looks any more.
    Spread(Option<Part>),
}

/// Texts that are to be mended.
#[derive(Debug, Clone, PartialEq)]
pub struct Mended {
    /// Of which examples.
    pub on: Selection,
    /// Which of their texts.
    pub texts: Texts,
    /// How.
    pub mending: Mending,
}

/// Whether more portions follow.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Rest {
    /// They do.
    More,
    /// That was all.
    Done,
    /// There is more than is kept at a time: it is not all.
    Cut,
}

/// What comes back.
#[derive(Debug)]
pub enum Answer {
    /// A verb was done and is on disk.
    Performed(Box<Verb>, Done),
    /// A verb was not done; the sentence says why. The shell shows it too.
    Refused(Box<Verb>, String),
    /// Typing of this example's field is on disk.
    DraftKept(i64, String),
    /// It is not: a screen that still has it is woken to try again; the shell keeps what nobody has.
    DraftLost(i64, String),
    /// The example, or `None` where it is gone; with drafts by field.
    Example(Generation, i64, Option<Box<Example>>, std::collections::HashMap<String, String>),
    /// List lines.
    Rows(Generation, Vec<ListRow>),
    /// A portion of numbers; `true`: the last.
    Ids(Generation, Vec<i64>, bool),
    /// A portion of what a mend would change, and how far that has come.
    Proposals(Generation, Vec<TextChange>, Progress, Rest),
    /// How many examples each part of a value would get, and last how many would stay.
    Parted(Generation, Vec<u64>),
    /// An example of a queue, handed to this process alone (`None`: nothing waits).
    Queued(Generation, Queue, Option<Handed>),
    /// Somebody else works on this example right now.
    Held(i64, String),
    /// What waits for a reviewer.
    Reviews(Generation, ReviewQueue),
    /// What changed in the texts of an example since it was last reviewed.
    Since(Generation, i64, Since),
    /// Lines of the journal.
    Actions(Generation, Vec<ActionRow>),
    /// Changed rows of an action.
    Changes(Generation, i64, Vec<ToldChange>),
    /// A part of what is to be known beside an example.
    Beside(Generation, Beside),
    /// What is measured of rankings.
    Board(Generation, Box<Board>),
    /// How far judging or writing an export has come.
    Exporting(Generation, Progress),
    /// What would become of an export.
    Judged(Generation, Box<ExportReport>),
    /// What became of one. The shell tells it too.
    Exported(Generation, Box<Outcome>),
    /// The newest exports.
    Exports(Generation, Vec<Kept>),
    /// The files of a folder, which is told as it was typed.
    Files(Generation, String, Vec<Found>),
    /// What a file's first records show.
    Looked(Generation, Box<Looked>),
    /// The mappings that were saved, by name.
    Mappings(Generation, BTreeMap<String, Mapping>),
    /// A mapping was saved under that name.
    MappingSaved(Generation, String),
    /// How far bringing in a file has come.
    Importing(Generation, Progress),
    /// What became of it, with the first records that were rejected. The shell tells it too.
    Imported(Generation, Box<Brought>, Vec<String>),
    /// The shares of a facet as a file has them.
    Production(FacetChange),
    /// What is lacking.
    Lacking(Generation, Box<Lacking>),
    /// The rules with their counts.
    Rules(Generation, Vec<RuleCounts>),
    /// What rules propose for an example, and nobody has taken or declined.
    Proposed(Generation, i64, Vec<Proposal>),
    /// Two facets crossed.
    Crossing(Generation, Box<Crossing>),
    /// How far measuring what the dataset is ready for has come.
    Assessing(Generation, Progress),
    /// What the dataset is ready for; `None` where it is too large to be measured unasked.
    Assessed(Generation, Option<Box<Assessed>>),
    /// Few examples for a prompt.
    Picked(Generation, Few),
    /// The rounds of results.
    Rounds(Generation, Box<Rounds>),
    /// How fast the dataset grows.
    Pace(Generation, Box<Paced>),
    /// How far reading how the dataset is spread has come.
    Spreading(Generation, Progress),
    /// How the dataset is spread.
    Spread(Generation, Box<Spread>),
    /// Reading failed; the sentence says why. The shell shows it too.
    Failed(Generation, String),
}

/// Where one can be.
#[derive(Debug, Clone, PartialEq)]
pub enum Place {
    /// What to do next.
    Home,
    /// The list, filtered so (`None`: as it was left).
    Browse(Option<String>),
    /// Writing: an example, or the first of the queue.
    Write(Option<i64>),
    /// Making an example and writing it.
    WriteNew(Seed),
    /// Ranking: an example, or the first of the queue.
    Rank(Option<i64>),
    /// Reviewing: what was submitted, or the sample of that name.
    Review(Option<String>),
    /// Reviewing one example.
    ReviewOf(i64),
    /// The journal, of one example or of all.
    History(Option<i64>),
    /// How far annotators agree.
    Agreement,
    /// Writing a file that trainers read.
    Export,
    /// Bringing in what a file holds.
    Import,
    /// What is covered, and what to write next: at a value, or as it was left.
    Coverage(Option<Tag>),
    /// What the dataset is ready for, and what stands in the way.
    Readiness,
    /// Rules that propose tags.
    Rules,
    /// Where models failed, round by round.
    Failures,
    /// How much gets done, and when it will be enough.
    Pace,
    /// How values, lengths, people and splits are spread: one of them, or as it was left.
    Balance(Option<Spot>),
    /// Changes of many texts, to be taken or left.
    Changes(Box<Changing>),
    /// Where one was before.
    Back,
}

/// What of balance is gone to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Spot {
    /// The values of that facet.
    Facet(String),
    /// How long examples are, and the chosen beside the rejected.
    Lengths,
}

/// What a new example begins with.
#[derive(Debug, Clone, PartialEq)]
pub enum Seed {
    /// The system turn of this one, where one is at one.
    Blank(Option<i64>),
    /// The tags that the coverage lacks most; the system turn of this one.
    Gap(Option<i64>),
    /// These tags.
    Tagged(Vec<Tag>),
    /// The prompt and the tags of this one.
    Variant(i64),
    /// The template of that name.
    Template(String),
}

/// Changes that are to be looked at before they are made.
#[derive(Debug, Clone, PartialEq)]
pub struct Changing {
    /// Of which examples.
    pub on: Selection,
    /// What these are called: `12 marked examples`.
    pub said: String,
    /// What is to be done to them.
    pub task: Task,
}

/// What is to be done to many texts.
#[derive(Debug, Clone, PartialEq)]
pub enum Task {
    /// Find and replace: what, is asked.
    Replace,
    /// Normalise, by the ids of normalisers.
    Normalise(Vec<String>),
    /// What somebody found already, and what it is, as a sentence begins that goes on with
    /// "in 214 texts": the mends of checks.
    Proposed(std::sync::Arc<Vec<TextChange>>, String),
}

/// A menu.
#[derive(Debug, Clone)]
pub struct Picker {
    /// What is asked.
    pub title: String,
    /// What can be chosen.
    pub items: Vec<PickerItem>,
    /// Whether several can be chosen (space), or the first chosen ends it.
    pub several: bool,
    /// Whether what was typed may be chosen though it is no item.
    pub open: bool,
    /// Tells the screen which question was answered.
    pub purpose: Purpose,
}

/// A line of a menu.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PickerItem {
    /// What it belongs to, shown before the first of a group: a facet. Where the value begins with
    /// it and a colon, the rest is shown beside it. May be empty.
    pub group: String,
    /// What is chosen.
    pub value: String,
    /// What is shown beside it: counts, targets.
    pub detail: String,
    /// Whether it is set now.
    pub chosen: bool,
}

/// What a menu or a line of text is for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Purpose {
    /// `facet:value` tags to put on or take off.
    Tag,
    /// A kind of flag.
    Flag,
    /// A kind of flag that is raised at once, with no note.
    FlagAtOnce,
    /// The note of a flag of that kind.
    FlagNote(String),
    /// A status.
    Status,
    /// A split.
    Split,
    /// The example's note.
    Note,
    /// A role for a turn.
    Role,
    /// The template that a new example begins with.
    Template,
    /// The name of a new template.
    TemplateName,
    /// How a sample for review is drawn.
    Sample,
    /// Something of the screen's own.
    Own(u8),
}

/// A question for a line of text.
#[derive(Debug, Clone)]
pub struct Prompting {
    /// What is asked.
    pub title: String,
    /// What stands there at first; what is typed takes its place.
    pub text: String,
    /// Tells the screen which question was answered.
    pub purpose: Purpose,
}

/// How a message is meant.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Tone {
    /// Something went as it should.
    Good,
    /// Something to look at.
    Look,
    /// Something went wrong.
    Bad,
}

/// The list that a person works through: what Browse showed when an example was opened from it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Trail {
    /// The filter, as it was typed; empty for everything.
    pub filter: String,
    /// The numbers of its examples, ascending.
    pub ids: std::sync::Arc<Vec<i64>>,
}

impl Trail {
    /// The place of an example in the list, from 1.
    pub fn place(&self, id: i64) -> Option<usize> {
        self.ids.binary_search(&id).ok().map(|at| at + 1)
    }

    /// The example after this one; `None` at the end.
    pub fn next(&self, id: i64) -> Option<i64> {
        self.ids.get(self.ids.partition_point(|there| *there <= id)).copied()
    }

    /// The example before this one; `None` at the beginning.
    pub fn previous(&self, id: i64) -> Option<i64> {
        let before = self.ids.partition_point(|there| *there < id);
        before.checked_sub(1).and_then(|at| self.ids.get(at)).copied()
    }
}

/// What every screen may read: kept up to date by the shell.
#[derive(Debug, Clone, Default)]
pub struct Shared {
    /// The dataset's name (the file's, without its ending).
    pub dataset: String,
    /// The dataset's file, as it was named.
    pub path: std::path::PathBuf,
    /// Who is at the keyboard.
    pub annotator: String,
    /// The live counts.
    pub counts: Counts,
    /// Those of the annotator.
    pub own: Own,
    /// In which order the queues hand out what waits.
    pub order: QueueOrder,
    /// Samples for review, in the order in which they were drawn.
    pub samples: Vec<SampleProgress>,
    /// From where on the dataset is ready.
    pub thresholds: crate::curation::readiness::Thresholds,
    /// What came back to the annotator and waits for them, the newest first.
    pub returned: Vec<Returned>,
    /// Facets and kinds of flags.
    pub definitions: Definitions,
    /// The names that a filter may use.
    pub vocabulary: crate::query::Vocabulary,
    /// What this annotator did today, by verb.
    pub today: std::collections::HashMap<String, u64>,
    /// Actions of this annotator on each of the last days, today last.
    pub days: Vec<u64>,
    /// The examples in which this annotator was typing what belongs to no action yet, newest first;
    /// 0: a new one.
    pub drafted: Vec<i64>,
    /// How many examples wait for the search index.
    pub search_pending: u64,
    /// How many examples wait to be looked at by rules.
    pub rules_pending: u64,
    /// When that came which is being handled: the clock that screens go by.
    pub now: Option<std::time::Instant>,
    /// The list that "next" and "previous" follow; `None`: the queues.
    pub trail: Option<Trail>,
    /// Whether the keymap gives texts modes, as in vi.
    pub has_modes: bool,
    /// How long a completed ranking stays on the screen.
    pub moment: Moment,
}

impl Shared {
    /// What a title says of the order of the queues, behind the place in one; nothing where that is as usual.
    pub fn order_told(&self) -> String {
        let is_usual = self.order == QueueOrder::default();
        if is_usual { String::new() } else { format!(" · {}", self.order.told()) }
    }

    /// The annotator from whom authors are hidden until they have ranked; `None` where nothing is blind.
    pub fn blind_for(&self) -> Option<&str> {
        let is_blind = self.definitions.protocol.as_ref().is_none_or(|protocol| protocol.blind);
        is_blind.then_some(self.annotator.as_str())
    }
}

/// How long a completed ranking stays on the screen unless a key comes first, in milliseconds; 0: the
/// next example comes at once.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Moment(pub u64);

impl Moment {
    /// The longest.
    pub const MOST: u64 = 1_000;
}

impl Default for Moment {
    fn default() -> Self {
        Self(300)
    }
}
