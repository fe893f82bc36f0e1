//! What comes in from tools for labelling, with all that was said in them.

use super::sources::{authors, by, model, ranked, ratings, tags, told};
use super::*;
use crate::example::{Author, Standing};

#[test]
fn argilla_brings_what_each_annotator_said() {
    let example = told(
        "argilla",
        json!({"id": "r", "fields": {"prompt": "q", "response_a": "a", "response_b": "b"}, "metadata": {"source": "own"}, "vectors": {},
               "status": "completed", "_server_id": null, "suggestions": {"better": {"value": "response_b", "score": 0.9, "agent": "m"}},
               "responses": {
                   "better": [{"value": "response_a", "user_id": "u1"}],
                   "order": [{"value": [{"value": "response_b", "rank": 1}, {"value": "response_a", "rank": 1}], "user_id": "u2"}],
                   "rating_response_a": [{"value": 4, "user_id": "u1"}],
                   "topic": [{"value": ["bins", "paper"], "user_id": "u1"}],
                   "comment": [{"value": "It was hard to say.", "user_id": "u2"}]}}),
    );
    assert_eq!(ranked(&example), [by("u1", "a>b"), by("u2", "b=a")]);
    assert_eq!(ratings(&example), [(0, "rating_response_a", 4)]);
    assert_eq!(
        (tags(&example), example.note.as_str()),
        (vec!["topic:bins".into(), "topic:paper".into()], "It was hard to say.")
    );
    assert_eq!(example.status, Status::Submitted);
    assert!(example.metadata.get("suggestions").is_some() && example.metadata.get("source").is_some());

    let first = told(
        "argilla",
        json!({"fields": {"instruction": "q", "output": "a"}, "external_id": "x", "responses": [
            {"user_id": "u1", "status": "submitted", "values": {"corrected": {"value": "A better answer than that one."}, "quality": {"value": 2}}},
            {"user_id": "u2", "status": "discarded", "values": {"quality": {"value": 5}}}], "suggestions": []}),
    );
    assert_eq!(ranked(&first), [by("u1", "A better answer than that one.>a")]);
    assert_eq!(
        (first.responses[1].origin, authors(&first)[1].clone()),
        (Some(first.responses[0].id), Some(Author::person("u1")))
    );
    assert_eq!(ratings(&first), [(0, "quality", 2)]);

    let flat = told(
        "argilla-dataset",
        json!({"id": "r", "status": "pending", "prompt": "q", "response": "a", "quality.responses": [3, 5], "quality.responses.users": ["u1", "u2"],
               "quality.responses.status": ["draft", "submitted"], "quality.suggestion": 1}),
    );
    assert_eq!((ranked(&flat), ratings(&flat)), (vec![by("u2", "a")], vec![(0, "quality", 5)]));
    let set_aside = json!({"fields": {"prompt": "q"}, "responses": {"x": [{"value": null, "user_id": "u", "status": "discarded"}]}, "suggestions": {}});
    assert_eq!(told("argilla", set_aside).status, Status::Discarded);
    assert_eq!(refusal("argilla", json!({"fields": 1})), "fields is a number, not an object of texts");
}

#[test]
fn label_studio_brings_annotations_of_every_kind() {
    let data = json!({"prompt": "q", "answer1": "a", "answer2": "b"});
    let result = |kind: &str, from: &str, to: &str, value: Value| json!({"from_name": from, "to_name": to, "type": kind, "value": value});
    let example = told(
        "label-studio",
        json!({"id": 1, "data": data, "predictions": [], "annotations": [
            {"id": 1, "completed_by": {"id": 3, "email": "ana@own.org"}, "was_cancelled": false, "ground_truth": true, "lead_time": 8.1,
             "result": [result("pairwise", "better", "answer1,answer2", json!({"selected": "right"})),
                        result("rating", "stars", "answer2", json!({"rating": 5})),
                        result("choices", "topic", "prompt", json!({"choices": ["bins"]})),
                        result("textarea", "comment", "prompt", json!({"text": ["clear"]})),
                        result("labels", "spans", "answer1", json!({"start": 0, "end": 1, "labels": ["X"]}))]},
            {"id": 2, "completed_by": 4, "was_cancelled": true, "result": []}]}),
    );
    assert_eq!(ranked(&example), [by("ana@own.org", "b>a")]);
    let details = &example.rankings[0].details;
    assert_eq!((details.standing, details.millis), (Standing::Gold, Some(8_100)));
    assert_eq!((ratings(&example), tags(&example)), (vec![(1, "stars", 5)], vec!["topic:bins".to_owned()]));
    assert!(example.note.starts_with("clear\n") && example.metadata.get("annotations").is_some());
    assert_eq!(example.status, Status::Submitted);

    let items = json!({"prompt": "q", "items": [{"id": "x", "title": "m1", "body": "a"}, {"id": "y", "title": "m2", "body": "b"}, {"id": "z", "title": "m3", "body": "c"}]});
    let order = |ranker: Value| json!({"id": 1, "data": items, "annotations": [{"completed_by": 3, "result": [result("ranker", "r", "items", json!({"ranker": ranker}))]}]});
    assert_eq!(ranked(&told("label-studio", order(json!(["z", "x", "y"])))), [by("3", "c>a>b")]);
    assert_eq!(
        ranked(&told("label-studio", order(json!({"_": ["x"], "rank": ["z", "y"]})))),
        [by("3", "c>b")]
    );
    let cancelled = json!({"data": {"text": "q"}, "completions": [{"completed_by": 3, "was_cancelled": true, "result": []}]});
    assert_eq!(told("label-studio", cancelled).status, Status::Discarded);
    assert_eq!(
        refusal(
            "label-studio",
            json!({"data": {"text": "q", "answer1": "a", "answer2": "b"}, "annotations": [{"result": [result("pairwise", "x", "y", json!({"selected": "up"}))]}]})
        ),
        "annotations[0].result[0].value.selected is \"up\"; it should be left or right"
    );

    let min = told(
        "label-studio-min",
        json!({"prompt": "q", "answer": "a", "id": 1, "quality": "good", "stars": [{"rating": 4}], "annotator": 3, "annotation_id": 11,
               "created_at": "2026-03-01T09:00:00.000000Z", "lead_time": 8.1}),
    );
    assert_eq!(
        (ranked(&min), ratings(&min), tags(&min)),
        (vec![by("3", "a")], vec![(0, "stars", 4)], vec!["quality:good".to_owned()])
    );
}

#[test]
fn doccano_labels_are_categories_or_texts_and_spans_stay() {
    let label = |label: Value| json!({"id": 1, "text": "q", "label": label, "Comments": ["odd"]});
    let categories = told("doccano", label(json!(["waste", "paper"])));
    assert_eq!(
        (categories.responses[0].text().as_str(), tags(&categories), categories.note.as_str()),
        ("waste, paper", vec!["label:waste".into(), "label:paper".into()], "odd")
    );
    let texts = told("doccano", label(json!(["Put it in the general waste."])));
    assert_eq!(
        (texts.responses[0].text().as_str(), tags(&texts), texts.status),
        ("Put it in the general waste.", vec![], Status::Submitted)
    );
    let spans = told("doccano", label(json!([[0, 1, "PLACE"]])));
    assert_eq!(
        (spans.responses.len(), spans.status, spans.metadata.get("label")),
        (0, Status::Pending, Some(&json!([[0, 1, "PLACE"]])))
    );
    assert!(spans.note.contains("Spans"));
    assert_eq!(told("doccano", json!({"text": "q", "labels": []})).status, Status::Pending);
    assert_eq!(
        refusal("doccano", label(json!(["a", true]))),
        "label[1] is true or false, not text or a span"
    );
}

#[test]
fn prodigy_answers_decide_what_becomes_of_a_task() {
    let choice = |answer: &str| {
        json!({"text": "q", "options": [{"id": "a", "text": "The first of the answers."}, {"id": "b", "text": "The second of them."}],
               "accept": ["b"], "answer": answer, "_task_hash": 1, "_annotator_id": "s-ann", "_timestamp": 1_760_000_000})
    };
    let accepted = told("prodigy", choice("accept"));
    assert_eq!(ranked(&accepted), [by("s-ann", "The second of them.>The first of the answers.")]);
    assert_eq!((accepted.status, accepted.rankings[0].at.0), (Status::Submitted, 1_760_000_000_000));
    assert_eq!(told("prodigy", choice("ignore")).status, Status::Discarded);

    let compare = |answer: &str| json!({"input": {"text": "q"}, "accept": {"text": "a"}, "reject": {"text": "b"}, "mapping": {"A": "reject", "B": "accept"}, "answer": answer});
    assert_eq!(ranked(&told("prodigy", compare("accept"))), [by("prodigy", "a>b")]);
    let swapped = told("prodigy", compare("reject"));
    assert_eq!((ranked(&swapped), swapped.status), (vec![by("prodigy", "b>a")], Status::Submitted));
    assert_eq!(swapped.rankings[0].presented, [swapped.responses[1].id, swapped.responses[0].id]);

    let binary = |answer: &str| json!({"text": "q", "label": "SPAM", "answer": answer, "_input_hash": 1});
    let yes = told("prodigy", binary("accept"));
    assert_eq!(
        (yes.responses[0].text().as_str(), tags(&yes), yes.status),
        ("SPAM", vec!["label:SPAM".to_owned()], Status::Submitted)
    );
    let no = told("prodigy", binary("reject"));
    assert_eq!((no.flags[0].kind.as_str(), no.status, tags(&no)), ("wrong", Status::Draft, vec![]));
    assert_eq!(
        refusal("prodigy", json!({"text": "q", "answer": "perhaps"})),
        "answer is “perhaps”; it should be accept, reject or ignore"
    );
}

#[test]
fn kiln_runs_come_with_stars_and_repairs() {
    let output = |text: &str, stars: Value| {
        json!({"output": text, "source": {"type": "synthetic", "properties": {"model_name": "m"}},
        "rating": {"type": "five_star", "value": stars, "requirement_ratings": {"r1": {"value": 2.0, "type": "five_star"}, "r2": {"value": 1.0, "type": "pass_fail"}}}})
    };
    let run = json!({"v": 1, "input": "q", "created_by": "ana", "model_type": "task_run", "output": output("a", json!(3.0)), "tags": ["golden"],
                     "repair_instructions": "Say it shorter.", "repaired_output": {"output": "b", "source": {"type": "human", "properties": {"created_by": "ana"}}}});
    let example = told("kiln", run.clone());
    assert_eq!(
        (ranked(&example), ratings(&example)),
        (vec![by("ana", "b>a")], vec![(0, "overall", 3), (0, "r1", 2)])
    );
    assert_eq!(authors(&example), [model("m"), Some(Author::person("ana"))]);
    assert_eq!(
        (example.note.as_str(), tags(&example), example.responses[1].origin),
        ("Say it shorter.", vec!["tag:golden".into()], Some(example.responses[0].id))
    );
    let mut unrepaired = run;
    unrepaired["repaired_output"] = Value::Null;
    assert_eq!(told("kiln", unrepaired).kind, Kind::Sft);
    assert_eq!(
        refusal("kiln", json!({"input": "q", "output": {"output": 1}})),
        "output.output is a number, not text"
    );
}

#[test]
fn what_easy_dataset_did_not_confirm_is_a_draft() {
    let row = |confirmed: bool| {
        json!({"id": "1", "question": "q", "answer": "a", "cot": "hm", "questionLabel": "1.2 Bins", "confirmed": confirmed,
        "score": 4.0, "tags": "[\"short\"]", "note": "n", "model": "m", "chunkName": "c"})
    };
    let example = told("easy-dataset", row(true));
    assert_eq!(
        (tags(&example), ratings(&example), authors(&example)),
        (vec!["label:1.2 Bins".into(), "tag:short".into()], vec![(0, "score", 4)], vec![model("m")])
    );
    assert_eq!(example.responses[0].messages[0].extra.get("reasoning_content"), Some(&json!("hm")));
    assert_eq!((example.status, told("easy-dataset", row(false)).status), (Status::Submitted, Status::Draft));
    // questions and answers alone are a table
    assert_eq!(recognise(&[json!({"question": "q", "answer": "a"})]).unwrap().format.id(), "columns");
}
