//! The derived facets: what each is called, and the filter that finds its values.

use crate::example::Band;
use crate::query::{Expr, Filter, Interval, Measure, NO, Pick, Term, WRITTEN_HERE, YES, YesNo, typed};

/// A facet that is read off the examples and never typed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum DerivedFacet {
    /// User turns of the prompt, in bands.
    Turns,
    /// Estimated tokens of the prompt, in bands.
    PromptTokens,
    /// Estimated tokens of the best or first response, in bands.
    ResponseTokens,
    /// The language of the conversation.
    Language,
    /// Whether tools are defined.
    Tools,
    /// Whether the best or first response declines.
    Refusal,
    /// Whether the best or first response is JSON.
    Json,
    /// The file that it came from.
    Source,
    /// Who wrote its responses.
    Author,
    /// Who ranked it.
    Annotator,
}

impl DerivedFacet {
    /// All of them, in the order in which people see them.
    pub const ALL: &'static [Self] = &[
        Self::Turns,
        Self::PromptTokens,
        Self::ResponseTokens,
        Self::Language,
        Self::Tools,
        Self::Refusal,
        Self::Json,
        Self::Source,
        Self::Author,
        Self::Annotator,
    ];

    /// Its name; most are words of the filter too.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Turns => "turns",
            Self::PromptTokens => "prompt_tokens",
            Self::ResponseTokens => "response_tokens",
            Self::Language => "lang",
            Self::Tools => "tools",
            Self::Refusal => "refusal",
            Self::Json => "json",
            Self::Source => "source",
            Self::Author => "author",
            Self::Annotator => "annotator",
        }
    }

    /// What it is, in a few words.
    pub const fn about(self) -> &'static str {
        match self {
            Self::Turns => "user turns",
            Self::PromptTokens => "estimated tokens of the prompt",
            Self::ResponseTokens => "estimated tokens of the best or first response",
            Self::Language => "the language of the conversation",
            Self::Tools => "whether tools are defined",
            Self::Refusal => "whether the response declines",
            Self::Json => "whether the response is JSON",
            Self::Source => "the file that it came from",
            Self::Author => "who wrote a response",
            Self::Annotator => "who ranked it",
        }
    }

    /// The one of that name in a dataset with these facets of its own. Where one of them is called the
    /// same, that one is meant, and this one by its name with `derived:` before it.
    pub fn named<'a>(name: &str, own: impl IntoIterator<Item = &'a str>) -> Option<Self> {
        let is_own = own.into_iter().any(|own| own == name);
        let plain = name.strip_prefix(PREFIX);
        let plain = plain.or((!is_own).then_some(name))?;
        Self::ALL.iter().copied().find(|facet| facet.name() == plain)
    }

    /// How it is called beside these facets of the dataset's own.
    pub fn called<'a>(self, own: impl IntoIterator<Item = &'a str>) -> String {
        let is_taken = own.into_iter().any(|own| own == self.name());
        if is_taken { format!("{PREFIX}{}", self.name()) } else { self.name().to_owned() }
    }

    /// A value of it as a filter has it, which finds the same examples: by the name that it has here, or where
    /// a facet of the dataset's own has that, by another.
    pub fn typed<'a>(self, value: &str, own: impl IntoIterator<Item = &'a str>) -> String {
        let is_taken = own.into_iter().any(|own| own.eq_ignore_ascii_case(self.name()));
        let other = self.filter(value).filter(|_| is_taken);
        other.map_or_else(|| typed(self.name(), value), |filter| filter.to_string())
    }

    /// Whether it goes by tokens that are estimated, and not counted as a model counts them.
    pub const fn is_estimated(self) -> bool {
        matches!(self, Self::PromptTokens | Self::ResponseTokens)
    }

    /// Whether its values are names, which have no order of their own.
    pub const fn is_named(self) -> bool {
        matches!(self, Self::Language | Self::Source | Self::Author | Self::Annotator)
    }

    /// Whether an example may have several of its values.
    pub const fn is_several(self) -> bool {
        matches!(self, Self::Author | Self::Annotator)
    }

    /// The examples with that value of it; `None` of a value that it can't have.
    pub fn filter(self, value: &str) -> Option<Filter> {
        let picked = || vec![Pick::Value(value.to_owned())];
        let yes_no = |of: YesNo| match value {
            YES => Some(of.is(true)),
            NO => Some(of.is(false)),
            _ => None,
        };
        let tree = match self {
            Self::Turns => banded(Measure::Turns, Band::TURNS, value)?,
            Self::PromptTokens => banded(Measure::PromptTokens, Band::TOKENS, value)?,
            Self::ResponseTokens => banded(Measure::ResponseTokens, Band::TOKENS, value)?,
            Self::Language => Expr::Term(Term::Language(picked())),
            Self::Tools => yes_no(YesNo::Tools)?,
            Self::Refusal => yes_no(YesNo::Refusal)?,
            Self::Json => yes_no(YesNo::Json)?,
            Self::Source if value == WRITTEN_HERE => Expr::Term(Term::Source(vec![Pick::Without])),
            Self::Source => Expr::Term(Term::Source(picked())),
            Self::Author => Expr::Term(Term::Author(picked())),
            Self::Annotator => Expr::Term(Term::Annotator(picked())),
        };
        Some(tree.into())
    }
}

/// What a derived facet is called by where the dataset has a facet of its name.
const PREFIX: &str = "derived:";

fn banded(measure: Measure, bands: &[Band], value: &str) -> Option<Expr> {
    let band = bands.iter().find(|band| band.to_string() == value)?;
    let low = i64::from(band.low);
    let range = band.high.map_or_else(|| Interval::at_least(low), |high| Interval::between(low, high.into()));
    Some(Expr::Term(Term::Number { measure, ranges: vec![range] }))
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;

    #[test]
    fn every_value_has_the_filter_that_finds_it() {
        let filter = |facet: DerivedFacet, value: &str| facet.filter(value).map(|filter| filter.to_string());
        for (facet, value, expected) in [
            (DerivedFacet::Turns, "2", "turns:2"),
            (DerivedFacet::Turns, "4-6", "turns:4..6"),
            (DerivedFacet::Turns, "7+", "turns>=7"),
            (DerivedFacet::PromptTokens, "64-127", "prompt_tokens:64..127"),
            (DerivedFacet::ResponseTokens, "8192+", "response_tokens>=8192"),
            (DerivedFacet::Language, "de", "lang:de"),
            (DerivedFacet::Tools, "yes", "has:tools"),
            (DerivedFacet::Tools, "no", "-has:tools"),
            (DerivedFacet::Json, "no", "-is:json response_tokens>=0"),
            (DerivedFacet::Source, "a b.jsonl", "source:\"a b.jsonl\""),
            (DerivedFacet::Source, "written here", "source:none"),
            (DerivedFacet::Author, "ana", "author:ana"),
            (DerivedFacet::Annotator, "bo", "annotator:bo"),
        ] {
            assert_eq!(filter(facet, value).as_deref(), Some(expected));
        }
        assert_eq!(filter(DerivedFacet::Turns, "5"), None);
        assert_eq!(filter(DerivedFacet::Tools, "maybe"), None);
    }

    #[test]
    fn a_facet_of_the_datasets_own_keeps_its_name() {
        let own = ["intent", "source"];
        assert_eq!(DerivedFacet::named("source", own), None);
        assert_eq!(DerivedFacet::named("derived:source", own), Some(DerivedFacet::Source));
        assert_eq!(DerivedFacet::Source.called(own), "derived:source");
        assert_eq!(DerivedFacet::named("lang", own), Some(DerivedFacet::Language));
        assert_eq!(DerivedFacet::Language.called(own), "lang");
        assert_eq!(DerivedFacet::named("intent", own), None);
    }
}
