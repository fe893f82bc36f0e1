//! What parts two states of an example: the changes that make the one of the other.

use uuid::Uuid;

use super::{Example, Kind, Message, Prompt, Response, Split, Status, Tag};

/// Changes of one example; what is not named stays as it is.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Changes {
    /// The new kind.
    pub kind: Option<Kind>,
    /// The new status.
    pub status: Option<Status>,
    /// The new split; `Some(None)` takes it away.
    pub split: Option<Option<Split>>,
    /// The new note.
    pub note: Option<String>,
    /// The new prompt.
    pub prompt: Option<Prompt>,
    /// New texts of responses that are there.
    pub written: Vec<(Uuid, Vec<Message>)>,
    /// New responses.
    pub added: Vec<Response>,
    /// Responses that go, with their places in rankings and the flags on them.
    pub removed: Vec<Uuid>,
    /// Tags that are put on.
    pub put_on: Vec<Tag>,
    /// Tags that are taken off.
    pub taken_off: Vec<Tag>,
}

impl Changes {
    /// The changes that make `after` of `before`. Rankings, flags and what came along are no part
    /// of them: they follow from verbs of their own.
    pub fn between(before: &Example, after: &Example) -> Self {
        let differs = |is: bool| is.then_some(());
        let written = after.responses.iter().filter(|response| {
            before.response(response.id).is_some_and(|there| there.messages != response.messages)
        });
        let missing = |tags: &[Tag], from: &[Tag]| -> Vec<Tag> {
            tags.iter().filter(|tag| !from.contains(tag)).cloned().collect()
        };
        Self {
            kind: differs(before.kind != after.kind).map(|()| after.kind),
            status: differs(before.status != after.status).map(|()| after.status),
            split: differs(before.split != after.split).map(|()| after.split),
            note: differs(before.note != after.note).map(|()| after.note.clone()),
            prompt: differs(before.prompt != after.prompt).map(|()| after.prompt.clone()),
            written: written.map(|response| (response.id, response.messages.clone())).collect(),
            added: after.responses.iter().filter(|new| before.response(new.id).is_none()).cloned().collect(),
            removed: before
                .responses
                .iter()
                .map(|old| old.id)
                .filter(|id| after.response(*id).is_none())
                .collect(),
            put_on: missing(&after.tags, &before.tags),
            taken_off: missing(&before.tags, &after.tags),
        }
    }

    /// Whether there is nothing to do.
    pub fn is_empty(&self) -> bool {
        *self == Self::default()
    }

    /// Whether somebody wrote: the prompt, or what a response says.
    pub fn writes(&self) -> bool {
        self.prompt.is_some() || !self.written.is_empty() || !self.added.is_empty()
    }

    /// What changes, in a few words each: `the prompt`, `2 responses`.
    pub fn words(&self) -> Vec<String> {
        let count = |n: usize, one: &str, many: &str| match n {
            0 => None,
            1 => Some(one.to_owned()),
            n => Some(format!("{n} {many}")),
        };
        let tags = self.put_on.len() + self.taken_off.len();
        [
            self.prompt.as_ref().map(|_| "the prompt".to_owned()),
            count(self.written.len(), "a response", "responses"),
            count(self.added.len(), "a new response", "new responses"),
            count(self.removed.len(), "a response removed", "responses removed"),
            count(tags, "a tag", "tags"),
            self.note.as_ref().map(|_| "the note".to_owned()),
            self.kind.map(|kind| format!("now {kind}")),
            self.split.map(|split| match split {
                Some(split) => format!("in {split}"),
                None => "in no split".to_owned(),
            }),
            self.status.map(|status| format!("now {status}")),
        ]
        .into_iter()
        .flatten()
        .collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::example::Author;

    fn example() -> Example {
        let mut example = Example::new(Kind::Sft, Prompt::user("What is due?"));
        example.responses.push(Response::new(Some(Author::model("m")), "Two."));
        example.tags.push(Tag::new("intent", "refund"));
        example
    }

    #[test]
    fn nothing_parts_an_example_from_itself() {
        assert!(Changes::between(&example(), &example()).put_on.is_empty());
        let example = example();
        assert!(Changes::between(&example, &example).is_empty());
    }

    #[test]
    fn each_change_is_named_and_nothing_else() {
        let before = example();
        let mut after = before.clone();
        after.responses[0].messages[0] = Message::new(super::super::Role::Assistant, "Three.");
        after.responses.push(Response::new(None, "Four."));
        after.tags = vec![Tag::new("intent", "cancel")];
        after.note = "ask".to_owned();
        after.status = Status::Approved;
        let changes = Changes::between(&before, &after);
        assert_eq!(changes.words(), ["a response", "a new response", "2 tags", "the note", "now approved"]);
        assert!(changes.prompt.is_none() && changes.writes());
        after.responses.clear();
        assert_eq!(Changes::between(&before, &after).removed, [before.responses[0].id]);
    }
}
