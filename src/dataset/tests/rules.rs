//! What is promised of rules: what they propose is no tag until a person takes it, and all of it is undone
//! like anything else.

use super::steps::{dataset, definitions};
use super::{no_differences, snapshot};
use crate::dataset::{Dataset, FacetChange, ImportOptions, Proposal, Selection, Standings, Verb};
use crate::example::Message;
use crate::example::{Author, Condition, Example, Kind, Place, Prompt, Response, Role, Status, Tag, TagRule};
use crate::query::Filter;

fn words(words: &[&str]) -> Condition {
    Condition { words: words.iter().map(|word| (*word).to_owned()).collect(), ..Condition::default() }
}

fn filtered(filter: &str) -> Condition {
    Condition { filter: Some(filter.to_owned()), ..Condition::default() }
}

fn rule(name: &str, facet: &str, value: &str, condition: Condition) -> TagRule {
    TagRule { name: name.to_owned(), tag: Tag::new(facet, value), condition }
}

fn put(dataset: &mut Dataset, rule: TagRule) {
    dataset.perform(&Verb::PutRule { was: None, rule: Box::new(rule) }).unwrap();
    dataset.propose_all(&mut |_| true).unwrap();
}

fn ask(dataset: &mut Dataset, question: &str, tags: &[Tag]) {
    let mut example = Example::new(Kind::Sft, Prompt::user(question));
    example.tags = tags.to_vec();
    dataset.perform(&Verb::Create(Box::new(example))).unwrap();
}

fn refund() -> Tag {
    Tag::new("intent", "refund")
}

/// 1 and 4 speak of refunds; 2 does, and is a cancellation; 3 does not.
fn asked(folder: &std::path::Path) -> Dataset {
    let mut dataset = dataset(folder);
    ask(&mut dataset, "Where is my refund?", &[]);
    ask(&mut dataset, "No REFUND, stop it", &[Tag::new("intent", "cancel")]);
    ask(&mut dataset, "What do you refunded?", &[]);
    ask(&mut dataset, "My refund. The fees!", &[]);
    dataset
}

fn standings(dataset: &Dataset, name: &str) -> Standings {
    let counts = dataset.reader().unwrap().rule_counts().unwrap();
    counts.into_iter().find(|count| count.rule.name == name).unwrap().standings
}

fn open(dataset: &Dataset, filter: &str) -> Vec<i64> {
    let reader = dataset.reader().unwrap();
    reader.all_ids(&reader.filter(filter).unwrap()).unwrap()
}

fn all() -> Selection {
    Selection::Matching(Filter::everything())
}

#[test]
fn a_proposal_is_open_where_nothing_speaks_against_it_and_is_never_a_tag() {
    let folder = tempfile::tempdir().unwrap();
    let mut dataset = asked(folder.path());
    put(&mut dataset, rule("money", "intent", "refund", words(&["refund"])));
    assert_eq!(standings(&dataset, "money"), Standings { open: 2, other: 1, ..Standings::default() });
    let reader = dataset.reader().unwrap();
    let proposal = Proposal { tag: refund(), several: false, rule: "money".to_owned() };
    assert_eq!(reader.proposals_of(1).unwrap(), [proposal]);
    assert_eq!((reader.proposals_of(2).unwrap(), reader.proposals_of(3).unwrap()), (vec![], vec![]));
    // Not counted, not carried along.
    assert!(reader.counts().unwrap().facets[0].values[0].by_status.iter().all(|(_, n)| *n == 0));
    assert_eq!(reader.example(1).unwrap().unwrap().tags, []);
    for filter in
        ["proposed:*", "proposed:intent", "proposed:refund", "proposed:intent:refund", "proposed:money"]
    {
        assert_eq!(open(&dataset, filter), [1, 4], "{filter}");
    }
    assert_eq!(open(&dataset, "proposed:none"), [2, 3]);
    assert_eq!(open(&dataset, "-proposed:* refund"), [2, 3]);
    assert!(reader.filter("proposed:refnud").unwrap_err().to_string().contains("refund"));
    no_differences(&dataset);
}

#[test]
fn what_is_taken_is_one_action_and_one_undo_byte_for_byte() {
    let folder = tempfile::tempdir().unwrap();
    let mut dataset = asked(folder.path());
    put(&mut dataset, rule("money", "intent", "refund", words(&["refund"])));
    let before = snapshot(&dataset.connection);
    let take = Verb::TakeProposed { on: all(), rule: Some("money".to_owned()) };
    let done = dataset.perform(&take).unwrap();
    assert_eq!(
        (done.examples, done.sentence.as_str()),
        (2, "took what the rule money proposes for 2 examples")
    );
    assert_eq!(standings(&dataset, "money"), Standings { carried: 2, other: 1, ..Standings::default() });
    assert_eq!(dataset.reader().unwrap().example(1).unwrap().unwrap().tags, [refund()]);
    let nothing = dataset.perform(&take).unwrap();
    assert_eq!((nothing.action, nothing.sentence.contains("nothing")), (None, true));
    dataset.perform(&Verb::Undo).unwrap();
    assert_eq!(snapshot(&dataset.connection), before);
    assert_eq!(open(&dataset, "proposed:*"), [1, 4]);
    no_differences(&dataset);
}

#[test]
fn what_is_declined_is_proposed_no_more_by_any_rule_until_that_is_undone() {
    let folder = tempfile::tempdir().unwrap();
    let mut dataset = asked(folder.path());
    put(&mut dataset, rule("money", "intent", "refund", words(&["refund"])));
    let before = snapshot(&dataset.connection);
    let decline = Verb::DeclineProposed { on: Selection::One(1), rule: None };
    assert_eq!(dataset.perform(&decline).unwrap().sentence, "declined what rules propose for #1");
    put(&mut dataset, rule("other", "intent", "refund", words(&["where"])));
    assert_eq!(open(&dataset, "proposed:*"), [4]);
    assert_eq!(standings(&dataset, "money").declined, 1);
    assert_eq!(standings(&dataset, "other"), Standings { declined: 1, ..Standings::default() });
    dataset.perform(&Verb::Undo).unwrap();
    dataset.perform(&Verb::Undo).unwrap();
    assert_eq!(snapshot(&dataset.connection), before);
    assert_eq!(open(&dataset, "proposed:*"), [1, 4]);
    no_differences(&dataset);
}

#[test]
fn where_rules_differ_on_a_facet_that_takes_one_none_is_taken_unless_it_is_named() {
    let folder = tempfile::tempdir().unwrap();
    let mut dataset = asked(folder.path());
    put(&mut dataset, rule("money", "intent", "refund", words(&["refund"])));
    put(&mut dataset, rule("leaving", "intent", "cancel", words(&["where"])));
    put(&mut dataset, rule("costs", "topic", "fees", words(&["fees", "where"])));
    put(&mut dataset, rule("place", "topic", "places", words(&["where"])));
    let done = dataset.perform(&Verb::TakeProposed { on: all(), rule: None }).unwrap();
    assert!(done.sentence.ends_with("; rules differ on 1 tag, which were left"), "{}", done.sentence);
    let reader = dataset.reader().unwrap();
    let tags = |id| reader.example(id).unwrap().unwrap().tags;
    assert_eq!(tags(1), [Tag::new("topic", "fees"), Tag::new("topic", "places")]);
    assert_eq!(tags(4), [refund(), Tag::new("topic", "fees")]);
    dataset.perform(&Verb::TakeProposed { on: all(), rule: Some("leaving".to_owned()) }).unwrap();
    assert!(tags(1).contains(&Tag::new("intent", "cancel")));
    no_differences(&dataset);
}

#[test]
fn proposals_follow_texts_tags_statuses_and_rankings_within_the_verb() {
    let folder = tempfile::tempdir().unwrap();
    let mut dataset = asked(folder.path());
    put(&mut dataset, rule("money", "intent", "refund", words(&["refund"])));
    put(&mut dataset, rule("drafts", "topic", "fees", filtered("status:draft -intent:cancel")));
    put(&mut dataset, rule("ranked", "topic", "ranked", filtered("outcome:single")));
    let said = Condition { place: Place::Response, ..words(&["sorry"]) };
    put(&mut dataset, rule("sorry", "topic", "sorry", said));
    let write = Verb::Write {
        example: 3,
        prompt: Some(Prompt::user("A refund, then")),
        responses: Vec::new(),
        note: None,
        status: Some(Status::Draft),
    };
    dataset.perform(&write).unwrap();
    assert_eq!(open(&dataset, "proposed:refund"), [1, 3, 4]);
    assert_eq!(open(&dataset, "proposed:drafts"), [3]);
    dataset.perform(&Verb::AddTag { on: Selection::One(3), tag: Tag::new("intent", "cancel") }).unwrap();
    assert_eq!(open(&dataset, "proposed:drafts"), [0; 0]);
    let mut pair = Example::new(Kind::Preference, Prompt::user("Which?"));
    pair.responses = ["I am Sorry.", "No."].map(|text| Response::new(None, text)).to_vec();
    let ids: Vec<_> = pair.responses.iter().map(|response| response.id).collect();
    dataset.perform(&Verb::Create(Box::new(pair))).unwrap();
    assert_eq!(open(&dataset, "proposed:sorry"), [5]);
    let rank = Verb::Rank {
        example: 5,
        tiers: ids.iter().map(|id| vec![*id]).collect(),
        bad: Vec::new(),
        presented: ids.clone(),
        details: Box::default(),
        submit: false,
    };
    dataset.perform(&rank).unwrap();
    assert_eq!(open(&dataset, "proposed:ranked"), [5]);
    dataset.perform(&Verb::WithdrawRanking { example: 5 }).unwrap();
    assert_eq!(open(&dataset, "proposed:ranked"), [0; 0]);
    dataset.perform(&Verb::RemoveResponse { example: 5, response: ids[0] }).unwrap();
    assert_eq!(open(&dataset, "proposed:sorry"), [0; 0]);
    no_differences(&dataset);
}

#[test]
fn an_import_is_looked_at_behind_it_and_its_undo_takes_everything_along() {
    let folder = tempfile::tempdir().unwrap();
    let mut dataset = dataset(folder.path());
    put(&mut dataset, rule("money", "intent", "refund", words(&["refund"])));
    put(&mut dataset, rule("both", "topic", "both", filtered("refund kind:sft")));
    let before = snapshot(&dataset.connection);
    let line = |n: usize| {
        let asked = if n.is_multiple_of(3) { "A refund" } else { "A question" };
        format!("{{\"prompt\": \"{asked} {n}\", \"completion\": \"Yes.\"}}")
    };
    let lines = (0..300).map(line).collect::<Vec<_>>().join("\n");
    let file = folder.path().join("in.jsonl");
    std::fs::write(&file, lines).unwrap();
    dataset.import(&[file], &ImportOptions::default(), &mut |_| Ok(()), &mut |_| true).unwrap();
    assert_eq!(dataset.reader().unwrap().rules_pending().unwrap(), 300);
    no_differences(&dataset);
    dataset.index_all(&mut |_| true).unwrap();
    assert_eq!(dataset.reader().unwrap().rules_pending().unwrap(), 0);
    assert_eq!((open(&dataset, "proposed:refund").len(), open(&dataset, "proposed:both").len()), (100, 100));
    no_differences(&dataset);
    dataset.perform(&Verb::Undo).unwrap();
    assert_eq!(snapshot(&dataset.connection), before);
    assert_eq!(standings(&dataset, "money"), Standings::default());
    no_differences(&dataset);
}

#[test]
fn a_changed_rule_looks_at_all_again_in_small_portions() {
    let folder = tempfile::tempdir().unwrap();
    let mut dataset = dataset(folder.path());
    for n in 0..150 {
        ask(&mut dataset, &format!("Question {n}"), &[]);
    }
    put(
        &mut dataset,
        rule(
            "ends in 7",
            "topic",
            "seven",
            Condition { pattern: Some("7$".to_owned()), ..Condition::default() },
        ),
    );
    assert_eq!(standings(&dataset, "ends in 7").open, 15);
    let changed = rule(
        "ends in 7 or 8",
        "topic",
        "seven",
        Condition { pattern: Some("[78]$".to_owned()), ..Condition::default() },
    );
    let verb = Verb::PutRule { was: Some("ends in 7".to_owned()), rule: Box::new(changed) };
    dataset.perform(&verb).unwrap();
    no_differences(&dataset);
    let mut portions = 0;
    while dataset.propose_some().unwrap() {
        portions += 1;
        no_differences(&dataset);
    }
    assert!(portions < 20);
    assert_eq!(dataset.reader().unwrap().rules_pending().unwrap(), 0);
    assert_eq!(standings(&dataset, "ends in 7 or 8").open, 30);
    dataset.perform(&Verb::Undo).unwrap();
    dataset.propose_all(&mut |_| true).unwrap();
    assert_eq!(standings(&dataset, "ends in 7").open, 15);
}

#[test]
fn names_follow_and_values_that_go_take_their_rules_along() {
    let folder = tempfile::tempdir().unwrap();
    let mut dataset = asked(folder.path());
    put(&mut dataset, rule("money", "intent", "refund", words(&["refund"])));
    put(&mut dataset, rule("asks", "topic", "fees", filtered("intent:refund,cancel is:blank")));
    dataset.perform(&Verb::DeclineProposed { on: Selection::One(1), rule: None }).unwrap();
    let start = snapshot(&dataset.connection);
    let change = |dataset: &mut Dataset, change| dataset.perform(&Verb::ChangeFacets(change));
    let filter = |dataset: &Dataset| {
        let rules = dataset.reader().unwrap().rules().unwrap();
        rules[1].condition.filter.clone().unwrap()
    };
    change(&mut dataset, FacetChange::RenameValue { value: refund(), to: "money back".to_owned() }).unwrap();
    change(&mut dataset, FacetChange::Rename { facet: "intent".to_owned(), to: "aim".to_owned() }).unwrap();
    let rules = dataset.reader().unwrap().rules().unwrap();
    assert_eq!(rules[0].tag, Tag::new("aim", "money back"));
    assert_eq!(filter(&dataset), "aim:\"money back\",cancel is:blank");
    assert_eq!(open(&dataset, "proposed:\"money back\""), [4]);
    let merge = FacetChange::MergeValues {
        facet: "aim".to_owned(),
        values: vec!["money back".to_owned()],
        into: "cancel".to_owned(),
    };
    change(&mut dataset, merge).unwrap();
    assert_eq!(filter(&dataset), "aim:cancel is:blank");
    assert_eq!(standings(&dataset, "money"), Standings { open: 1, carried: 1, declined: 1, other: 0 });
    let refused = change(&mut dataset, FacetChange::RemoveValue(Tag::new("aim", "cancel"))).unwrap_err();
    assert!(refused.to_string().contains("the rule asks asks for aim:cancel"), "{refused}");
    dataset.perform(&Verb::RemoveRule("asks".to_owned())).unwrap();
    let done = change(&mut dataset, FacetChange::RemoveValue(Tag::new("aim", "cancel"))).unwrap();
    assert_eq!(done.sentence, "removed aim:cancel, which 1 example carried, with 1 rule");
    assert_eq!(dataset.reader().unwrap().rules().unwrap(), []);
    no_differences(&dataset);
    for _ in 0..5 {
        dataset.perform(&Verb::Undo).unwrap();
    }
    assert_eq!(snapshot(&dataset.connection), start);
    dataset.index_all(&mut |_| true).unwrap();
    assert_eq!(open(&dataset, "proposed:refund"), [4]);
    no_differences(&dataset);
}

#[test]
fn what_can_not_be_used_is_refused_with_place_and_reason_and_changes_nothing() {
    let folder = tempfile::tempdir().unwrap();
    let mut dataset = asked(folder.path());
    put(&mut dataset, rule("money", "intent", "refund", words(&["refund"])));
    let before = snapshot(&dataset.connection);
    let mut refused = |was: Option<&str>, wanted: TagRule| {
        let verb = Verb::PutRule { was: was.map(str::to_owned), rule: Box::new(wanted) };
        dataset.perform(&verb).unwrap_err().to_string()
    };
    let pattern = Condition { pattern: Some("a(b".to_owned()), ..Condition::default() };
    assert_eq!(
        refused(None, rule("x", "intent", "refund", pattern)),
        "the rule “x” can't be used: its pattern is no regular expression: unclosed group, at character 2"
    );
    let said = refused(None, rule("x", "intent", "refund", filtered("is:blank statsu:draft")));
    assert!(said.contains("at character 10") && said.contains("status"), "{said}");
    assert!(
        refused(None, rule("x", "intent", "refund", filtered("proposed:*"))).contains("no rule can wait")
    );
    assert!(refused(None, rule("x", "intent", "refund", filtered("*"))).contains("everything"));
    assert!(refused(None, rule("x", "intent", "refund", Condition::default())).contains("asks for nothing"));
    assert!(refused(None, rule(" x", "intent", "refund", words(&["a"]))).contains("blanks"));
    assert!(refused(None, rule("x", "intent", "nothing", words(&["a"]))).contains("closed"));
    assert!(refused(None, rule("x", "tone", "warm", words(&["a"]))).contains("no facet"));
    assert!(refused(Some("y"), rule("x", "intent", "refund", words(&["a"]))).contains('y'));
    assert_eq!(snapshot(&dataset.connection), before);
    put(&mut dataset, rule("other", "intent", "cancel", words(&["a"])));
    let verb = Verb::PutRule {
        was: Some("other".to_owned()),
        rule: Box::new(rule("money", "intent", "cancel", words(&["a"]))),
    };
    assert!(dataset.perform(&verb).unwrap_err().to_string().contains("already"));
}

#[test]
fn a_rule_whose_filter_names_what_is_gone_holds_nowhere_and_says_why() {
    let folder = tempfile::tempdir().unwrap();
    let mut ana = asked(folder.path());
    let add = FacetChange::Add { facet: "tone".to_owned(), several: false, open: true, required: false };
    ana.perform(&Verb::ChangeFacets(add)).unwrap();
    let mut ben = Dataset::open(ana.path(), "ben").unwrap();
    put(&mut ben, rule("toneless", "topic", "fees", filtered("tone:none")));
    assert_eq!(standings(&ben, "toneless").open, 4);
    ana.perform(&Verb::Undo).unwrap();
    let counts = ana.reader().unwrap().rule_counts().unwrap();
    assert!(counts[0].broken.as_ref().is_some_and(|why| why.contains("tone")), "{counts:?}");
}

#[test]
fn a_trial_tells_what_the_rule_would_and_keeps_nothing() {
    let folder = tempfile::tempdir().unwrap();
    let mut dataset = asked(folder.path());
    dataset.perform(&Verb::AddTag { on: Selection::One(4), tag: refund() }).unwrap();
    dataset.perform(&Verb::DeclineTags { example: 1, tags: vec![refund()] }).unwrap();
    let reader = dataset.reader().unwrap();
    let wanted = rule("money", "intent", "refund", words(&["refund", "refunded"]));
    let tried = reader.try_rule(&wanted, 5, &mut |_| true).unwrap();
    assert_eq!(tried.standings, Standings { open: 1, carried: 1, other: 1, declined: 1 });
    assert_eq!((tried.first, tried.standings.holds()), (vec![3], 4));
    let new_value = rule("new", "topic", "never seen", words(&["refund"]));
    assert_eq!(reader.try_rule(&new_value, 2, &mut |_| true).unwrap().first, [1, 2]);
    assert_eq!(reader.rules().unwrap(), []);
    assert!(reader.try_rule(&wanted, 5, &mut |_| false).is_err());
}

#[test]
fn what_is_being_written_is_asked_as_it_is_typed() {
    let folder = tempfile::tempdir().unwrap();
    let mut dataset = asked(folder.path());
    put(&mut dataset, rule("money", "intent", "refund", words(&["refund"])));
    put(&mut dataset, rule("blank", "topic", "fees", filtered("is:blank")));
    dataset.perform(&Verb::DeclineTags { example: 4, tags: vec![refund()] }).unwrap();
    let reader = dataset.reader().unwrap();
    let rules = reader.ready_rules(&reader.rules().unwrap()).unwrap();
    let mut typed = Example::new(Kind::Sft, Prompt::user("A refund"));
    typed.responses =
        vec![Response::of(Some(Author::person("ana")), vec![Message::new(Role::Assistant, "Yes")])];
    let proposed = |id, example: &Example| -> Vec<String> {
        let proposals = reader.proposals_for(&rules, id, example).unwrap();
        proposals.into_iter().map(|proposal| proposal.rule).collect()
    };
    assert_eq!(proposed(None, &typed), ["money"]);
    assert_eq!(proposed(Some(3), &typed), ["money", "blank"]);
    assert_eq!(proposed(Some(4), &typed), ["blank"]);
    typed.tags = vec![Tag::new("intent", "cancel"), Tag::new("topic", "other")];
    assert_eq!(proposed(Some(3), &typed), ["blank"]);
    typed.tags.push(Tag::new("topic", "fees"));
    assert_eq!(proposed(Some(3), &typed), [""; 0]);
}

#[test]
fn rules_travel_with_the_definitions() {
    let folder = tempfile::tempdir().unwrap();
    let mut dataset = asked(folder.path());
    put(&mut dataset, rule("money", "intent", "refund", words(&["refund"])));
    put(&mut dataset, rule("asks", "topic", "fees", filtered("intent:refund")));
    let defined = dataset.reader().unwrap().definitions().unwrap();
    let copy = Dataset::create(&folder.path().join("copy.goldset"), "ben", &defined).unwrap();
    assert_eq!(copy.reader().unwrap().definitions().unwrap().rules, defined.rules);
    assert_eq!(definitions().rules, []);
}
