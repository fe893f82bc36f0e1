//! What people move from comes with all that was said: who judged, how, of whose responses.

use super::*;
use crate::example::{Author, Ranking, Split, Standing};

/// The examples that records of a format become.
fn read_all(format: &str, records: &[Value]) -> Vec<Example> {
    let mut reader = by_id(format).unwrap().reader(&ReadOptions::default()).unwrap();
    let mut items = Vec::new();
    for record in records {
        items.extend(reader.read(record.clone()).unwrap_or_else(|misfit| panic!("{format}: {misfit}")));
    }
    let finished = reader.finish();
    assert_eq!(finished.misfits, []);
    items.extend(finished.items);
    let (mut facets, mut flags) = (Vec::new(), Vec::new());
    let examples = items.into_iter().filter_map(|item| match item {
        Item::Definitions(definitions) => {
            facets.extend(definitions.facets.into_iter().map(|facet| facet.name));
            flags.extend(definitions.flag_kinds.into_iter().map(|kind| kind.name));
            None
        }
        Item::Example(example) => {
            assert!(
                example.tags.iter().all(|tag| facets.contains(&tag.facet)),
                "{format}: a tag without its facet"
            );
            assert!(
                example.flags.iter().all(|flag| flags.contains(&flag.kind)),
                "{format}: a flag without its kind"
            );
            let ids: Vec<_> = example.responses.iter().map(|response| response.id).collect();
            assert!(
                example.rankings.iter().all(|ranking| ranking.check(&ids).is_ok()),
                "{format}: {example:?}"
            );
            Some(*example)
        }
    });
    examples.collect()
}

/// The one example that a record is, which is recognised by itself.
#[allow(clippy::needless_pass_by_value)] // it reads better where it is called
pub(super) fn told(format: &str, record: Value) -> Example {
    let found = recognise(std::slice::from_ref(&record)).unwrap();
    assert_eq!((found.format.id(), found.certainty.fitting), (format, 1), "{record}");
    let mut examples = read_all(format, &[record]);
    assert_eq!(examples.len(), 1, "{format}");
    examples.remove(0)
}

/// An order in the texts of its responses: tiers with `>` between, ties with `=`, bad ones behind `!`.
fn order(example: &Example, ranking: &Ranking) -> String {
    let text = |id: &crate::example::Uuid| example.response(*id).unwrap().text();
    let tier = |tier: &Vec<_>| tier.iter().map(text).collect::<Vec<_>>().join("=");
    let mut order = ranking.tiers.iter().map(tier).collect::<Vec<_>>().join(">");
    for bad in &ranking.bad {
        order.push('!');
        order.push_str(&text(bad));
    }
    order
}

/// Who ranked, and how.
pub(super) fn ranked(example: &Example) -> Vec<(String, String)> {
    example.rankings.iter().map(|one| (one.annotator.clone(), order(example, one))).collect()
}

pub(super) fn by(annotator: &str, order: &str) -> (String, String) {
    (annotator.to_owned(), order.to_owned())
}

fn turns(messages: &[crate::example::Message]) -> Vec<(&'static str, String)> {
    messages.iter().map(|message| (message.role.as_str(), message.text().into_owned())).collect()
}

pub(super) fn tags(example: &Example) -> Vec<String> {
    example.tags.iter().map(|tag| format!("{}:{}", tag.facet, tag.value)).collect()
}

pub(super) fn authors(example: &Example) -> Vec<Option<Author>> {
    example.responses.iter().map(|response| response.author.clone()).collect()
}

#[allow(clippy::unnecessary_wraps)] // as responses have it
pub(super) fn model(name: &str) -> Option<Author> {
    Some(Author::model(name))
}

/// Ratings as the number of the response, the criterion and the value.
pub(super) fn ratings(example: &Example) -> Vec<(usize, &str, u8)> {
    let place = |id| example.responses.iter().position(|response| response.id == id).unwrap();
    let all = example.rankings.iter().flat_map(|ranking| &ranking.details.ratings);
    all.map(|rating| (place(rating.response), rating.criterion.as_str(), rating.value)).collect()
}

#[test]
fn transcripts_are_turns_up_to_where_they_part() {
    let example = told(
        "hh-rlhf",
        json!({"chosen": "\n\nHuman: Can moss grow on slate?\n\nAssistant: It can.\n\nHuman: How?\n\nAssistant: Slowly, in the damp.",
               "rejected": "\n\nHuman: Can moss grow on slate?\n\nAssistant: It can.\n\nHuman: How?\n\nAssistant: "}),
    );
    assert_eq!(
        turns(&example.prompt.messages),
        [
            ("user", "Can moss grow on slate?".into()),
            ("assistant", "It can.".into()),
            ("user", "How?".into())
        ]
    );
    assert_eq!(ranked(&example), [by("import", "Slowly, in the damp.>")]);

    let earlier = told(
        "hh-rlhf",
        json!({"chosen": "\n\nHuman: a\n\nAssistant: b\n\nHuman: c\n\nAssistant: d",
               "rejected": "\n\nHuman: a\n\nAssistant: x"}),
    );
    assert_eq!(turns(&earlier.prompt.messages), [("user", "a".into())]);
    assert_eq!((earlier.responses[0].messages.len(), earlier.responses[1].messages.len()), (3, 1));

    let prompted =
        told("hh-rlhf", json!({"prompt": "\n\nHuman: a\n\nAssistant:", "chosen": " b", "rejected": " c"}));
    assert_eq!((prompted.prompt.question().as_ref(), ranked(&prompted)), ("a", vec![by("import", "b>c")]));
    // pairs of bare texts stay what they are
    let bare = json!({"prompt": "What did the Human: line say?", "chosen": "a", "rejected": "b"});
    assert_eq!(recognise(&[bare]).unwrap().format.id(), "trl-preference-text");
}

#[test]
fn a_whole_tree_gives_an_example_for_each_answered_prompt() {
    let record = json!({"message_tree_id": "t", "tree_state": "ready_for_export", "prompt": {
        "message_id": "p", "text": "How deep is the quarry?", "role": "prompter", "lang": "en", "deleted": false, "replies": [
            {"message_id": "b", "text": "No idea.", "role": "assistant", "rank": 1, "user_id": "u9", "replies": []},
            {"message_id": "a", "text": "Forty metres.", "role": "assistant", "rank": 0, "synthetic": true, "model_name": "m", "replies": [
                {"message_id": "q", "text": "And wide?", "role": "prompter", "review_result": false, "replies": [
                    {"message_id": "c", "text": "Ninety.", "role": "assistant", "rank": null, "replies": []}]}]},
            {"message_id": "d", "text": "Gone.", "role": "assistant", "rank": 2, "deleted": true, "replies": []},
            {"message_id": "e", "text": "Very.", "role": "assistant", "rank": null, "replies": []}]}});
    assert_eq!(recognise(std::slice::from_ref(&record)).unwrap().format.id(), "oasst-tree");
    let examples = read_all("oasst-tree", &[record]);
    let [first, second] = examples.as_slice() else { panic!("{examples:?}") };
    assert_eq!(ranked(first), [by("open-assistant", "Forty metres.>No idea.")]);
    assert_eq!(authors(first), [Some(Author::person("u9")), model("m"), None, None]);
    assert_eq!((first.flags.len(), first.flags[0].response), (1, Some(first.responses[2].id)));
    assert_eq!((tags(first), first.status), (vec!["language:en".to_owned()], Status::Submitted));
    assert_eq!(second.prompt.messages.len(), 3);
    assert_eq!((second.kind, second.status), (Kind::Sft, Status::Discarded));
    assert_eq!(
        refusal(
            "oasst-tree",
            json!({"prompt": {"text": "x", "role": "prompter", "replies": [{"role": "bot", "text": "y"}]}})
        ),
        "prompt.replies[0].role is “bot”; it should be prompter, assistant or system"
    );
}

#[test]
fn ranks_of_flat_messages_may_be_written_with_a_point() {
    let message = |id: &str, parent: Value, role: &str, rank: Value| json!({"message_id": id, "parent_id": parent, "role": role, "text": id, "rank": rank});
    let examples = read_all(
        "message-tree",
        &[
            message("q", Value::Null, "prompter", Value::Null),
            message("a", json!("q"), "assistant", json!(1.0)),
            message("b", json!("q"), "assistant", json!(0.0)),
            message("c", json!("q"), "assistant", Value::Null),
        ],
    );
    assert_eq!(ranked(&examples[0]), [by("import", "b>a")]);
}

#[test]
fn scores_of_completions_are_an_order_and_ratings() {
    let completion = |name: &str, marks: [&str; 2], overall: f64| {
        json!({"model": name, "response": format!("by {name}"), "custom_system_prompt": "s", "overall_score": overall, "critique": "c",
               "annotations": {"helpfulness": {"Rating": marks[0]}, "honesty": {"Rating": marks[1], "Rationale": "r"}}})
    };
    let record = |completions: Value| json!({"source": "own", "instruction": "Name a knot.", "completions": completions});
    // a 1 that became a 10 must not win
    let example = told(
        "ultrafeedback",
        record(json!([
            completion("m1", ["1", "1"], 10.0),
            completion("m2", ["4", "N/A"], 8.0),
            completion("m3", ["5", "3"], 7.5)
        ])),
    );
    assert_eq!(ranked(&example), [by("ultrafeedback", "by m2=by m3>by m1")]);
    assert_eq!(authors(&example), [model("m1"), model("m2"), model("m3")]);
    assert_eq!(ratings(&example)[..3], [(0, "helpfulness", 1), (0, "honesty", 1), (1, "helpfulness", 4)]);
    assert_eq!(example.responses[1].metadata.get("critique"), Some(&json!("c")));
    let unrated = record(
        json!([{"model": "m1", "response": "a", "overall_score": 2.0}, {"model": "m2", "response": "b", "overall_score": "6"}]),
    );
    assert_eq!(ranked(&told("ultrafeedback", unrated)), [by("ultrafeedback", "b>a")]);
    assert_eq!(
        refusal("ultrafeedback", json!({"instruction": "x", "completions": [{"response": 1}]})),
        "completions[0].response is a number, not text"
    );
}

#[test]
fn a_scored_pair_keeps_its_scores() {
    let conversation =
        |answer: &str| json!([{"role": "user", "content": "q"}, {"role": "assistant", "content": answer}]);
    let example = told(
        "scored-pair",
        json!({"prompt": "q", "prompt_id": "1", "chosen": conversation("a"), "rejected": conversation("b"),
               "messages": conversation("a"), "score_chosen": 9.0, "score_rejected": 2.5}),
    );
    assert_eq!(
        (turns(&example.prompt.messages), ranked(&example)),
        (vec![("user", "q".into())], vec![by("import", "a>b")])
    );
    assert_eq!(ratings(&example), [(0, "score", 9)]);
    assert_eq!(
        example.metadata.0.keys().collect::<Vec<_>>(),
        ["prompt_id", "score_chosen", "score_rejected"]
    );
    let capybara = told(
        "scored-pair",
        json!({"source": "own", "conversation": [{"input": "q", "output": "a"}], "chosen": conversation("a"), "rejected": conversation("b"),
               "rating_chosen": 5.0, "rating_rejected": 1.0, "chosen_model": "m1", "rejected_model": "m2"}),
    );
    assert_eq!(
        (ratings(&capybara), authors(&capybara)),
        (vec![(0, "score", 5), (1, "score", 1)], vec![model("m1"), model("m2")])
    );
}

#[test]
fn rated_rows_of_one_prompt_are_one_example() {
    let row = |prompt: &str, response: &str, points: i64| json!({"prompt": prompt, "response": response, "helpfulness": points, "correctness": 4, "coherence": 4, "complexity": 0, "verbosity": 1});
    let rows = [
        row("first", "a", 1),
        row("first", "b", 3),
        row("one<extra_id_1>not a turn", "c", 2),
        row("Hi\n<extra_id_1>Assistant\nHo\n<extra_id_1>User\nWhy?\n", "d", 4),
        row("Hi\n<extra_id_1>Assistant\nHo\n<extra_id_1>User\nWhy?\n", "e", 4),
    ];
    assert_eq!(recognise(&rows).unwrap().format.id(), "helpsteer");
    let examples = read_all("helpsteer", &rows);
    assert_eq!(
        examples.iter().map(ranked).collect::<Vec<_>>(),
        [[by("helpsteer", "b>a")], [by("helpsteer", "c")], [by("helpsteer", "d=e")]]
    );
    assert_eq!(ratings(&examples[0])[..2], [(0, "helpfulness", 2), (0, "correctness", 5)]);
    assert_eq!((examples[1].kind, examples[1].status), (Kind::Sft, Status::Submitted));
    assert_eq!(
        turns(&examples[2].prompt.messages),
        [("user", "Hi".into()), ("assistant", "Ho".into()), ("user", "Why?".into())]
    );
    assert_eq!(
        refusal("helpsteer", json!({"prompt": "x", "response": "y", "helpfulness": 7})),
        "helpfulness is 7; it should be a number from 0 to 4"
    );
}

#[test]
fn a_strength_below_zero_prefers_the_first() {
    let judged = |strength: i64| {
        told(
            "helpsteer-preference",
            json!({"prompt": "q", "response_1": "a", "response_2": "b", "preference_strength": strength,
                                            "preference_statement": "It says why."}),
        )
    };
    let said =
        |strength| (ranked(&judged(strength)).remove(0).1, judged(strength).rankings[0].details.strength);
    assert_eq!(said(-3), ("a>b".into(), Some(4)));
    assert_eq!(said(1), ("b>a".into(), Some(2)));
    assert_eq!(said(0), ("a=b".into(), None));
    assert_eq!(judged(1).note, "It says why.");
    let newer = told(
        "helpsteer-preference",
        json!({"domain": "code", "language": "rust", "context": [{"role": "user", "content": "q"}], "response1": "a", "response2": "b",
               "overall_preference": -1, "individual_preference": [{"score": -2, "reasoning": "shorter"}, {"score": 1}]}),
    );
    assert_eq!(ranked(&newer), [by("annotator 1", "a>b"), by("annotator 2", "b>a"), by("helpsteer", "a>b")]);
    assert_eq!(newer.rankings[2].details.standing, Standing::Final);
    assert_eq!(
        (tags(&newer), newer.note.as_str()),
        (vec!["domain:code".into(), "language:rust".into()], "shorter")
    );
    assert_eq!(
        refusal(
            "helpsteer-preference",
            json!({"prompt": "q", "response_1": "a", "response_2": "b", "preference_strength": -100})
        ),
        "preference_strength is -100; it should be a whole number from -3 to 3"
    );
}

#[test]
fn public_pairs_come_with_their_winner() {
    let nectar = told(
        "nectar",
        json!({"prompt": "\n\nHuman: q\n\nAssistant: ", "answers": [
            {"answer": " b", "model": "m2", "rank": 2.0}, {"answer": "a", "model": "m1", "rank": 1.0}]}),
    );
    assert_eq!((nectar.prompt.question().as_ref(), ranked(&nectar)), ("q", vec![by("nectar", "a>b")]));
    assert_eq!(authors(&nectar), [model("m2"), model("m1")]);

    let shp = |label: Value| json!({"history": "q", "human_ref_A": "a", "human_ref_B": "b", "labels": label, "score_A": 4, "score_B": 40});
    assert_eq!(ranked(&told("shp", shp(json!(1)))), [by("reddit", "a>b")]);
    assert_eq!(ranked(&told("shp", shp(json!(0)))), [by("reddit", "b>a")]);
    assert_eq!(told("shp", shp(json!(0))).responses[1].metadata.get("score"), Some(&json!(40)));
    assert_eq!(refusal("shp", shp(json!(2))), "labels is 2; it should be 1 (A is better) or 0 (B is)");

    let tldr = told(
        "tldr-comparisons",
        json!({"info": {"id": "x", "post": "Long.", "title": "T", "subreddit": "s"}, "choice": 1, "worker": "w7", "split": "valid1",
               "summaries": [{"text": " A", "policy": "sup1", "note": null}, {"text": " B", "policy": "ref", "note": "apt"}]}),
    );
    assert_eq!(tldr.prompt.question(), "SUBREDDIT: r/s\n\nTITLE: T\n\nPOST: Long.\n\nTL;DR:");
    assert_eq!(
        (ranked(&tldr), tldr.split, tldr.note.as_str()),
        (vec![by("w7", "B>A")], Some(Split::Validation), "2: apt")
    );
    assert_eq!(authors(&tldr), [model("sup1"), Some(Author::person("ref"))]);
}

#[test]
fn a_battle_may_be_won_tied_or_lost_by_both() {
    let said =
        |answer: &str| json!([{"role": "user", "content": "q"}, {"role": "assistant", "content": answer}]);
    let battle = |winner: &str| {
        json!({"model_a": "m1", "model_b": "m2", "winner": winner, "judge": "j", "conversation_a": said("a"), "conversation_b": said("b"),
               "turn": 1, "language": "English"})
    };
    for (winner, order) in [("model_a", "a>b"), ("model_b", "b>a"), ("tie", "a=b"), ("tie (bothbad)", "!a!b")]
    {
        assert_eq!(ranked(&told("arena", battle(winner))), [by("j", order)], "{winner}");
    }
    assert_eq!(tags(&told("arena", battle("tie"))), ["language:English"]);
    assert_eq!(
        refusal("arena", battle("nobody")),
        "winner is “nobody”; it should be model_a, model_b, tie or tie (bothbad)"
    );
    // MT-bench has both turns in the record of the first
    let mut bench = battle("model_a");
    for name in ["conversation_a", "conversation_b"] {
        let more = [json!({"role": "user", "content": "and?"}), json!({"role": "assistant", "content": "z"})];
        bench[name].as_array_mut().unwrap().extend(more);
    }
    bench["judge"] = json!(["gpt-4", "pair-v2"]);
    assert_eq!(ranked(&told("arena", bench)), [by("gpt-4", "a>b")]);

    let table = json!({"id": "1", "model_a": "m1", "model_b": "m2", "prompt": "[\"q\",\"and?\"]", "response_a": "[\"a\",\"c\"]",
                       "response_b": "[\"b\",null]", "winner_model_a": "0", "winner_model_b": "1", "winner_tie": "0"});
    let example = told("arena", table);
    assert_eq!((authors(&example), example.responses[1].messages.len()), (vec![model("m1"), model("m2")], 3));
    assert_eq!(example.best_response().unwrap().id, example.responses[1].id);
}

#[test]
fn conversations_and_instructions_of_public_sets() {
    let capybara = told(
        "capybara",
        json!({"source": "own", "conversation": [{"input": "a", "output": "b"}, {"input": "c", "output": "d"}]}),
    );
    assert_eq!((capybara.prompt.messages.len(), capybara.responses[0].text().as_str()), (3, "d"));
    let dolly = told(
        "dolly",
        json!({"instruction": "Sum it up.", "context": "A long text.", "response": "Short.", "category": "summarization"}),
    );
    assert_eq!(
        (turns(&dolly.prompt.messages), tags(&dolly)),
        (vec![("user", "Sum it up.\n\nA long text.".into())], vec!["category:summarization".into()])
    );

    let seed = json!({"id": "s", "instruction": "Sort.", "instances": [{"input": "b a", "output": "a b"}, {"input": "", "output": "-"}]});
    assert_eq!(recognise(std::slice::from_ref(&seed)).unwrap().format.id(), "seed-tasks");
    let seeds = read_all("seed-tasks", &[seed]);
    assert_eq!(
        seeds.iter().map(|one| one.prompt.question().into_owned()).collect::<Vec<_>>(),
        ["Sort.\n\nb a", "Sort."]
    );

    let squad = json!({"version": "2", "data": [{"title": "T", "paragraphs": [{"context": "It is red.", "qas": [
        {"id": "1", "question": "Which colour?", "answers": [{"text": "red", "answer_start": 6}, {"text": "Red", "answer_start": 6}]},
        {"id": "2", "question": "How tall?", "answers": [], "is_impossible": true}]}]}]});
    let squad = read_all("squad", &[squad]);
    assert_eq!(
        (squad[0].prompt.question().as_ref(), squad[0].responses[0].text().as_str()),
        ("It is red.\n\nWhich colour?", "red")
    );
    assert_eq!((squad[0].metadata.get("title"), squad[1].status), (Some(&json!("T")), Status::Pending));
    assert_eq!(
        refusal("squad", json!({"data": [{"paragraphs": [{"context": "c", "qas": [{"question": 1}]}]}]})),
        "data[0].paragraphs[0].qas[0].question is a number, not text"
    );
}

#[test]
fn answers_to_the_same_prompt_are_joined() {
    let answer = |prompt: &str, model: &str| json!({"instruction": prompt, "output": format!("{prompt} by {model}"), "generator": model, "dataset": "d"});
    let records = [answer("p", "m1"), answer("q", "m1"), answer("p", "m2")];
    assert_eq!(recognise(&records).unwrap().format.id(), "answers");
    let examples = read_all("answers", &records);
    assert_eq!(
        examples.iter().map(|one| (one.kind, one.status)).collect::<Vec<_>>(),
        [(Kind::Preference, Status::Pending), (Kind::Sft, Status::Submitted)]
    );
    assert_eq!(authors(&examples[0]), [model("m1"), model("m2")]);
    assert_eq!(
        (examples[0].metadata.get("dataset"), examples[0].responses[1].metadata.is_empty()),
        (Some(&json!("d")), true)
    );
    assert_eq!(refusal("answers", json!({"instruction": "p", "generator": "m"})), "output is missing");
}
