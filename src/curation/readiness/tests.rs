use super::*;
use crate::curation::coverage::{Coverage, FacetCoverage, ValueCoverage};

const PACE: Pace = Pace { write: 20.0, mend: 5.0, review: 2.0, per_hour: 60.0 };

/// A facet that is required, with so many of each of its values.
fn required(name: &str, values: &[(&str, u64)]) -> RequiredFacet {
    let value = |&(name, n): &(&str, u64)| Required { name: name.to_owned(), n, target: None };
    RequiredFacet { name: name.to_owned(), several: false, values: values.iter().map(value).collect() }
}

/// So many of so many wanted, of one value.
fn covered(usable: u64, target: u64) -> Coverage {
    let value = ValueCoverage { name: "refund".to_owned(), usable, target };
    let facet = FacetCoverage { name: "intent".to_owned(), values: vec![value], of: 1 };
    Coverage { facets: vec![facet], ..Coverage::default() }
}

fn good() -> Inputs {
    Inputs {
        usable: 600,
        trainable: 600,
        coverage: covered(500, 600),
        required: vec![required("intent", &[("refund", 40), ("lost", 30)])],
        contract: Counted::new(598, 600),
        defects: Counted::new(0, 59),
        balance: Some(("intent".to_owned(), 0.7)),
        agreement: Some((0.7, 200)),
        held_out: 60,
        leaks: Some(0),
        new_facts: Counted::new(3, 100),
        ..Inputs::default()
    }
}

fn said(inputs: &Inputs) -> Readiness {
    readiness(inputs, &Thresholds::default(), &PACE).unwrap()
}

fn line(said: &Readiness, measure: Measure) -> Line {
    said.lines.iter().find(|line| line.measure == measure).unwrap().clone()
}

#[test]
fn the_number_of_examples_says_what_they_are_good_for() {
    let advice = [0, 9, 10, 49, 50, 499, 500].map(|trainable| said(&Inputs { trainable, ..good() }).advice);
    let expected = [
        Advice::WriteMore,
        Advice::WriteMore,
        Advice::FewShot,
        Advice::FewShot,
        Advice::FewShotAndRetrieval,
        Advice::FewShotAndRetrieval,
        Advice::FineTune,
    ];
    assert_eq!(advice, expected);
    let said = said(&good());
    assert_eq!((said.sentence.as_str(), said.next), ("fine-tune: 600 examples and every gate passed", None));
    // Balance is advice only.
    assert_eq!(line(&said, Measure::Balance).outcome, Outcome::Short);
}

#[test]
fn what_is_wrong_comes_first_and_facts_are_looked_up() {
    assert_eq!(said(&Inputs { flags: 1, ..good() }).advice, Advice::FixFirst);
    let both = said(&Inputs { contradictions: 2, new_facts: Counted::new(90, 100), ..good() });
    assert_eq!(both.advice, Advice::FixFirst);
    assert_eq!(both.next.map(|next| (next.work.count, next.work.kind)), Some((2, WorkKind::Mend)));
    let facts = Inputs { new_facts: Counted::new(31, 100), ..good() };
    assert_eq!(said(&facts).advice, Advice::Retrieve);
    // What was only measured says so, and how to overrule it.
    assert!(said(&facts).sentence.contains("or say that they don't change"));
    // Nine outputs say nothing, and an answer outweighs what outputs look like.
    assert_eq!(said(&Inputs { new_facts: Counted::new(9, 9), ..good() }).advice, Advice::FineTune);
    let answers = Answers { facts_change: Some(false), ..Answers::default() };
    assert_eq!(said(&Inputs { answers, ..facts }).advice, Advice::FineTune);
    let answers = Answers { must_cite: Some(true), ..answers };
    assert_eq!(said(&Inputs { answers, ..good() }).advice, Advice::Retrieve);
    let answers = Answers { long_prompts_hurt: Some(true), ..Answers::default() };
    assert!(said(&Inputs { trainable: 100, answers, ..good() }).sentence.contains("fine-tune a pilot"));
}

#[test]
fn every_gate_can_stop_and_tells_its_work() {
    let stopped = |inputs: Inputs, measure, kind, count| {
        let said = said(&inputs);
        assert_eq!(said.advice, Advice::NotYet, "{said:?}");
        assert_eq!(line(&said, measure).work, Some(Work { kind, count }));
        assert!(line(&said, measure).stops());
    };
    stopped(Inputs { coverage: covered(470, 600), ..good() }, Measure::Coverage, WorkKind::Write, 10);
    let scarce = vec![required("intent", &[("refund", 10), ("lost", 29)])];
    stopped(Inputs { required: scarce.clone(), ..good() }, Measure::Required, WorkKind::Write, 21);
    // An example has a language too.
    let both = [scarce.clone(), vec![required("language", &[("en", 600), ("tr", 12)])]].concat();
    stopped(Inputs { required: both, ..good() }, Measure::Required, WorkKind::Write, 21);
    stopped(Inputs { contract: Counted::new(590, 600), ..good() }, Measure::Contract, WorkKind::Mend, 4);
    stopped(Inputs { defects: Counted::new(0, 58), ..good() }, Measure::Defects, WorkKind::Review, 1);
    stopped(Inputs { defects: Counted::new(1, 59), ..good() }, Measure::Defects, WorkKind::Review, 34);
    let unmeasured = said(&Inputs { coverage: Coverage::default(), defects: Counted::new(0, 29), ..good() });
    assert_eq!(unmeasured.advice, Advice::NotYet);
    let outcomes = [Measure::Coverage, Measure::Defects].map(|of| line(&unmeasured, of).outcome);
    assert_eq!(outcomes, [Outcome::NotMeasured; 2]);
    assert!(line(&unmeasured, Measure::Coverage).sentence.contains("set targets"));
    // Without a contract, values that are required, or two who judge, nothing is asked of them.
    let free = Inputs { contract: Counted::default(), required: Vec::new(), agreement: None, ..good() };
    assert_eq!(said(&free).advice, Advice::FineTune);
    let outcomes = [Measure::Contract, Measure::Agreement].map(|of| line(&said(&free), of).outcome);
    assert_eq!(outcomes, [Outcome::NotMeasured; 2]);
    // Who wants ten of a value gets ten.
    let mut content = scarce;
    content[0].values.iter_mut().for_each(|value| value.target = Some(10));
    assert_eq!(said(&Inputs { required: content, ..good() }).advice, Advice::FineTune);
}

#[test]
fn what_is_tested_on_is_held_out_and_annotators_agree() {
    let stops = |inputs: Inputs, measure| {
        let said = said(&inputs);
        assert_eq!(said.advice, Advice::NotYet);
        assert!(line(&said, measure).stops() && line(&said, measure).work.is_none());
    };
    let kept_too_few = said(&Inputs { held_out: 22, ..good() });
    assert_eq!(line(&kept_too_few, Measure::HeldOut).work, Some(Work { kind: WorkKind::HoldOut, count: 8 }));
    assert_eq!(
        kept_too_few.next.map(|next| next.work.kind),
        Some(WorkKind::HoldOut),
        "nothing else is to do"
    );
    let unwritten = Inputs { usable: 24, held_out: 22, ..good() };
    assert_eq!(line(&said(&unwritten), Measure::HeldOut).work.map(|work| work.count), Some(2));
    let said_of = |inputs: &Inputs| {
        let said = said(inputs);
        let line = line(&said, Measure::HeldOut);
        line.work_told(line.work.unwrap(), &PACE)
    };
    assert!(
        said_of(&unwritten).ends_with("no writing; 6 more once they are usable"),
        "{}",
        said_of(&unwritten)
    );
    assert!(said_of(&Inputs { held_out: 22, ..good() }).ends_with("no writing"), "all of it can be done now");
    stops(Inputs { leaks: Some(1), ..good() }, Measure::Leaks);
    stops(Inputs { agreement: Some((0.66, 200)), ..good() }, Measure::Agreement);
    let unsplit = said(&Inputs { held_out: 0, leaks: None, ..good() });
    assert!(!line(&unsplit, Measure::Leaks).stops() && line(&unsplit, Measure::HeldOut).stops());
    let with_copies = said(&Inputs { duplicates: 7, ..good() });
    assert!(
        line(&with_copies, Measure::Trainable)
            .sentence
            .ends_with("7 more are nearly the same as one of those")
    );
}

#[test]
fn the_cheapest_gate_comes_first_with_hours_and_money() {
    let inputs = Inputs { coverage: covered(478, 600), defects: Counted::new(0, 40), ..good() };
    let said = said(&inputs);
    let next = said.next.unwrap();
    // 19 reviews take 38 minutes, 2 examples 40.
    assert_eq!(said.lines[next.line].measure, Measure::Defects);
    assert!((next.hours - 38.0 / 60.0).abs() < 1e-12 && (next.money - 38.0).abs() < 1e-12);
}

#[test]
fn pairs_have_gates_of_their_own() {
    let good = Pairs {
        pairs: 500,
        contradictions: 0,
        same_again: Counted::new(16, 20),
        longer_wins: Counted::new(300, 500),
        is_tuned: true,
    };
    let advice = |pairs: Pairs| pair_readiness(&pairs, &Thresholds::default()).unwrap().advice;
    assert_eq!(advice(good), PairAdvice::Prefer);
    assert_eq!(advice(Pairs { contradictions: 1, is_tuned: false, ..good }), PairAdvice::FixFirst);
    assert_eq!(advice(Pairs { is_tuned: false, ..good }), PairAdvice::TuneFirst);
    assert_eq!(advice(Pairs { pairs: 499, ..good }), PairAdvice::NotYet);
    assert_eq!(advice(Pairs { same_again: Counted::new(15, 20), ..good }), PairAdvice::NotYet);
    assert_eq!(advice(Pairs { same_again: Counted::default(), ..good }), PairAdvice::NotYet);
    // 66 % win, but up to 70.1 % by chance.
    assert_eq!(advice(Pairs { longer_wins: Counted::new(332, 500), ..good }), PairAdvice::NotYet);
}

#[test]
fn thresholds_are_read_and_nonsense_is_refused() {
    let read: Thresholds = serde_json::from_str(r#"{"fine_tune": 1000, "coverage": 0.9}"#).unwrap();
    assert_eq!(read, Thresholds { fine_tune: 1_000, coverage: 0.9, ..Thresholds::default() });
    assert!(serde_json::from_str::<Thresholds>(r#"{"coverge": 0.9}"#).is_err());
    let again: Thresholds = serde_json::from_str(&serde_json::to_string(&read).unwrap()).unwrap();
    assert_eq!(again, read);
    let refused = |thresholds: Thresholds| readiness(&good(), &thresholds, &PACE).unwrap_err().to_string();
    let usual = Thresholds::default;
    assert_eq!(
        refused(Thresholds { coverage: 80.0, ..usual() }),
        "`coverage` is 80: give a share from 0 to 1"
    );
    assert!(refused(Thresholds { contract: f64::NAN, ..usual() }).starts_with("`contract` is NaN"));
    assert!(refused(Thresholds { defects: 0.0, ..usual() }).contains("which no sample can show"));
    assert!(refused(Thresholds { few_shot: 900, ..usual() }).starts_with("`few_shot` is 900 and more than"));
}

#[test]
fn what_is_short_of_a_threshold_is_never_told_as_reaching_it() {
    let thresholds = Thresholds { coverage: 0.75, ..Thresholds::default() };
    let said = readiness(&Inputs { coverage: covered(416, 555), ..good() }, &thresholds, &PACE).unwrap();
    let line = line(&said, Measure::Coverage);
    assert!(
        line.sentence.starts_with("74.9 % of 555 wanted are there; 75 % are enough"),
        "{}",
        line.sentence
    );
    assert_eq!(line.outcome, Outcome::Short);
}
