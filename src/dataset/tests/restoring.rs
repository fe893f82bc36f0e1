//! What going back promises: the texts that stood after an action stand there again.

use std::collections::HashMap;

use proptest::prelude::*;

use super::steps::{dataset, example, examples_of, step, verb_of};
use super::{no_differences, snapshot};
use crate::dataset::{Dataset, Error, ImportOptions, ResponseText, Verb};
use crate::example::{Message, Prompt, Role, Uuid};

/// The texts of an example.
#[derive(Debug, Clone, PartialEq)]
struct Texts {
    prompt: Prompt,
    note: String,
    responses: HashMap<Uuid, Vec<Message>>,
}

fn texts(dataset: &Dataset, id: i64) -> Option<Texts> {
    let example = crate::store::example(&dataset.connection, id).unwrap()?;
    Some(Texts {
        prompt: example.prompt,
        note: example.note,
        responses: example.responses.into_iter().map(|response| (response.id, response.messages)).collect(),
    })
}

fn write(example: i64, prompt: Option<&str>, response: Option<(Uuid, &str)>) -> Verb {
    let text =
        |(id, text)| ResponseText { id: Some(id), messages: vec![Message::new(Role::Assistant, text)] };
    Verb::Write {
        example,
        prompt: prompt.map(Prompt::user),
        responses: response.map(text).into_iter().collect(),
        note: None,
        status: None,
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 60, ..ProptestConfig::default() })]

    #[test]
    fn any_earlier_texts_can_be_had_again(
        steps in prop::collection::vec(step(), 1..30),
        which in any::<prop::sample::Index>(),
        of in any::<prop::sample::Index>(),
    ) {
        let folder = tempfile::tempdir().unwrap();
        let mut dataset = dataset(folder.path());
        let mut known: Vec<(i64, HashMap<i64, Texts>)> = Vec::new();
        for step in &steps {
            let Some(verb) = verb_of(step, &dataset) else { continue };
            if let Ok(done) = dataset.perform(&verb)
                && let Some(action) = done.action
            {
                let all = examples_of(&dataset).into_iter().filter_map(|id| Some((id, texts(&dataset, id)?)));
                known.push((action, all.collect()));
            }
        }
        let ids = examples_of(&dataset);
        if !known.is_empty() && !ids.is_empty() {
            let (action, then) = &known[which.index(known.len())];
            let id = ids[of.index(ids.len())];
            let before = snapshot(&dataset.connection);
            let now = texts(&dataset, id).unwrap();
            let verb = Verb::Restore { example: id, action: *action };
            match (then.get(&id), dataset.perform(&verb)) {
                (None, result) => {
                    prop_assert!(matches!(result, Err(Error::NotThereYet { .. })), "it was not there");
                    prop_assert_eq!(snapshot(&dataset.connection), before);
                }
                (Some(then), result) => {
                    let done = result.unwrap();
                    let restored = texts(&dataset, id).unwrap();
                    // What came later is left as it is.
                    let mut expected = then.clone();
                    for (response, messages) in now.responses {
                        expected.responses.entry(response).or_insert(messages);
                    }
                    prop_assert_eq!(restored, expected);
                    no_differences(&dataset);
                    if done.action.is_some() {
                        dataset.perform(&Verb::Undo).unwrap();
                    }
                    prop_assert_eq!(snapshot(&dataset.connection), before);
                    no_differences(&dataset);
                }
            }
        }
    }
}

#[test]
fn going_back_is_an_action_that_says_to_when() {
    let folder = tempfile::tempdir().unwrap();
    let mut dataset = dataset(folder.path());
    let first = dataset.perform(&Verb::Create(Box::new(example(1)))).unwrap().action.unwrap();
    let response = dataset.reader().unwrap().example(1).unwrap().unwrap().responses[0].id;
    let second =
        dataset.perform(&write(1, Some("What else?"), Some((response, "B")))).unwrap().action.unwrap();
    dataset.perform(&Verb::RemoveResponse { example: 1, response }).unwrap();
    let done = dataset.perform(&Verb::Restore { example: 1, action: second }).unwrap();
    assert!(done.sentence.starts_with("restored #1 as of 20"), "{}", done.sentence);
    let restored = dataset.reader().unwrap().example(1).unwrap().unwrap();
    assert_eq!((restored.responses[0].id, restored.responses[0].text().as_str()), (response, "B"));
    dataset.perform(&Verb::Restore { example: 1, action: first }).unwrap();
    assert_eq!(dataset.reader().unwrap().example(1).unwrap().unwrap().responses[0].text(), "Answer 0");
    let again = dataset.perform(&Verb::Restore { example: 1, action: first }).unwrap();
    assert_eq!(again.action, None, "what is so already is no action");
    let nowhere = dataset.perform(&Verb::Restore { example: 1, action: 999 }).unwrap_err();
    assert_eq!(nowhere.to_string(), "there is no action “999”");
}

#[test]
fn an_import_is_what_one_can_go_back_to_and_no_further() {
    let folder = tempfile::tempdir().unwrap();
    let mut dataset = dataset(folder.path());
    let early = dataset.perform(&Verb::Create(Box::new(example(1)))).unwrap().action.unwrap();
    let file = folder.path().join("a.jsonl");
    let line = r#"{"messages":[{"role":"user","content":"hi"},{"role":"assistant","content":"hello"}]}"#;
    std::fs::write(&file, line).unwrap();
    dataset.import(&[file], &ImportOptions::default(), &mut |_| Ok(()), &mut |_| true).unwrap();
    let import = dataset.reader().unwrap().actions(None, 1).unwrap()[0].id;
    let imported = texts(&dataset, 2).unwrap();
    let response = *imported.responses.keys().next().unwrap();
    dataset.perform(&write(2, Some("hi!"), None)).unwrap();
    dataset.perform(&write(2, None, Some((response, "good day")))).unwrap();
    dataset.perform(&Verb::Restore { example: 2, action: import }).unwrap();
    assert_eq!(texts(&dataset, 2).unwrap(), imported);
    let error = dataset.perform(&Verb::Restore { example: 2, action: early }).unwrap_err();
    assert_eq!(
        error.to_string(),
        format!(
            "#2 was not there after action {early}; `goldset log --example 2` lists what one can go back to"
        )
    );
}
