//! Responses: the candidate answers to a prompt.

use uuid::Uuid;

use super::{Message, Metadata, Role, Timestamp, new_id, plain_text};

/// What kind of writer an author is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum AuthorKind {
    /// A person.
    Person,
    /// A language model.
    Model,
}

impl AuthorKind {
    /// The word for it in files.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Person => "person",
            Self::Model => "model",
        }
    }

    /// The kind of that name.
    pub fn parse(word: &str) -> Option<Self> {
        [Self::Person, Self::Model].into_iter().find(|kind| kind.as_str() == word)
    }
}

/// Who wrote a response.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Author {
    /// The name of the person or of the model.
    pub name: String,
    /// Which of the two.
    pub kind: AuthorKind,
}

impl Author {
    /// A person of that name.
    pub fn person(name: impl Into<String>) -> Self {
        Self { name: name.into(), kind: AuthorKind::Person }
    }

    /// A model of that name.
    pub fn model(name: impl Into<String>) -> Self {
        Self { name: name.into(), kind: AuthorKind::Model }
    }
}

/// A candidate answer: one message, or several where tools are called.
#[derive(Debug, Clone, PartialEq)]
pub struct Response {
    /// Unique across copies of the dataset.
    pub id: Uuid,
    /// Who wrote it, where that is known.
    pub author: Option<Author>,
    /// The turns of the answer.
    pub messages: Vec<Message>,
    /// The response that this one is a rewriting of.
    pub origin: Option<Uuid>,
    /// Fields of the file that it came from, carried along.
    pub metadata: Metadata,
    /// When it was written, or came in.
    pub created_at: Timestamp,
}

impl Response {
    /// A response of one assistant turn, written now.
    pub fn new(author: Option<Author>, text: impl Into<String>) -> Self {
        Self::of(author, vec![Message::new(Role::Assistant, text)])
    }

    /// A response of several turns, written now.
    pub fn of(author: Option<Author>, messages: Vec<Message>) -> Self {
        Self {
            id: new_id(),
            author,
            messages,
            origin: None,
            metadata: Metadata::default(),
            created_at: Timestamp::now(),
        }
    }

    /// Whether nothing has been answered yet.
    pub fn is_blank(&self) -> bool {
        self.messages.iter().all(Message::is_blank)
    }

    /// All that the response says.
    pub fn text(&self) -> String {
        plain_text(&self.messages)
    }
}
