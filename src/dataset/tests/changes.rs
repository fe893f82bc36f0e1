//! Many texts at once: proposed first, done as one action, and only where nothing moved meanwhile.

use super::steps::{dataset, example, proposed};
use super::{no_differences, snapshot};
use crate::curation::mend::Normalise;
use crate::dataset::{Error, Proposing, Selection, Texts, Verb};
use crate::example::{Example, Kind, Message, Prompt, Response, Role, Status, Tag};
use crate::query::Filter;

fn everything() -> Selection {
    Selection::Matching(Filter::everything())
}

#[test]
fn what_was_proposed_is_one_action_and_one_undo() {
    let folder = tempfile::tempdir().unwrap();
    let mut dataset = dataset(folder.path());
    for responses in [1, 3, 0] {
        dataset.perform(&Verb::Create(Box::new(example(responses)))).unwrap();
    }
    let before = snapshot(&dataset.connection);
    let changes = proposed(&dataset, &everything(), 'A');
    assert_eq!(changes.len(), 4, "{changes:?}");
    let verb = Verb::ReplaceTexts { changes, what: "replaced “A” by “éx”".to_owned() };
    let done = dataset.perform(&verb).unwrap();
    assert_eq!(done.sentence, "replaced “A” by “éx” in 4 texts of 2 examples");
    let reader = dataset.reader().unwrap();
    let second = reader.example(2).unwrap().unwrap();
    assert_eq!(second.responses[2].text(), "éxnswer 2");
    assert_eq!(second.responses[2].author, example(3).responses[2].author, "who mends is not the author");
    assert_eq!(reader.example(1).unwrap().unwrap().status, Status::Pending, "the status stays");
    no_differences(&dataset);
    dataset.perform(&Verb::Undo).unwrap();
    assert_eq!(snapshot(&dataset.connection), before);
    no_differences(&dataset);
}

#[test]
fn what_was_changed_meanwhile_is_left_and_told() {
    let folder = tempfile::tempdir().unwrap();
    let mut dataset = dataset(folder.path());
    for responses in [1, 2, 1] {
        dataset.perform(&Verb::Create(Box::new(example(responses)))).unwrap();
    }
    let changes = proposed(&dataset, &everything(), 'A');
    let write = Verb::Write {
        example: 1,
        prompt: Some(Prompt { messages: vec![Message::new(Role::User, "Anew")], tools: Vec::new() }),
        responses: Vec::new(),
        note: None,
        status: None,
    };
    dataset.perform(&write).unwrap();
    let other = proposed(&dataset, &Selection::One(2), 'A')[0].clone();
    dataset.perform(&Verb::ReplaceTexts { changes: vec![other], what: "mended".to_owned() }).unwrap();
    let verb = Verb::ReplaceTexts { changes, what: "mended".to_owned() };
    let done = dataset.perform(&verb).unwrap();
    assert_eq!(done.sentence, "mended in 3 texts of 3 examples; 1 was changed meanwhile and left");
    let again = dataset.perform(&verb).unwrap();
    assert_eq!(
        (again.action, again.sentence.as_str()),
        (None, "nothing was changed: 4 texts changed meanwhile")
    );
}

#[test]
fn parts_are_mended_and_arguments_of_tools_are_left_alone() {
    let folder = tempfile::tempdir().unwrap();
    let mut dataset = dataset(folder.path());
    let turn = serde_json::json!({"role": "user", "content": [
        {"type": "text", "text": "see  "}, {"type": "image_url", "image_url": {"url": "x  "}}]});
    let call = serde_json::json!({"role": "assistant", "content": "so ", "tool_calls": [
        {"type": "function", "function": {"name": "f", "arguments": "{ } "}}]});
    let prompt = Prompt { messages: vec![Message::from_json(&turn).unwrap()], tools: Vec::new() };
    let mut example = Example::new(Kind::Sft, prompt);
    example.responses = vec![Response::of(None, vec![Message::from_json(&call).unwrap()])];
    dataset.perform(&Verb::Create(Box::new(example))).unwrap();
    let mend = Normalise::new(&["trailing"]).unwrap();
    let (on, reader) = (everything(), dataset.reader().unwrap());
    let mut changes = Vec::new();
    let wanted = Proposing { on: &on, texts: Texts::LEARNED, mend: &mend };
    reader
        .propose(&wanted, &mut |portion, progress| {
            assert_eq!((progress.done, progress.total), (1, Some(1)));
            changes.extend(portion);
            true
        })
        .unwrap();
    dataset.perform(&Verb::ReplaceTexts { changes, what: "normalised".to_owned() }).unwrap();
    let after = reader.example(1).unwrap().unwrap();
    assert_eq!(after.prompt.messages[0].to_json()["content"][0]["text"], "see");
    assert_eq!(after.prompt.messages[0].to_json()["content"][1], turn["content"][1]);
    assert_eq!(after.responses[0].messages[0].text(), "so");
    assert_eq!(after.responses[0].messages[0].to_json()["tool_calls"], call["tool_calls"]);
}

#[test]
fn who_hears_proposals_may_stop_them() {
    let folder = tempfile::tempdir().unwrap();
    let mut dataset = dataset(folder.path());
    dataset.perform(&Verb::Create(Box::new(example(1)))).unwrap();
    let mend = Normalise::new(&["trailing"]).unwrap();
    let on = everything();
    let wanted = Proposing { on: &on, texts: Texts::ALL, mend: &mend };
    let stopped = dataset.reader().unwrap().propose(&wanted, &mut |_, _| false);
    assert!(matches!(stopped, Err(Error::Stopped)));
}

#[test]
fn several_verbs_are_one_action_and_a_rehearsal_changes_nothing() {
    let folder = tempfile::tempdir().unwrap();
    let mut dataset = dataset(folder.path());
    for _ in 0..2 {
        dataset.perform(&Verb::Create(Box::new(example(1)))).unwrap();
    }
    let before = snapshot(&dataset.connection);
    let on = || Selection::These(vec![1, 2]);
    let verb = Verb::Several(vec![
        Verb::SetStatus { on: on(), status: Status::Approved },
        Verb::AddTag { on: on(), tag: Tag::new("topic", "a new one") },
        Verb::SetNote { on: Selection::One(2), note: "seen".to_owned() },
        Verb::SetStatus { on: on(), status: Status::Approved },
    ]);
    let sentence = "called 2 examples approved; tagged 2 examples topic:a new one; wrote the note of #2";
    let tried =
        "would call 2 examples approved; would tag 2 examples topic:a new one; would write the note of #2";
    assert_eq!(dataset.rehearse(&verb).unwrap().sentence, tried);
    assert_eq!(snapshot(&dataset.connection), before);
    let done = dataset.perform(&verb).unwrap();
    assert_eq!((done.sentence.as_str(), done.examples), (sentence, 2));
    let wrong = Verb::Several(vec![
        Verb::SetStatus { on: on(), status: Status::Pending },
        Verb::AddTag { on: on(), tag: Tag::new("intent", "unknown") },
    ]);
    assert!(dataset.perform(&wrong).unwrap_err().to_string().contains("its values are: refund, cancel"));
    dataset.perform(&Verb::Undo).unwrap();
    assert_eq!(snapshot(&dataset.connection), before);
}
