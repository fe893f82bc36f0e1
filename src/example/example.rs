//! The example: a prompt and its responses, with all that people have said of them.

use uuid::Uuid;

use super::{
    Consensus, Flag, Kind, Metadata, Prompt, Ranking, Response, Review, Split, Status, Timestamp, new_id,
};

/// A facet value put on an example, both by name.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Tag {
    /// The facet's name.
    pub facet: String,
    /// The value's name.
    pub value: String,
}

impl Tag {
    /// A tag by its two names.
    pub fn new(facet: impl Into<String>, value: impl Into<String>) -> Self {
        Self { facet: facet.into(), value: value.into() }
    }
}

/// A prompt and its responses.
#[derive(Debug, Clone, PartialEq)]
pub struct Example {
    /// Unique across copies of the dataset.
    pub id: Uuid,
    /// What is wanted of it.
    pub kind: Kind,
    /// How far the work has come.
    pub status: Status,
    /// The part of the dataset it is used for, where that was decided.
    pub split: Option<Split>,
    /// A remark for whoever opens it next; empty where there is none.
    pub note: String,
    /// The conversation up to the response.
    pub prompt: Prompt,
    /// The candidate answers, in the order in which they came.
    pub responses: Vec<Response>,
    /// One at most for each annotator.
    pub rankings: Vec<Ranking>,
    /// Hidden repeats: second rankings by people who ranked it before, in the order in which they
    /// were made. They serve to measure how far people agree with themselves, and nothing else.
    pub repeats: Vec<Ranking>,
    /// In the order in which they were made.
    pub reviews: Vec<Review>,
    /// In the order of the facets and their values.
    pub tags: Vec<Tag>,
    /// In the order in which they were raised.
    pub flags: Vec<Flag>,
    /// Fields of the file that it came from, carried along.
    pub metadata: Metadata,
    /// When it was made, or came in.
    pub created_at: Timestamp,
    /// The example that this one is a variant of; it may be gone.
    pub origin: Option<Uuid>,
}

impl Example {
    /// A pending example with that prompt and no responses.
    pub fn new(kind: Kind, prompt: Prompt) -> Self {
        Self {
            id: new_id(),
            kind,
            status: Status::Pending,
            split: None,
            note: String::new(),
            prompt,
            responses: Vec::new(),
            rankings: Vec::new(),
            repeats: Vec::new(),
            reviews: Vec::new(),
            tags: Vec::new(),
            flags: Vec::new(),
            metadata: Metadata::default(),
            created_at: Timestamp::now(),
            origin: None,
        }
    }

    /// A new pending example like another: its prompt with the tools, kind and tags, and nothing of
    /// what people said of it.
    pub fn variant_of(other: &Self) -> Self {
        Self {
            tags: other.tags.clone(),
            origin: Some(other.id),
            ..Self::new(other.kind, other.prompt.clone())
        }
    }

    /// The response of that id.
    pub fn response(&self, id: Uuid) -> Option<&Response> {
        self.responses.iter().find(|response| response.id == id)
    }

    /// Whether it waits to be ranked, and not by this annotator before: they are to see neither who wrote
    /// its responses nor what others said of them.
    pub fn is_to_be_ranked_by(&self, annotator: &str) -> bool {
        self.status.is_open() && self.is_open_to(annotator)
    }

    /// Whether it is still to be judged, and this annotator has not said what they think of it: not decided
    /// on, with two or more responses, not ranked by them.
    pub fn is_open_to(&self, annotator: &str) -> bool {
        let answered = self.responses.iter().filter(|response| !response.is_blank()).count();
        let ranked = |ranking: &Ranking| ranking.annotator == annotator;
        let is_decided = matches!(self.status, Status::Approved | Status::Discarded);
        !is_decided && answered > 1 && !self.rankings.iter().any(ranked)
    }

    /// The response to learn from: the one that rankings put above all others, or else the only one
    /// that is not blank. `None` where rankings leave it open (a tie at the top, no majority, all bad),
    /// or nothing is answered.
    pub fn best_response(&self) -> Option<&Response> {
        if !self.rankings.is_empty() {
            return Consensus::of(&self.rankings).best.and_then(|id| self.response(id));
        }
        let mut answered = self.responses.iter().filter(|response| !response.is_blank());
        match (answered.next(), answered.next()) {
            (Some(only), None) => Some(only),
            _ => None,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_variant_asks_the_same_and_answers_nothing() {
        let mut first = Example::new(Kind::Preference, Prompt::user("What is due?"));
        first.prompt.tools.push(serde_json::json!({"name": "look_up"}));
        first.tags.push(Tag::new("intent", "refund"));
        first.responses.push(Response::new(None, "Two."));
        first.status = Status::Approved;
        first.split = Some(Split::Train);
        first.note = "ask".to_owned();
        first.metadata.insert("source", 1.into());
        let variant = Example::variant_of(&first);
        assert_ne!(variant.id, first.id);
        assert_eq!(variant.origin, Some(first.id));
        assert_eq!((&variant.prompt, &variant.tags), (&first.prompt, &first.tags));
        assert_eq!((variant.kind, variant.status, variant.split), (first.kind, Status::Pending, None));
        assert!(variant.responses.is_empty() && variant.note.is_empty() && variant.metadata.is_empty());
    }
}
