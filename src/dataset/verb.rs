//! The verbs, as data: what a key press or a command line becomes before anything changes.

use super::{Dealt, FacetChange, Selection, Siblings, TextChange};
use crate::curation::pace::Wage;
use crate::curation::readiness::{Answers, Thresholds};
use crate::example::{
    Changes, Contract, Details, Example, Kind, Message, Model, Plan, Prompt, Protocol, QueueOrder, Response,
    Round, Split, SplitPlan, Standing, Status, Tag, TagRule, Template, Uuid,
};
use crate::formats::Definitions;

/// One thing that can be done to a dataset. Each is one action in the journal and one undo.
#[derive(Debug, Clone, PartialEq)]
pub enum Verb {
    /// Makes an example.
    Create(Box<Example>),
    /// Writes: the prompt, responses, the note and the status of one example, whichever are given.
    Write {
        /// The example's number.
        example: i64,
        /// The new prompt.
        prompt: Option<Prompt>,
        /// New texts of responses.
        responses: Vec<ResponseText>,
        /// The new note.
        note: Option<String>,
        /// The new status.
        status: Option<Status>,
    },
    /// Changes whatever is named of one example, all at once: what came of a page.
    Edit {
        /// The example's number.
        example: i64,
        /// What changes.
        changes: Box<Changes>,
    },
    /// Adds a response.
    AddResponse {
        /// The example's number.
        example: i64,
        /// The response.
        response: Box<Response>,
    },
    /// Takes a response away, with its places in rankings and the flags on it.
    RemoveResponse {
        /// The example's number.
        example: i64,
        /// The response.
        response: Uuid,
    },
    /// Rewrites a response: the new one goes on top of the annotator's ranking.
    Rewrite {
        /// The example's number.
        example: i64,
        /// The response that is rewritten.
        origin: Uuid,
        /// What the new one says.
        messages: Vec<Message>,
        /// Whether an open example is submitted with it.
        submit: bool,
    },
    /// Keeps the annotator's ranking, in the place of their one before.
    Rank {
        /// The example's number.
        example: i64,
        /// From best to worst; ties share a tier.
        tiers: Vec<Vec<Uuid>>,
        /// Below the line.
        bad: Vec<Uuid>,
        /// The order on the screen.
        presented: Vec<Uuid>,
        /// What is said beside the order; also that this can't be judged, and then there is none.
        details: Box<Details>,
        /// Whether an open example is submitted with it, once it has as many rankings as the
        /// protocol wants and nobody has to look after what was sent back.
        submit: bool,
    },
    /// Keeps a hidden repeat: the annotator's second ranking of an example, for measuring only.
    Repeat {
        /// The example's number.
        example: i64,
        /// From best to worst; ties share a tier.
        tiers: Vec<Vec<Uuid>>,
        /// Below the line.
        bad: Vec<Uuid>,
        /// The order on the screen.
        presented: Vec<Uuid>,
        /// What is said beside the order.
        details: Box<Details>,
    },
    /// Says what an annotator's ranking stands for: the known right one of a gold example, or one's
    /// own judgement again. One ranking of an example decides at most.
    SetStanding {
        /// The example's number.
        example: i64,
        /// Whose ranking.
        annotator: String,
        /// What it stands for.
        standing: Standing,
    },
    /// Reviews submitted work.
    Review {
        /// The example's number.
        example: i64,
        /// What is decided.
        decision: Decision,
    },
    /// Draws a sample for review.
    DrawSample {
        /// What it is called.
        name: String,
        /// How many are drawn, and when they are enough.
        plan: Plan,
        /// From which examples; only submitted ones that are not the annotator's own work are drawn,
        /// unless the protocol allows that.
        from: Selection,
    },
    /// Takes a sample away; the reviews stay.
    DropSample(String),
    /// Sets the protocol, or takes it away. Examples that have fewer rankings than it wants wait
    /// again, and those that have enough are submitted.
    SetProtocol(Option<Box<Protocol>>),
    /// Takes the annotator's ranking away.
    WithdrawRanking {
        /// The example's number.
        example: i64,
    },
    /// Sets the status.
    SetStatus {
        /// Which examples.
        on: Selection,
        /// To what.
        status: Status,
    },
    /// Sets the kind.
    SetKind {
        /// Which examples.
        on: Selection,
        /// To what.
        kind: Kind,
    },
    /// Sets the split, or takes it away.
    SetSplit {
        /// Which examples.
        on: Selection,
        /// To what.
        split: Option<Split>,
    },
    /// Puts examples into the splits that they were dealt to, wherever they are still where they were
    /// when that was proposed, and keeps how it was done.
    Deal {
        /// How it was done.
        plan: Box<SplitPlan>,
        /// The examples.
        dealt: Vec<Dealt>,
    },
    /// Puts a tag on; of a single-valued facet it takes the place of the one before. An open facet
    /// gets values that it doesn't have.
    AddTag {
        /// Which examples.
        on: Selection,
        /// Which value of which facet.
        tag: Tag,
    },
    /// Takes a tag off.
    RemoveTag {
        /// Which examples.
        on: Selection,
        /// Which value of which facet.
        tag: Tag,
    },
    /// Raises a flag.
    RaiseFlag {
        /// Which examples.
        on: Selection,
        /// The kind of flag.
        kind: String,
        /// What is meant.
        note: String,
        /// The response that it is on (one example only).
        response: Option<Uuid>,
    },
    /// Calls open flags dealt with.
    ResolveFlags {
        /// Which examples.
        on: Selection,
        /// Only of this kind.
        kind: Option<String>,
    },
    /// Sets the note; an empty one takes it away.
    SetNote {
        /// Which examples.
        on: Selection,
        /// The note.
        note: String,
    },
    /// Changes texts wherever they still say what they said when the change was proposed; the others
    /// are counted and left.
    ReplaceTexts {
        /// The texts.
        changes: Vec<TextChange>,
        /// What is done, as a sentence begins that goes on with "in 214 texts of 180 examples". After a
        /// word with a colon stands what comes at the end of it: `normalised: line ends, quotes`.
        what: String,
    },
    /// Several, one after the other, as one action.
    Several(Vec<Verb>),
    /// Adds facets, values and kinds of flags, and sets the targets of values that are there.
    Define(Definitions),
    /// Changes a facet or its values; the tags of all examples follow.
    ChangeFacets(FacetChange),
    /// Sets the contract, or takes it away.
    SetContract(Option<Box<Contract>>),
    /// Sets the model that the dataset is for, or takes it away.
    SetModel(Option<Model>),
    /// Sets from where on the dataset is ready, or takes that away.
    SetThresholds(Option<Box<Thresholds>>),
    /// Sets in which order the queues hand out what waits.
    SetQueueOrder(QueueOrder),
    /// Keeps what whoever makes the dataset answers, or takes that away.
    SetAnswers(Option<Box<Answers>>),
    /// Sets what people are paid by, or takes that away.
    SetWage(Option<Wage>),
    /// Keeps a template, in the place of the one of that name.
    PutTemplate(Template),
    /// Takes the template of that name away.
    RemoveTemplate(String),
    /// Keeps a rule that proposes a tag: in the place of the one that was called `was`, or of one that has
    /// its name. An open facet gets the value where it is new.
    PutRule {
        /// What the rule is called now, where it gets another name.
        was: Option<String>,
        /// The rule.
        rule: Box<TagRule>,
    },
    /// Keeps rules, each in the place of one that has its name.
    PutRules(Vec<TagRule>),
    /// Takes the rule of that name away; what was declined stays so.
    RemoveRule(String),
    /// Makes tags of what rules propose and is open. Where two rules propose different values of a facet
    /// that takes one, a person has to say which: those are left, unless one rule is named.
    TakeProposed {
        /// Which examples.
        on: Selection,
        /// Only what this rule proposes.
        rule: Option<String>,
    },
    /// Says no to what rules propose and is open: no rule proposes it there any more.
    DeclineProposed {
        /// Which examples.
        on: Selection,
        /// Only what this rule proposes.
        rule: Option<String>,
    },
    /// Says no to tags of one example.
    DeclineTags {
        /// The example's number.
        example: i64,
        /// The tags.
        tags: Vec<Tag>,
    },
    /// Keeps the results of an evaluation under their name, which no other round has.
    KeepRound(Box<Round>),
    /// Takes the round of that name away.
    RemoveRound(String),
    /// Makes pending examples that have nothing but tags, for what fails in a round: they wait to be written.
    QueueSiblings {
        /// The round.
        round: String,
        /// How many, for which slices.
        siblings: Vec<Siblings>,
    },
    /// Puts the failing answers of a round beside the answers of the examples that were asked, to be ranked;
    /// none on an example that is held out.
    AddCandidates {
        /// The round.
        round: String,
        /// Only where a test carries all of these; of all tests where there are none.
        tags: Vec<Tag>,
    },
    /// Puts the texts of an example (prompt, note, responses) back to what they were right after an
    /// action. Responses made later stay.
    Restore {
        /// The example's number.
        example: i64,
        /// The action after which the texts stood.
        action: i64,
    },
    /// Turns back the annotator's last action.
    Undo,
    /// Does again what was undone last.
    Redo,
    /// Turns back the annotator's actions down to and including this one, as one action each.
    UndoTo(i64),
}

/// What a reviewer decides.
#[derive(Debug, Clone, PartialEq)]
pub enum Decision {
    /// It is right: as it is, or as the reviewer changed it since it was submitted.
    Approve,
    /// The reviewer's own ranking counts in the place of all others.
    Overrule {
        /// From best to worst; ties share a tier.
        tiers: Vec<Vec<Uuid>>,
        /// Below the line.
        bad: Vec<Uuid>,
        /// The order on the screen.
        presented: Vec<Uuid>,
        /// Why; may be empty.
        reason: String,
        /// What is meant; may be empty.
        note: String,
    },
    /// Back to who made it.
    Return {
        /// Why, by a word of the protocol's list.
        reason: String,
        /// What is meant; may be empty.
        note: String,
        /// To whom; everybody who made it, where this is empty.
        to: Vec<String>,
    },
}

/// The text of a response of an example.
#[derive(Debug, Clone, PartialEq)]
pub struct ResponseText {
    /// Which response; `None` makes one by the annotator.
    pub id: Option<Uuid>,
    /// What it says.
    pub messages: Vec<Message>,
}

impl Verb {
    /// One word for the journal.
    pub const fn name(&self) -> &'static str {
        match self {
            Self::Create(_) => "create",
            Self::Write { .. } => "write",
            Self::Edit { .. } => "edit",
            Self::AddResponse { .. } => "respond",
            Self::RemoveResponse { .. } => "remove-response",
            Self::Rewrite { .. } => "rewrite",
            Self::Rank { .. } => "rank",
            Self::Repeat { .. } => "repeat",
            Self::SetStanding { .. } => "standing",
            Self::Review { .. } => "review",
            Self::DrawSample { .. } | Self::DropSample(_) => "sample",
            Self::SetProtocol(_) => "protocol",
            Self::WithdrawRanking { .. } => "withdraw-ranking",
            Self::SetStatus { .. } => "status",
            Self::SetKind { .. } => "kind",
            Self::SetSplit { .. } | Self::Deal { .. } => "split",
            Self::AddTag { .. } | Self::TakeProposed { .. } => "tag",
            Self::DeclineProposed { .. } | Self::DeclineTags { .. } => "decline",
            Self::PutRule { .. } | Self::PutRules(_) | Self::RemoveRule(_) => "rule",
            Self::RemoveTag { .. } => "untag",
            Self::RaiseFlag { .. } => "flag",
            Self::ResolveFlags { .. } => "resolve",
            Self::SetNote { .. } => "note",
            Self::ReplaceTexts { .. } => "replace",
            Self::Several(_) => "set",
            Self::Define(_) => "define",
            Self::ChangeFacets(_) => "facets",
            Self::SetContract(_) => "contract",
            Self::SetModel(_) => "model",
            Self::SetThresholds(_) => "thresholds",
            Self::SetQueueOrder(_) => "queue-order",
            Self::SetAnswers(_) => "answers",
            Self::SetWage(_) => "wage",
            Self::PutTemplate(_) | Self::RemoveTemplate(_) => "template",
            Self::KeepRound(_) | Self::RemoveRound(_) => "round",
            Self::QueueSiblings { .. } => "queue",
            Self::AddCandidates { .. } => "candidates",
            Self::Restore { .. } => "restore",
            Self::Undo | Self::UndoTo(_) => "undo",
            Self::Redo => "redo",
        }
    }
}
