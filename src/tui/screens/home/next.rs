//! What waits: a line each, with how much of it there is and where the work is.

use crate::curation::gaps::needs;
use crate::curation::sampling::Decision;
use crate::dataset::{Queue, Returned, SampleProgress};
use crate::example::{QueueOrder, Status};
use crate::text::percent;
use crate::text::width::truncate;
use crate::tui::effect::{Effect, Place, Seed, Shared};
use crate::tui::widgets::trails;

/// Examples with something half typed that are named.
const NAMED: usize = 3;

/// Samples that are named.
const SAMPLES: usize = 6;

/// A line of what waits.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Next {
    /// What one was typing, and no action has taken over.
    GoOn,
    /// One of the queues.
    Queue(Queue),
    /// Submitted examples of others.
    Review,
    /// The sample of that place, and what came of it.
    Sample(usize),
    /// Examples with open flags.
    Flagged,
}

impl Next {
    /// All, in their order. The first are there only where something came back, or is half typed.
    pub fn all(shared: &Shared) -> impl Iterator<Item = Self> {
        let returned = (!shared.returned.is_empty()).then_some(Self::Queue(Queue::Returned));
        let begun = (!shared.drafted.is_empty()).then_some(Self::GoOn);
        // Those under way first, then what came of the others, the newest first.
        let is_open = |sample: &SampleProgress| sample.verdict.decision == Decision::GoOn;
        let of = move |open: bool| {
            let samples = shared.samples.iter().enumerate().rev();
            samples.filter(move |(_, sample)| is_open(sample) == open).map(|(at, _)| Self::Sample(at))
        };
        let samples = of(true).chain(of(false)).take(SAMPLES);
        let queues = [Self::Queue(Queue::Write), Self::Queue(Queue::Rank), Self::Review];
        returned.into_iter().chain(begun).chain(queues).chain(samples).chain([Self::Flagged])
    }

    /// The name on the screen.
    pub const fn title(self) -> &'static str {
        match self {
            Self::GoOn => "Go on",
            Self::Queue(queue) => queue.title(),
            Self::Review => "Review",
            Self::Sample(_) => "Sample",
            Self::Flagged => "Flags",
        }
    }

    /// How many wait.
    pub fn count(self, shared: &Shared) -> u64 {
        let counts = &shared.counts;
        match self {
            Self::GoOn => shared.drafted.len() as u64,
            Self::Queue(queue) => queue.len(counts, &shared.own),
            Self::Review => to_review(shared),
            Self::Sample(at) => {
                let open = sample(at, shared).filter(|sample| sample.verdict.decision == Decision::GoOn);
                open.map_or(0, |sample| sample.drawn.saturating_sub(sample.reviewed))
            }
            Self::Flagged => counts.open_flags(),
        }
    }

    /// A word beside the count; empty where there is nothing to say.
    pub fn about(self, shared: &Shared) -> String {
        let counts = &shared.counts;
        match self {
            Self::GoOn => {
                let name = |id: &i64| if *id == 0 { "a new one".to_owned() } else { format!("#{id}") };
                let names = shared.drafted.iter().take(NAMED).map(name);
                names.chain(["half typed".to_owned()]).collect::<Vec<_>>().join(" · ")
            }
            Self::Queue(Queue::Returned) => {
                // Of the one that the key leads to.
                let first = shared.returned.iter().min_by_key(|returned| returned.example);
                first.map(why_returned).unwrap_or_default()
            }
            Self::Queue(queue) => {
                let begun = counts.count(|count| {
                    count.status == Status::Draft && (count.answered >= 2) == (queue == Queue::Rank)
                });
                // More than wait for oneself are begun by others.
                let is_there = (1..=self.count(shared)).contains(&begun);
                let begun = is_there.then(|| format!("{begun} begun"));
                let order = order_of(shared).filter(|_| self.count(shared) > 0);
                order.into_iter().chain(begun).collect::<Vec<_>>().join(" · ")
            }
            Self::Review => {
                let submitted = shared.counts.count(|count| count.status == Status::Submitted);
                let own = submitted.saturating_sub(to_review(shared));
                if own > 0 { format!("{own} more are your own") } else { String::new() }
            }
            Self::Sample(at) => sample(at, shared).map(so_far).unwrap_or_default(),
            Self::Flagged => {
                let mut open: Vec<_> = counts.flags.iter().filter(|flag| flag.open > 0).collect();
                open.sort_by_key(|flag| std::cmp::Reverse(flag.open));
                let kinds = open.iter().take(3).map(|flag| format!("{} {}", flag.open, flag.kind));
                kinds.collect::<Vec<_>>().join(" · ")
            }
        }
    }

    /// To the work.
    pub fn go(self, shared: &Shared) -> Vec<Effect> {
        let place = match self {
            Self::GoOn => match shared.drafted.first() {
                Some(&id) if id > 0 => Place::Write(Some(id)),
                _ => Place::WriteNew(Seed::Blank(None)),
            },
            Self::Queue(Queue::Write) => Place::Write(None),
            Self::Queue(Queue::Rank) => Place::Rank(None),
            Self::Queue(Queue::Returned) => return trails::go_to_returned(shared),
            Self::Review => Place::Review(None),
            Self::Sample(at) => Place::Review(sample(at, shared).map(|sample| sample.name.clone())),
            Self::Flagged => Place::Browse(Some("flag:*".to_owned())),
        };
        vec![Effect::Go(place)]
    }
}

/// In which order the queues hand out what waits, where something is missing; with the largest gap that something
/// waits for: `largest gap first · lost card`.
fn order_of(shared: &Shared) -> Option<String> {
    let needs = needs(&shared.counts.facets);
    let largest = needs.first()?;
    let mut says = shared.order.told().to_owned();
    if shared.order == QueueOrder::LargestGap {
        if let Some(served) = needs.iter().find(|need| need.waiting > 0) {
            says = format!("{says} · {}", served.tag.value);
        }
        if largest.waiting == 0 {
            says = format!("{says} · nothing waits for {}", largest.tag.value);
        }
    }
    Some(says)
}

/// `ambiguous · which card? · by rita`: the reason first, where there is little room.
fn why_returned(returned: &Returned) -> String {
    let by = format!("by {}", returned.by);
    let parts = [returned.reason.as_str(), &returned.note, &by];
    parts.into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join(" · ")
}

/// How many submitted examples the annotator may review.
fn to_review(shared: &Shared) -> u64 {
    shared.own.to_review(&shared.counts, shared.definitions.protocol.as_ref())
}

/// The sample of that place.
fn sample(at: usize, shared: &Shared) -> Option<&SampleProgress> {
    shared.samples.get(at)
}

/// `12 of 149 · august · ≤ 3.1 % wrong`; of one that is decided what came of it.
fn so_far(sample: &SampleProgress) -> String {
    let name = truncate(&sample.name, 20).into_owned();
    match sample.verdict.decision {
        Decision::Accept => format!("accepted · {name}"),
        Decision::Refuse => format!("refused · {name}"),
        Decision::GoOn if sample.reviewed == 0 => format!("0 of {} · {name}", sample.drawn),
        Decision::GoOn => {
            let bound = percent::up_to_tenths(sample.verdict.at_most);
            format!("{} of {} · {name} · ≤ {bound} wrong", sample.reviewed, sample.drawn)
        }
    }
}
