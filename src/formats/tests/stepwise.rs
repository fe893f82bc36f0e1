//! Responses whose steps were judged: where they come from, and where they go.

use super::golden::same;
use super::*;
use crate::example::{Message, Role};

#[test]
fn steps_are_lines_of_a_response_and_stay_with_it() {
    let record = json!({"prompt": "How many?", "completions": ["3 times 4 is 12.", "So 13."], "labels": [true, false]});
    same("trl-stepwise", record.clone());
    assert_eq!(write_one("axolotl-stepwise", &read_one("axolotl-stepwise", record.clone())), record);
    let example = read_one("trl-stepwise", record);
    let response = &example.responses[0];
    assert_eq!((example.status, response.text().as_str()), (Status::Submitted, "3 times 4 is 12.\nSo 13."));
    assert_eq!(
        response.metadata.get("steps").unwrap(),
        &json!([{"text": "3 times 4 is 12.", "label": true}, {"text": "So 13.", "label": false}])
    );
    assert_eq!(write("trl-stepwise", &example, None).unwrap().left_out, [""; 0]);
    assert_eq!(write("trl-messages", &example, None).unwrap().left_out, ["extra fields"]);
}

#[test]
fn a_response_without_judged_steps_says_so() {
    let reason = |example: &Example| write("trl-stepwise", example, None).unwrap_err().to_string();
    let mut example = read_one("columns", json!({"prompt": "q", "response": "a"}));
    assert_eq!(reason(&example), "has no steps with labels");
    example.responses[0].metadata.insert("steps", json!([{"text": "a", "label": null}]));
    assert_eq!(reason(&example), "has a step without a label");
    example.responses[0].metadata.insert("steps", json!([{"text": "a", "label": true}]));
    assert!(write("trl-stepwise", &example, None).is_ok());
    example.responses[0].messages = vec![Message::new(Role::Assistant, "b")];
    assert_eq!(reason(&example), "was changed since its steps were judged");
    for (completions, labels, sentence) in [
        (json!(["a", "b"]), json!([true]), "labels has 1 entries for 2 steps; there should be one for each"),
        (json!(["a"]), json!(["yes"]), "labels[0] is text, not true or false"),
        (json!([1]), json!([true]), "completions[0] is a number, not text"),
        (json!([]), json!([]), "completions has no steps: it should be a list with one for each"),
        (json!("a"), json!([true]), "completions is text, not a list with an entry for each step"),
    ] {
        let record = json!({"prompt": "q", "completions": completions, "labels": labels});
        assert_eq!(refusal("trl-stepwise", record), sentence);
    }
}

#[test]
fn prm800k_goes_along_the_steps_that_were_chosen() {
    let one = |text: &str, rating: Value| json!({"text": text, "rating": rating, "flagged": null});
    let step = |completions: Value, human: Value, chosen: Value| json!({"completions": completions, "human_completion": human, "chosen_completion": chosen});
    let record = json!({"labeler": "l", "question": {"problem": "How many?", "ground_truth_answer": "12"}, "label": {"steps": [
        step(json!([one("bad", json!(-1)), one("Let me see.", json!(0))]), Value::Null, json!(1)),
        step(json!([one("wrong", json!(-1))]), json!({"text": "3 times 4 is 12.", "rating": null}), Value::Null),
        step(json!([one("So 13.", json!(-1)), one("So 14.", json!(-1))]), Value::Null, Value::Null)],
        "finish_reason": "found_error"}});
    assert_eq!(recognise(std::slice::from_ref(&record)).unwrap().format.id(), "prm800k");
    let example = read_one("prm800k", record);
    assert_eq!(example.prompt.question(), "How many?");
    assert_eq!(example.responses[0].text(), "Let me see.\n3 times 4 is 12.\nSo 13.");
    assert_eq!(example.metadata.get("question").unwrap(), &json!({"ground_truth_answer": "12"}));
    assert_eq!(example.metadata.get("label").unwrap(), &json!({"finish_reason": "found_error"}));
    let steps = example.responses[0].metadata.get("steps").unwrap();
    assert_eq!(steps[0]["others"], json!([{"text": "bad", "label": -1}]));
    assert_eq!((&steps[1]["label"], &steps[1]["by"]), (&json!(1), &json!("person")));
    let written = write_one("trl-stepwise", &example);
    assert_eq!(written["labels"], json!([false, true, false]));

    let wrong =
        json!({"question": {"problem": "q"}, "label": {"steps": [step(json!([]), Value::Null, json!(3))]}});
    assert_eq!(refusal("prm800k", wrong), "label.steps[0].chosen_completion is 3, which no completion has");
    let none = json!({"question": {"problem": "q"}, "label": {"steps": []}});
    assert_eq!(refusal("prm800k", none), "label.steps has no steps: it should be a list with one for each");
}

#[test]
fn math_shepherd_is_read_by_its_marks() {
    let record = |input: &str, label: &str| json!({"input": input, "label": label, "task": "GSM8K"});
    let whole = record(
        "How many? Step 1: 3 + 4 is 7. ки\nStep 2: So 7 - 1. ки",
        "How many? Step 1: 3 + 4 is 7. +\nStep 2: So 7 - 1. -",
    );
    assert_eq!(recognise(std::slice::from_ref(&whole)).unwrap().format.id(), "math-shepherd");
    let example = read_one("math-shepherd", whole);
    assert_eq!(example.prompt.question(), "How many?");
    let written = write_one("trl-stepwise", &example);
    assert_eq!(written["completions"], json!(["Step 1: 3 + 4 is 7.", "Step 2: So 7 - 1."]));
    assert_eq!(written["labels"], json!([true, false]));
    for (input, label, sentence) in [
        (
            "q Step 1: a ки",
            "q Step 1: b +",
            "label is not what input says with + or - for its mark, from step 1 on",
        ),
        (
            "q Step 1: a ки Step 2: b",
            "q Step 1: a + Step 2: b",
            "input ends with a step that no mark follows, so that it has no label",
        ),
        ("q a ки", "q a +", "input has no “Step 1:” where its question would end"),
        ("q", "q", "input has no step that ends with “ки”"),
    ] {
        assert_eq!(refusal("math-shepherd", record(input, label)), sentence);
    }
    let russian = record("Какие города ки", "big");
    assert!(recognise(&[russian]).map_or("", |found| found.format.id()) != "math-shepherd");
}
