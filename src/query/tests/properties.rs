//! What holds for every filter.

use proptest::prelude::*;

use super::fixture::{Row, empty, insert, run, vocabulary};
use crate::example::{Kind, Split, Status};
use crate::query::{Expr, Filter, Has, Interval, Is, Measure, Pick, Term, complete, parse};

/// Texts made of what the language itself is made of.
fn typed() -> impl Strategy<Value = String> {
    let piece = prop_oneof![
        prop::sample::select(vec![
            "status:",
            "intent:",
            "topic:",
            "draft",
            "tokens",
            ">",
            "=",
            "<",
            "..",
            "4",
            "#",
            "-",
            "(",
            ")",
            "\"",
            " ",
            " or ",
            " and ",
            "*",
            "~",
            ",",
            "none",
            "by:",
            "note:",
            "flag:",
            "is:blank",
            "proposed:",
            "split:",
            "手机",
            "ที่",
            "👍",
            "\0",
            "'",
            ":",
            "refund",
            "\"call reason\":",
            "\\",
            "%",
            "NEAR",
        ])
        .prop_map(str::to_owned),
        any::<char>().prop_map(String::from),
    ];
    prop::collection::vec(piece, 0..14).prop_map(|pieces| pieces.concat())
}

fn text() -> impl Strategy<Value = String> {
    prop_oneof!["[a-zA-Z]{1,6}", typed()].prop_filter("texts of terms are not empty", |text| !text.is_empty())
}

fn picks<T: Clone + std::fmt::Debug + 'static>(
    value: impl Strategy<Value = T> + 'static,
) -> impl Strategy<Value = Vec<Pick<T>>> {
    let pick = prop_oneof![1 => Just(Pick::Any), 1 => Just(Pick::Without), 4 => value.prop_map(Pick::Value)];
    prop::collection::vec(pick, 1..4)
}

/// Names that no known one is taken for.
fn name() -> impl Strategy<Value = String> {
    text().prop_map(|text| format!("{text}~"))
}

fn term() -> impl Strategy<Value = Term> {
    let several = |count| 1..count;
    let measure = prop::sample::select(vec![
        Measure::Tokens,
        Measure::Responses,
        Measure::Id,
        Measure::Agreement,
        Measure::Rankings,
        Measure::Turns,
        Measure::PromptTokens,
        Measure::ResponseTokens,
    ]);
    let range = prop_oneof![
        (0..i64::MAX, 0..i64::MAX).prop_map(|(one, other)| Interval::between(one, other)),
        (0..100_i64).prop_map(Interval::exactly),
        any::<i64>().prop_map(Interval::at_least),
        any::<i64>().prop_map(Interval::at_most),
    ];
    let closed = prop::sample::select(vec!["refund", "cancel", "none"]).prop_map(str::to_owned);
    prop_oneof![
        4 => text().prop_map(Term::Word),
        2 => text().prop_map(Term::Phrase),
        1 => text().prop_map(Term::Part),
        1 => prop::collection::vec(prop::sample::select(Status::ALL), several(3)).prop_map(Term::Status),
        1 => prop::collection::vec(prop::sample::select(Kind::ALL), several(3)).prop_map(Term::Kind),
        1 => prop::collection::vec(prop::sample::select(Is::ALL), several(3)).prop_map(Term::Is),
        1 => picks(prop::sample::select(Split::ALL)).prop_map(Term::Split),
        1 => picks(Just("wrong".to_owned())).prop_map(Term::Flag),
        1 => picks(name()).prop_map(Term::By),
        1 => picks(name()).prop_map(Term::Author),
        1 => picks(name()).prop_map(Term::Annotator),
        1 => picks(name()).prop_map(Term::Source),
        1 => picks(prop::sample::select(vec!["de", "en", "xx"]).prop_map(str::to_owned)).prop_map(Term::Language),
        1 => Just(Term::Has(vec![Has::Tools])),
        1 => picks(text()).prop_map(Term::Note),
        1 => picks(prop::sample::select(vec!["intent", "intent:refund", "money back"]).prop_map(str::to_owned))
            .prop_map(Term::Proposed),
        1 => picks(closed).prop_map(|values| Term::Tag { facet: "intent".to_owned(), values }),
        1 => picks(name()).prop_map(|values| Term::Tag { facet: "topic".to_owned(), values }),
        1 => picks(Just("odd".to_owned())).prop_map(|values| Term::Tag { facet: "status".to_owned(), values }),
        1 => (measure, prop::collection::vec(range, 1..4))
            .prop_map(|(measure, ranges)| Term::Number { measure, ranges }),
    ]
}

fn tree() -> impl Strategy<Value = Expr> {
    let leaf = prop_oneof![1 => Just(Expr::Everything), 12 => term().prop_map(Expr::Term)];
    leaf.prop_recursive(5, 24, 4, |inner| {
        prop_oneof![
            prop::collection::vec(inner.clone(), 0..4).prop_map(Expr::And),
            prop::collection::vec(inner.clone(), 0..4).prop_map(Expr::Or),
            inner.prop_map(|tree| Expr::Not(Box::new(tree))),
        ]
    })
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 1500, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn a_filter_prints_as_text_that_reads_back_as_itself(tree in tree()) {
        let filter = Filter::from(tree);
        let printed = filter.to_string();
        prop_assert_eq!(parse(&printed, &vocabulary()), Ok(filter), "{}", printed);
    }

    #[test]
    fn reading_never_panics_and_errors_lie_within_the_text(text in typed(), cursor in 0..80_usize) {
        match parse(&text, &vocabulary()) {
            Ok(filter) => prop_assert_eq!(parse(&filter.to_string(), &vocabulary()), Ok(filter)),
            Err(error) => prop_assert!(text.get(error.span.clone()).is_some(), "{:?}", error),
        }
        let completion = complete(&text, cursor, &vocabulary());
        prop_assert!(text.get(completion.replace.clone()).is_some(), "{:?}", completion);
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 8, failure_persistence: None, ..ProptestConfig::default() })]

    /// The rows are few, so the trees are many to each dataset.
    #[test]
    fn every_filter_runs_and_its_negation_finds_the_others(
        trees in prop::collection::vec(tree(), 60),
        texts in prop::collection::vec(typed(), 60),
    ) {
        let db = empty();
        for (id, text) in (1..).zip(&texts) {
            let split = (id % 2 == 0).then_some("train");
            insert(&db, &Row { id, split, prompt: text, note: text, ..Row::default() });
        }
        let read = texts.iter().filter_map(|text| parse(text, &vocabulary()).ok());
        for filter in trees.into_iter().map(Filter::from).chain(read) {
            let found = run(&db, &filter);
            prop_assert!(found.is_ok(), "{}: {:?}", filter, found);
            let mut all = found.unwrap_or_default();
            all.extend(run(&db, &filter.clone().negated()).unwrap_or_default());
            all.sort_unstable();
            prop_assert_eq!(all, (1..=60).collect::<Vec<i64>>(), "{}", filter);
        }
    }

    /// Any part of a text is found in it, in every script, by reading; and by the index where it
    /// is cut at characters of unspaced scripts.
    #[test]
    fn a_text_is_found_by_its_parts(
        texts in prop::collection::vec("[a-zé手机壳款ท่ีน 。]{1,12}", 20),
        from in 0..12_usize,
        length in 1..6_usize,
    ) {
        let db = empty();
        for (id, text) in (1..).zip(&texts) {
            insert(&db, &Row { id, prompt: text, ..Row::default() });
        }
        for (id, text) in (1_i64..).zip(&texts) {
            let part: String = text.chars().skip(from % text.chars().count()).take(length).collect();
            let by_reading = Filter::from(Term::Part(part.clone()));
            prop_assert!(run(&db, &by_reading).is_ok_and(|ids| ids.contains(&id)), "{:?} in {:?}", part, text);
            let unspaced = part.chars().all(|c| "手机壳款ท่ีน".contains(c));
            if unspaced {
                for filter in [Filter::word(part.clone()), Filter::phrase(part.clone())] {
                    prop_assert!(run(&db, &filter).is_ok_and(|ids| ids.contains(&id)), "{:?} in {:?}", part, text);
                }
            }
        }
    }
}
