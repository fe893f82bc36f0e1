//! Random verbs: each step is made real in the dataset that it is performed on.

use std::num::NonZeroU32;
use std::path::Path;

use proptest::prelude::*;
use serde_json::json;

use crate::curation::mend::{Mending, Replacement};
use crate::curation::pace::Wage;
use crate::curation::readiness::{Answers, Thresholds};
use crate::dataset::{
    Dataset, Dealing, Decision, FacetChange, Neighbours, Part, Proposing, ResponseText, Selection, Siblings,
    Splitting, TextChange, Texts, Verb,
};
use crate::example::{
    Author, AuthorKind, CellWish, Changes, Condition, Contract, Example, Facet, FacetValue, Goal, Kind,
    Message, Metadata, Pattern, Place, Prompt, Protocol, QueueOrder, Response, Role, Round, Share, Split,
    SplitPlan, Standing, Status, Tag, TagRule, Target, TestResult, TestTag, Tested, Timestamp, Uuid, new_id,
};
use crate::formats::Definitions;
use crate::query::Filter;

pub fn definitions() -> Definitions {
    let value = |name: &str, target| FacetValue { id: new_id(), name: name.to_owned(), target };
    let facet = |name: &str, several, open, values| Facet {
        id: new_id(),
        name: name.to_owned(),
        several,
        open,
        required: several,
        values,
    };
    Definitions {
        facets: vec![
            facet(
                "intent",
                false,
                false,
                vec![value("refund", Some(Target::Count(3))), value("cancel", None)],
            ),
            facet("topic", true, true, vec![value("fees", None)]),
        ],
        ..Definitions::default()
    }
}

pub fn dataset(folder: &Path) -> Dataset {
    Dataset::create(&folder.join("t.goldset"), "ana", &definitions()).unwrap()
}

/// With three responses it has something of everything that an example may bring along.
pub fn example(responses: usize) -> Example {
    let kind = if responses > 1 { Kind::Preference } else { Kind::Sft };
    let mut example = Example::new(kind, Prompt::user("What is due?\0 \u{1b}[31m"));
    example.responses = (0..responses).map(|at| Response::new(None, format!("Answer {at}"))).collect();
    if responses == 3 {
        let extra = json!({"source": "a \u{1f} place", "score": 0.5, "deep": [{"x": null}]});
        example.metadata = Metadata(extra.as_object().cloned().unwrap_or_default());
        example.prompt.tools = vec![json!({"name": "look_up", "parameters": {"type": "object"}})];
        example.note = "two\nlines".to_owned();
        example.split = Some(Split::Validation);
        example.tags = vec![Tag::new("topic", "brought along"), Tag::new("topic", "fees")];
        for response in &mut example.responses {
            response.author = Some(Author { name: "a model".to_owned(), kind: AuthorKind::Model });
            response.metadata = example.metadata.clone();
        }
        example.responses[2].origin = Some(example.responses[0].id);
    }
    example
}

/// A verb with small numbers where it will name examples and responses: made real when performed.
#[derive(Debug, Clone)]
pub enum Step {
    Create(usize),
    Write { example: usize, text: String, status: Option<Status>, note: bool },
    WritePrompt { example: usize, text: String },
    Edit { example: usize, text: String, what: usize },
    AddResponse(usize),
    RemoveResponse(usize, usize),
    Rewrite(usize, usize),
    Rank { example: usize, order: Vec<usize>, bad: bool },
    Withdraw(usize),
    Status { on: On, status: Status },
    Kind { on: On, kind: Kind },
    Split { on: On, split: Option<Split> },
    Deal(usize),
    Tag { on: On, tag: usize },
    Untag { on: On, tag: usize },
    Flag { on: On, kind: usize },
    Resolve { on: On },
    Note { on: On },
    Replace { on: On, find: char },
    Several { on: On, tag: usize, status: Status },
    Facets(usize),
    Thresholds(u64),
    QueueOrder(QueueOrder),
    Answers(u32),
    Rules { on: On, how: usize },
    Wage(u64),
    Contract(usize),
    Protocol(u32),
    Review { example: usize, how: usize },
    Standing { example: usize, standing: Standing },
    Round(usize),
    RemoveRound(usize),
    Queue(usize),
    Candidates(usize),
    Undo,
    Redo,
}

#[derive(Debug, Clone)]
pub enum On {
    One(usize),
    These(Vec<usize>),
    All,
}

fn on() -> impl Strategy<Value = On> {
    prop_oneof![
        3 => (0..6usize).prop_map(On::One),
        1 => prop::collection::vec(0..6usize, 0..4).prop_map(On::These),
        1 => Just(On::All),
    ]
}

fn status() -> impl Strategy<Value = Status> {
    prop::sample::select(Status::ALL)
}

pub fn step() -> impl Strategy<Value = Step> {
    prop_oneof![
        4 => (0..4usize).prop_map(Step::Create),
        2 => (0..6usize, ".{0,12}", prop::option::of(status()), any::<bool>())
            .prop_map(|(example, text, status, note)| Step::Write { example, text, status, note }),
        1 => (0..6usize, ".{0,12}").prop_map(|(example, text)| Step::WritePrompt { example, text }),
        2 => (0..6usize, ".{0,12}", 0..64usize)
            .prop_map(|(example, text, what)| Step::Edit { example, text, what }),
        1 => (0..6usize).prop_map(Step::AddResponse),
        1 => (0..6usize, 0..3usize).prop_map(|(a, b)| Step::RemoveResponse(a, b)),
        1 => (0..6usize, 0..3usize).prop_map(|(a, b)| Step::Rewrite(a, b)),
        3 => (0..6usize, Just(vec![0, 1, 2]).prop_shuffle(), any::<bool>())
            .prop_map(|(example, order, bad)| Step::Rank { example, order, bad }),
        1 => (0..6usize).prop_map(Step::Withdraw),
        2 => (on(), status()).prop_map(|(on, status)| Step::Status { on, status }),
        1 => (on(), prop::sample::select(Kind::ALL)).prop_map(|(on, kind)| Step::Kind { on, kind }),
        1 => (on(), prop::option::of(prop::sample::select(Split::ALL))).prop_map(|(on, split)| Step::Split { on, split }),
        1 => (0..3usize).prop_map(Step::Deal),
        3 => (on(), 0..5usize).prop_map(|(on, tag)| Step::Tag { on, tag }),
        1 => (on(), 0..5usize).prop_map(|(on, tag)| Step::Untag { on, tag }),
        2 => (on(), 0..3usize).prop_map(|(on, kind)| Step::Flag { on, kind }),
        1 => on().prop_map(|on| Step::Resolve { on }),
        1 => on().prop_map(|on| Step::Note { on }),
        2 => (on(), prop::sample::select(vec!['s', 'e', 'A'])).prop_map(|(on, find)| Step::Replace { on, find }),
        1 => (on(), 0..5usize, status()).prop_map(|(on, tag, status)| Step::Several { on, tag, status }),
        2 => (0..19usize).prop_map(Step::Facets),
        1 => (0..3_u64).prop_map(Step::Thresholds),
        1 => prop::sample::select(vec![QueueOrder::AsTheyCame, QueueOrder::LargestGap]).prop_map(Step::QueueOrder),
        1 => (0..3_u32).prop_map(Step::Answers),
        4 => (on(), 0..13usize).prop_map(|(on, how)| Step::Rules { on, how }),
        1 => (0..3_u64).prop_map(Step::Wage),
        1 => (0..4usize).prop_map(Step::Contract),
        1 => (1..4_u32).prop_map(Step::Protocol),
        2 => (0..6usize, 0..3usize).prop_map(|(example, how)| Step::Review { example, how }),
        1 => (0..6usize, prop::sample::select(Standing::ALL))
            .prop_map(|(example, standing)| Step::Standing { example, standing }),
        2 => (0..3usize).prop_map(Step::Round),
        1 => (0..3usize).prop_map(Step::RemoveRound),
        1 => (0..3usize).prop_map(Step::Queue),
        2 => (0..3usize).prop_map(Step::Candidates),
        2 => Just(Step::Undo),
        1 => Just(Step::Redo),
    ]
}

const TAGS: [(&str, &str); 5] = [
    ("intent", "refund"),
    ("intent", "cancel"),
    ("topic", "fees"),
    ("topic", "new one"),
    ("intent", "unknown"),
];

pub fn examples_of(dataset: &Dataset) -> Vec<i64> {
    let mut statement = dataset.connection.prepare("SELECT id FROM example ORDER BY id").unwrap();
    statement.query_map([], |row| row.get(0)).unwrap().map(Result::unwrap).collect()
}

fn responses_of(dataset: &Dataset, example: i64) -> Vec<Uuid> {
    let example = crate::store::example(&dataset.connection, example).unwrap();
    example.map(|example| example.responses.iter().map(|response| response.id).collect()).unwrap_or_default()
}

/// What replacing that letter by two others would change.
pub fn proposed(dataset: &Dataset, on: &Selection, find: char) -> Vec<TextChange> {
    let replacement = Replacement { find: find.to_string(), by: "éx".to_owned(), ..Replacement::default() };
    let mend = Mending::Replace(replacement).compile().unwrap();
    let mut changes = Vec::new();
    let wanted = Proposing { on, texts: Texts::ALL, mend: mend.as_ref() };
    let reader = dataset.reader().unwrap();
    reader
        .propose(&wanted, &mut |portion, _| {
            changes.extend(portion);
            true
        })
        .unwrap();
    changes
}

/// Changes of what the bits of `what` name.
fn edit(dataset: &Dataset, number: i64, text: &str, what: usize) -> Option<Verb> {
    let before = crate::store::example(&dataset.connection, number).unwrap()?;
    let mut after = before.clone();
    let is = |bit: usize| what & (1 << bit) != 0;
    if is(0) {
        after.prompt.messages.push(Message::new(Role::User, text));
    }
    if is(1) && !after.responses.is_empty() {
        after.responses.remove(0);
    }
    if is(2) {
        after.responses.push(Response::new(Some(Author::person("ana")), text));
        after.kind = Kind::Preference;
    }
    if let Some(last) = after.responses.last_mut().filter(|_| is(3)) {
        last.messages = vec![Message::new(Role::Assistant, text)];
    }
    if is(4) {
        after.tags = vec![Tag::new("intent", "cancel"), Tag::new("topic", "new one")];
        after.note = text.to_owned();
    }
    if is(5) {
        after.status = Status::Approved;
        after.split = Some(Split::Test);
    }
    Some(Verb::Edit { example: number, changes: Box::new(Changes::between(&before, &after)) })
}

fn review(dataset: &Dataset, example: i64, how: usize) -> Verb {
    let (reason, note) = ("mistake".to_owned(), String::new());
    let decision = match how {
        0 => Decision::Approve,
        1 => Decision::Return { reason, note, to: vec!["ana".to_owned()] },
        _ => {
            let tiers = responses_of(dataset, example).into_iter().map(|id| vec![id]).collect();
            Decision::Overrule { tiers, bad: Vec::new(), presented: Vec::new(), reason, note }
        }
    };
    Verb::Review { example, decision }
}

/// What the step is in this dataset; `None` where it makes no sense there.
pub fn verb_of(step: &Step, dataset: &Dataset) -> Option<Verb> {
    let ids = examples_of(dataset);
    let id = |at: &usize| ids.get(at % ids.len().max(1)).copied();
    let response = |example: i64, at: usize| {
        let responses = responses_of(dataset, example);
        responses.get(at % responses.len().max(1)).copied()
    };
    let selection = |on: &On| {
        Some(match on {
            On::One(at) => Selection::One(id(at)?),
            On::These(ats) => Selection::These(ats.iter().filter_map(id).collect()),
            On::All => Selection::Matching(Filter::everything()),
        })
    };
    let tag = |at: usize| TAGS.get(at).map(|(facet, value)| Tag::new(*facet, *value));
    Some(match step {
        Step::Create(n) => Verb::Create(Box::new(example(*n))),
        Step::Write { example, text, status, note } => Verb::Write {
            example: id(example)?,
            prompt: None,
            responses: vec![ResponseText {
                id: response(id(example)?, 0),
                messages: vec![Message::new(Role::Assistant, text.clone())],
            }],
            note: note.then(|| text.clone()),
            status: *status,
        },
        Step::WritePrompt { example, text } => Verb::Write {
            example: id(example)?,
            prompt: Some(Prompt::user(text.clone())),
            responses: Vec::new(),
            note: None,
            status: None,
        },
        Step::Edit { example, text, what } => edit(dataset, id(example)?, text, *what)?,
        Step::AddResponse(at) => {
            Verb::AddResponse { example: id(at)?, response: Box::new(Response::new(None, "More")) }
        }
        Step::RemoveResponse(at, which) => {
            let example = id(at)?;
            Verb::RemoveResponse { example, response: response(example, *which)? }
        }
        Step::Rewrite(at, which) => {
            let example = id(at)?;
            let messages = vec![Message::new(Role::Assistant, "Better")];
            Verb::Rewrite { example, origin: response(example, *which)?, messages, submit: true }
        }
        Step::Rank { example, order, bad } => {
            let example = id(example)?;
            let responses = responses_of(dataset, example);
            let mut placed: Vec<Uuid> = order.iter().filter_map(|at| responses.get(*at).copied()).collect();
            let bad = if *bad { placed.pop().into_iter().collect() } else { Vec::new() };
            let tiers = placed.into_iter().map(|id| vec![id]).collect();
            Verb::Rank { example, tiers, bad, presented: responses, details: Box::default(), submit: true }
        }
        Step::Withdraw(at) => Verb::WithdrawRanking { example: id(at)? },
        Step::Status { on, status } => Verb::SetStatus { on: selection(on)?, status: *status },
        Step::Kind { on, kind } => Verb::SetKind { on: selection(on)?, kind: *kind },
        Step::Split { on, split } => Verb::SetSplit { on: selection(on)?, split: *split },
        Step::Deal(key) => deal(dataset, *key),
        Step::Tag { on, tag: at } => Verb::AddTag { on: selection(on)?, tag: tag(*at)? },
        Step::Untag { on, tag: at } => Verb::RemoveTag { on: selection(on)?, tag: tag(*at)? },
        Step::Flag { on, kind } => Verb::RaiseFlag {
            on: selection(on)?,
            kind: ["wrong", "unclear", "nonsense"].get(*kind)?.to_string(),
            note: "a \0 note".to_owned(),
            response: match on {
                On::One(at) if kind % 2 == 1 => response(id(at)?, *at),
                _ => None,
            },
        },
        Step::Resolve { on } => Verb::ResolveFlags { on: selection(on)?, kind: None },
        Step::Note { on } => Verb::SetNote { on: selection(on)?, note: "noted".to_owned() },
        Step::Replace { on, find } => Verb::ReplaceTexts {
            changes: proposed(dataset, &selection(on)?, *find),
            what: "replaced".to_owned(),
        },
        Step::Several { on, tag: at, status } => Verb::Several(vec![
            Verb::SetStatus { on: selection(on)?, status: *status },
            Verb::AddTag { on: selection(on)?, tag: tag(*at)? },
        ]),
        Step::Facets(which) => Verb::ChangeFacets(facets(*which)),
        Step::Rules { on, how } => rules(selection(on)?, *how),
        Step::Thresholds(_)
        | Step::QueueOrder(_)
        | Step::Answers(_)
        | Step::Wage(_)
        | Step::Contract(_)
        | Step::Protocol(_) => return setting(step),
        Step::Review { example, how } => review(dataset, id(example)?, *how),
        Step::Standing { example, standing } => {
            Verb::SetStanding { example: id(example)?, annotator: "ana".to_owned(), standing: *standing }
        }
        Step::Round(_) | Step::RemoveRound(_) | Step::Queue(_) | Step::Candidates(_) => {
            return of_round(step, &ids);
        }
        Step::Undo => Verb::Undo,
        Step::Redo => Verb::Redo,
    })
}

fn rule_name(which: usize) -> Option<String> {
    ["due", "also"].get(which).map(|name| (*name).to_owned())
}

/// Makes rules, takes what they propose, declines it.
fn rules(on: Selection, how: usize) -> Verb {
    match how {
        0..7 => rule(how),
        7..10 => Verb::TakeProposed { on, rule: rule_name(how - 7) },
        _ => decline(on, how - 10),
    }
}

/// What rules propose for several; of one, tags that are proposed or not.
fn decline(on: Selection, which: usize) -> Verb {
    match on {
        Selection::One(example) => {
            let tags = vec![Tag::new("intent", "refund"), Tag::new("topic", "new one")];
            Verb::DeclineTags { example, tags }
        }
        on => Verb::DeclineProposed { on, rule: rule_name(which) },
    }
}

/// Rules of each kind, two of which are taken away again, and one that can't be kept.
fn rule(which: usize) -> Verb {
    let put = |name: &str, tag: Tag, condition| {
        let rule = TagRule { name: name.to_owned(), tag, condition };
        Verb::PutRule { was: None, rule: Box::new(rule) }
    };
    let words = |words: &[&str], place| Condition {
        words: words.iter().map(|word| (*word).to_owned()).collect(),
        place,
        ..Condition::default()
    };
    let filter = |text: &str| Condition { filter: Some(text.to_owned()), ..Condition::default() };
    match which {
        0 => put("due", Tag::new("intent", "refund"), words(&["due", "better"], Place::Both)),
        1 => put("also", Tag::new("intent", "cancel"), words(&["answer 1"], Place::Response)),
        2 => put("also", Tag::new("topic", "new one"), filter("status:draft,approved -topic:fees")),
        3 => put("due", Tag::new("topic", "fees"), filter("outcome:single or intent:cancel")),
        4 => Verb::RemoveRule("due".to_owned()),
        5 => Verb::RemoveRule("also".to_owned()),
        _ => put(
            "due",
            Tag::new("topic", "brand new"),
            Condition { pattern: Some("(".to_owned()), ..filter("is:blank") },
        ),
    }
}

/// What is set for the whole dataset.
fn setting(step: &Step) -> Option<Verb> {
    Some(match step {
        Step::Thresholds(usable) => Verb::SetThresholds(thresholds(*usable)),
        Step::QueueOrder(order) => Verb::SetQueueOrder(*order),
        Step::Answers(wage) => Verb::SetAnswers((*wage > 0).then(|| {
            Box::new(Answers { wage: Some(f64::from(*wage)), must_cite: Some(true), ..Answers::default() })
        })),
        Step::Wage(hourly) => Verb::SetWage(Wage::parse(&format!("{hourly}/h")).ok().filter(|_| *hourly > 0)),
        Step::Contract(which) => Verb::SetContract(contract(*which)),
        // One person does it all here.
        Step::Protocol(rankings) => Verb::SetProtocol(Some(Box::new(Protocol {
            rankings: *rankings,
            own_work: true,
            ..Protocol::default()
        }))),
        _ => return None,
    })
}

/// What is done with a round of that number.
fn of_round(step: &Step, examples: &[i64]) -> Option<Verb> {
    let name = |which: &usize| format!("round {which}");
    Some(match step {
        Step::Round(which) => Verb::KeepRound(Box::new(round(&name(which), examples))),
        Step::RemoveRound(which) => Verb::RemoveRound(name(which)),
        Step::Candidates(which) => Verb::AddCandidates { round: name(which), tags: Vec::new() },
        Step::Queue(which) => {
            let (facet, value) = TAGS.get(*which)?;
            let (tags, why) = (vec![Tag::new(*facet, *value)], "it fails".to_owned());
            Verb::QueueSiblings { round: name(which), siblings: vec![Siblings { tags, n: 2, why }] }
        }
        _ => return None,
    })
}

/// A round that asked these examples, of which every other one passes, and a prompt that none has.
pub fn round(name: &str, examples: &[i64]) -> Round {
    let result = |(place, about): (u32, Tested)| TestResult {
        place,
        about,
        passed: place.is_multiple_of(2),
        score: place.is_multiple_of(3).then_some(0.1 + f64::from(place) / 3.0),
        answer: Some(format!("failed {place}\0\u{1b}[31m")),
        tags: vec![TestTag {
            facet: "intent".to_owned(),
            value: "refund".to_owned(),
            predicted: (!place.is_multiple_of(2)).then_some(0.625),
        }],
    };
    let asked = examples.iter().map(|id| Tested::Example(*id));
    let asked = asked.chain([Tested::Prompt("What nobody asks".to_owned())]);
    Round {
        id: new_id(),
        name: name.to_owned(),
        model: Some("a model".to_owned()).filter(|_| examples.len().is_multiple_of(2)),
        source: "results.jsonl".to_owned(),
        at: Timestamp::now(),
        results: (1..).zip(asked).map(result).collect(),
    }
}

fn contract(which: usize) -> Option<Box<Contract>> {
    let pattern = ["", "\\S", "x+", "("].get(which).filter(|pattern| !pattern.is_empty())?;
    Some(Box::new(Contract { must_match: vec![Pattern::new(*pattern)], ..Contract::default() }))
}

fn thresholds(usable: u64) -> Option<Box<Thresholds>> {
    (usable > 0).then(|| Box::new(Thresholds { fine_tune: 100 * usable, ..Thresholds::default() }))
}

fn cell(intent: &str, topic: &str, wish: Option<u32>) -> FacetChange {
    let wish = wish.map(CellWish::from_number);
    FacetChange::Cell { one: Tag::new("topic", topic), other: Tag::new("intent", intent), wish }
}

fn share(millionths: u32) -> Option<Target> {
    Share::from_millionths(millionths).map(Target::Share)
}

/// One of each kind of change, and some that take others back.
fn facets(which: usize) -> FacetChange {
    let (intent, topic) = ("intent".to_owned(), "topic".to_owned());
    let set = |facet: &str, several| FacetChange::Set {
        facet: facet.to_owned(),
        several: Some(several),
        open: Some(several),
        required: Some(!several),
    };
    match which {
        0 => FacetChange::Add { facet: "tone".to_owned(), several: true, open: true, required: false },
        1 => FacetChange::RenameValue { value: Tag::new("topic", "fees"), to: "late fees".to_owned() },
        2 => FacetChange::RenameValue { value: Tag::new("topic", "late fees"), to: "fees".to_owned() },
        3 => {
            let values = vec!["refund".to_owned(), "cancel".to_owned()];
            FacetChange::MergeValues { facet: intent, values, into: "refund".to_owned() }
        }
        4 => FacetChange::Part {
            value: Tag::new("intent", "refund"),
            parts: vec![Part { to: "cancel".to_owned(), on: Selection::Matching(Filter::everything()) }],
            rest: None,
        },
        18 => FacetChange::Part {
            value: Tag::new("intent", "cancel"),
            parts: vec![Part { to: "refund".to_owned(), on: Selection::These(vec![1, 3]) }],
            rest: Some("cancel/other".to_owned()),
        },
        5 => FacetChange::Remove(topic),
        6 => set("intent", true),
        7 => set("intent", false),
        8 => FacetChange::Target { value: Tag::new("intent", "refund"), target: Some(Target::Count(7)) },
        10 => FacetChange::Target { value: Tag::new("intent", "refund"), target: share(400_000) },
        11 => FacetChange::Target { value: Tag::new("intent", "cancel"), target: share(333_333) },
        12 => FacetChange::Goal(NonZeroU32::new(40).map(Goal)),
        13 => FacetChange::Goal(None),
        14 => cell("refund", "fees", Some(0)),
        15 => cell("cancel", "fees", Some(4)),
        16 => cell("cancel", "fees", None),
        17 => FacetChange::AddValue { value: Tag::new("topic", "fees"), target: None },
        _ => FacetChange::RemoveValue(Tag::new("intent", "cancel")),
    }
}

/// Deals everything anew, of which all is alike that has the same prompt.
fn deal(dataset: &Dataset, key: usize) -> Verb {
    let plan = SplitPlan { key: key.to_string(), ..SplitPlan::default() };
    let filter = Filter::everything();
    let splitting = Splitting { plan: &plan, filter: &filter, dealing: Dealing::Again, mend_leaks: false };
    let reader = dataset.reader().unwrap();
    let proposed = Neighbours::new().propose_splits(&reader, &splitting, &mut |_| true).unwrap();
    Verb::Deal { plan: Box::new(plan), dealt: proposed.dealt }
}
