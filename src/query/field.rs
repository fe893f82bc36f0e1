//! The fields that every dataset has.

use super::tree::Measure;

/// A name that may stand before a colon in every dataset. Facets come beside these.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Field {
    /// How far the work has come.
    Status,
    /// What is wanted of the example.
    Kind,
    /// The part of the dataset it is used for.
    Split,
    /// Open flags by kind.
    Flag,
    /// Who wrote a response or made a ranking.
    By,
    /// The note.
    Note,
    /// What came of its rankings.
    Outcome,
    /// Whom it was sent back to, and who has not looked after it since.
    Returned,
    /// What reviewers decided.
    Reviewed,
    /// States that are yes or no.
    Is,
    /// What rules propose and nobody has taken or declined.
    Proposed,
    /// What belongs to it.
    Has,
    /// The language of the conversation.
    Language,
    /// The file that it came from.
    Source,
    /// Who wrote a response.
    Author,
    /// Who ranked it.
    Annotator,
    /// A number.
    Number(Measure),
}

impl Field {
    /// Every field, in the order in which completion proposes them.
    pub const ALL: &'static [Self] = &[
        Self::Status,
        Self::Kind,
        Self::Split,
        Self::Flag,
        Self::By,
        Self::Number(Measure::Tokens),
        Self::Number(Measure::Responses),
        Self::Number(Measure::Id),
        Self::Note,
        Self::Outcome,
        Self::Number(Measure::Agreement),
        Self::Number(Measure::Rankings),
        Self::Returned,
        Self::Reviewed,
        Self::Is,
        Self::Proposed,
        Self::Number(Measure::Turns),
        Self::Number(Measure::PromptTokens),
        Self::Number(Measure::ResponseTokens),
        Self::Language,
        Self::Has,
        Self::Source,
        Self::Author,
        Self::Annotator,
    ];

    /// The word before the colon.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Status => "status",
            Self::Kind => "kind",
            Self::Split => "split",
            Self::Flag => "flag",
            Self::By => "by",
            Self::Note => "note",
            Self::Outcome => "outcome",
            Self::Returned => "returned",
            Self::Reviewed => "reviewed",
            Self::Is => "is",
            Self::Proposed => "proposed",
            Self::Has => "has",
            Self::Language => "lang",
            Self::Source => "source",
            Self::Author => "author",
            Self::Annotator => "annotator",
            Self::Number(measure) => measure.name(),
        }
    }

    /// What it is for, with an example, in a few words.
    pub const fn about(self) -> &'static str {
        match self {
            Self::Status => "how far the work has come: status:draft,submitted",
            Self::Kind => "what is wanted: kind:sft, kind:preference",
            Self::Split => "where it is used: split:train, split:none",
            Self::Flag => "its open flags: flag:wrong, flag:* any, flag:none",
            Self::By => "who wrote a response or ranked: by:ana",
            Self::Note => "its note: note:word, note:* any, note:none",
            Self::Outcome => "what came of rankings: outcome:unresolved, outcome:none",
            Self::Returned => "sent back, not looked after yet: returned:ana, returned:*",
            Self::Reviewed => "what reviewers decided: reviewed:overruled, reviewed:none",
            Self::Is => {
                "is:blank, is:ranked, is:gold, is:unsure can't be judged, is:circular, is:refusal, is:json"
            }
            Self::Has => "what belongs to it: has:tools",
            Self::Language => "its language, found by itself: lang:de, lang:none too short to tell",
            Self::Source => "the file that it came from: source:tickets.jsonl, source:none written here",
            Self::Author => "who wrote a response: author:ana",
            Self::Annotator => "who ranked it: annotator:ana",
            Self::Number(Measure::Turns) => "how many user turns: turns>=3",
            Self::Number(Measure::PromptTokens) => "estimated tokens of the prompt: prompt_tokens<64",
            Self::Number(Measure::ResponseTokens) => {
                "estimated tokens of the best or first response: response_tokens>400"
            }
            Self::Proposed => "what rules propose: proposed:intent, proposed:refund, proposed:* any",
            Self::Number(Measure::Agreement) => "agreement of its rankings, in percent: agreement<50",
            Self::Number(Measure::Rankings) => "how many people ranked it: rankings>=2",
            Self::Number(Measure::Tokens) => "estimated tokens: tokens>400, tokens:120..400",
            Self::Number(Measure::Responses) => "how many responses say something: responses>=2",
            Self::Number(Measure::Id) => "its number here: id:412, id:10..20, #412",
        }
    }

    /// The field of that name, whatever the case of its letters.
    pub(super) fn find(name: &str) -> Option<Self> {
        Self::ALL.iter().copied().find(|field| field.name().eq_ignore_ascii_case(name))
    }
}
