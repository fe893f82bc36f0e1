//! What holds for every page.

use proptest::prelude::*;
use serde_json::json;

use super::*;
use crate::example::{
    Arguments, Author, Changes, Content, FacetValue, Flag, Kind, Message, Prompt, Response, Role, Status,
    Tag, Timestamp, ToolCall, new_id,
};
use crate::formats::tests::generated;
use crate::text::harmless::harmless_lines;

fn facets() -> Vec<Facet> {
    let value = |name: &str| FacetValue { id: new_id(), name: name.to_owned(), target: None };
    let facet = |name: &str, several, open, values| Facet {
        id: new_id(),
        name: name.to_owned(),
        several,
        open,
        required: false,
        values,
    };
    vec![
        facet("intent", false, false, vec![value("refund"), value("cancel")]),
        facet("topic", true, true, vec![value("late fees")]),
    ]
}

fn with<T>(values: Option<&[(String, String)]>, read: impl FnOnce(&Context<'_>) -> T) -> T {
    read(&Context { facets: &facets(), annotator: "ana", values })
}

fn onto(page: &str, saved: &Example) -> Result<Read, Vec<PageError>> {
    with(None, |context| read_onto(page, 412, saved, context))
}

fn new(page: &str) -> Result<Read, Vec<PageError>> {
    with(None, |context| read_new(page, context))
}

fn complaints(read: Result<Read, Vec<PageError>>) -> Vec<String> {
    read.unwrap_err().iter().map(ToString::to_string).collect()
}

/// With tools, a loop of calls, two candidates and what a page doesn't show.
fn rich() -> Example {
    let message = |value| Message::from_json(&value).unwrap();
    let mut example = Example::new(
        Kind::Preference,
        Prompt {
            messages: vec![
                Message::new(Role::System, "Be brief."),
                message(
                    json!({"role": "user", "content": "Pause it.", "name": "anna", "weight": 0, "x_lang": "en"}),
                ),
            ],
            tools: vec![json!({"type": "function", "function": {"name": "look_up"}})],
        },
    );
    let calls = vec![
        message(json!({"role": "assistant", "content": null, "tool_calls": [
            {"id": "call_1", "type": "function", "function": {"name": "look_up", "arguments": "{\"order\": 7}"}}]})),
        message(json!({"role": "tool", "content": "paused", "tool_call_id": "call_1", "name": "look_up"})),
        message(json!({"role": "assistant", "content": "It is paused."})),
    ];
    example.responses.push(Response::of(Some(Author::model("swift 7b")), calls));
    example.responses.push(Response::new(Some(Author::person("bo")), "Done.\n"));
    example.tags = vec![Tag::new("intent", "cancel"), Tag::new("topic", "a, b")];
    example.note = "ask\nlegal".to_owned();
    example.metadata.insert("source", json!("mail"));
    example.flags.push(Flag {
        id: new_id(),
        kind: "wrong".to_owned(),
        note: "the\norder".to_owned(),
        response: Some(example.responses[1].id),
        by: Some("bo".to_owned()),
        resolved: false,
        at: Timestamp(0),
    });
    example
}

#[test]
fn a_page_reads_like_a_conversation() {
    let example = rich();
    let page = write_of(412, &example, &example);
    let (_, page) = page.split_once("example: 412, state ").unwrap();
    insta::assert_snapshot!(page.split_once('\n').unwrap().1, @r#"
    kind: preference
    status: pending
    tags: intent:cancel, topic:"a, b"
    note: "ask\nlegal"
    # flag wrong on response 2 by bo: the␊order

    === system
    Be brief.

    === user name=anna weight=0
    Pause it.

    === response 1 by "swift 7b" (model)

    === call look_up id=call_1
    {"order": 7}

    === tool name=look_up for=call_1
    paused

    === assistant
    It is paused.

    === response 2 by bo (person) escaped
    Done.\n

    === tools
    [{"type":"function","function":{"name":"look_up"}}]
    "#);
    insta::assert_snapshot!(blank(), @"
    # Change what you like; lines with # up here are not read. Texts stand under headings: === system,
    # === user, === assistant, === response. A line of a text that begins so gets a backslash before it.
    tags:
    note:

    === system

    === user

    === response
    ");
}

#[test]
fn a_page_that_was_left_as_it_was_changes_nothing() {
    let saved = rich();
    let page = write_of(412, &saved, &saved);
    for same in [
        page.clone(),
        page.replace('\n', "\r\n"),
        format!("\u{feff}{page}\n\n"),
        page.replace("\n\n", "\n\n \n\n"),
    ] {
        let read = onto(&same, &saved).unwrap();
        assert_eq!(read.example, saved);
        assert!(Changes::between(&saved, &read.example).is_empty() && read.remarks.is_empty());
    }
}

#[test]
fn what_is_changed_is_changed_and_the_rest_stays() {
    let saved = rich();
    let page = write_of(412, &saved, &saved)
        .replace("Pause it.", "Pause it, please.")
        .replace("{\"order\": 7}", "{\"order\": 8}")
        .replace("intent:cancel, ", "topic:new, ")
        .replace("status: pending", "status: approved")
        .replace("note: \"ask\\nlegal\"", "note: settled");
    let read = onto(&page, &saved).unwrap().example;
    assert_eq!(read.prompt.messages[1].text(), "Pause it, please.");
    assert_eq!(read.prompt.messages[1].extra, saved.prompt.messages[1].extra);
    let call = &read.responses[0].messages[0].tool_calls[0];
    assert_eq!(call.arguments, Arguments::Text("{\"order\": 8}".to_owned()));
    assert_eq!(read.responses[0].messages[0].content, Content::Null);
    assert_eq!(read.tags, [Tag::new("topic", "new"), Tag::new("topic", "a, b")]);
    assert_eq!((read.status, read.note.as_str()), (Status::Approved, "settled"));
    assert_eq!(
        (&read.metadata, &read.flags, &read.responses[1]),
        (&saved.metadata, &saved.flags, &saved.responses[1])
    );
}

#[test]
fn fields_that_the_page_does_not_show_follow_their_turns() {
    let mut saved = rich();
    saved.prompt.messages[0].extra.insert("x_kept".to_owned(), json!(1));
    let page = write_of(412, &saved, &saved)
        .replace("\n=== system\n", "\n=== user\nhello\n\n=== assistant\nhi\n\n=== system\n")
        .replace("Be brief.", "Be short.");
    let messages = onto(&page, &saved).unwrap().example.prompt.messages;
    assert_eq!(messages.len(), 4);
    assert_eq!(messages[2].extra, saved.prompt.messages[0].extra, "mended, and still itself");
    assert_eq!(messages[3], saved.prompt.messages[1]);
    assert!(messages[0].extra.is_empty() && messages[1].extra.is_empty());
}

#[test]
fn responses_are_known_by_their_numbers() {
    let saved = rich();
    let page = write_of(412, &saved, &saved);
    let (before, after) = page.split_once("=== response 2").unwrap();
    let (_, tools) = after.split_once("=== tools").unwrap();
    let removed = onto(&format!("{before}=== tools{tools}"), &saved).unwrap().example;
    assert_eq!(removed.responses, saved.responses[..1]);
    assert!(removed.flags.is_empty(), "a flag goes with its response");

    let more = format!(
        "{before}=== response by gpt-4o (model)\nNo.\n=== response\nYes.\n=== response\n \n=== response 2{after}"
    );
    let read = onto(&more, &saved).unwrap().example;
    assert_eq!(read.responses[..2], saved.responses[..]);
    let authors: Vec<_> =
        read.responses[2..].iter().map(|response| response.author.clone().unwrap()).collect();
    assert_eq!(authors, [Author::model("gpt-4o"), Author::person("ana")], "blank new ones are none");

    let swapped = page
        .replace("response 1", "response 9")
        .replace("response 2", "response 1")
        .replace("response 9", "response 2");
    let errors = complaints(onto(&swapped, &saved));
    assert!(errors[0].contains("who wrote response 2 can't be changed"), "{errors:?}");
    let swapped = swapped.replace(" by \"swift 7b\" (model)", "").replace(" by bo (person)", "");
    let read = onto(&swapped, &saved).unwrap();
    assert_eq!(read.remarks, ["the responses stay in the order in which they were"]);
    assert_eq!(read.example.responses[1].text().lines().last(), Some("It is paused."));
}

#[test]
fn a_text_that_is_being_typed_is_part_of_the_page() {
    let saved = rich();
    let mut shown = saved.clone();
    shown.responses[1].messages[0] = Message::new(Role::Assistant, "Done, and so on");
    shown.responses.push(Response::new(None, "A new one."));
    let read = onto(&write_of(412, &shown, &saved), &saved).unwrap().example;
    assert_eq!(read.responses[1].text(), "Done, and so on");
    assert_eq!((read.responses.len(), read.responses[2].text().as_str()), (3, "A new one."));
    let changes = Changes::between(&saved, &read);
    assert_eq!(changes.words(), ["a response", "a new response"]);
}

#[test]
fn errors_come_together_each_at_its_line() {
    let page = "tags: intent:praise, mood:sad\nnote: a\nnote: b\nstatus: done\ncolour: red\nhello\n\n=== usr\nhi\n\
                === user weight=much mood=x\nhi\n=== assistant weight=x\n=== call f\n{\n \"a\": }\n=== user parts\n{}\n\
                === response 3\nx\n=== tools\n[\n";
    let errors = complaints(onto(page, &rich()));
    let said = [
        "line 1: “praise” is not a value of intent; its values are: refund, cancel",
        "line 1: there is no facet “mood”; there are: intent, topic",
        "line 3: “note” stands in line 2 already",
        "line 4: “done” is not a status",
        "line 5: there is no “colour” here",
        "line 6: above the first heading stand lines like",
        "line 8: “usr” is not one of system, user, assistant, tool, call, response, tools",
        "line 10: “mood=x” means nothing in this heading",
        "line 12: the weight “x” is not a number",
        "line 15: this is not JSON: expected value (column 7)",
        "line 17: the parts of a turn are a JSON list",
        "line 18: there is no response 3",
        "line 21: this is not JSON: EOF while parsing a list",
    ];
    for (error, said) in errors.iter().zip(said) {
        assert!(error.starts_with(said), "{error}\n{said}");
    }
    assert_eq!(errors.len(), said.len(), "{errors:#?}");
}

#[test]
fn a_page_of_another_example_or_of_an_older_state_is_refused() {
    let saved = rich();
    let page = write_of(411, &saved, &saved);
    assert!(complaints(onto(&page, &saved))[0].contains("the page of example 411"));
    let mut since = saved.clone();
    since.note.clear();
    let page = write_of(412, &saved, &saved);
    assert!(complaints(onto(&page, &since))[0].contains("was changed since this page was written"));
    let free: String =
        page.lines().filter(|line| !line.starts_with("example:")).collect::<Vec<_>>().join("\n");
    assert_eq!(onto(&free, &since).unwrap().example.note, saved.note);
    assert!(complaints(onto("", &saved)).contains(&"line 1: the page is empty".to_owned()));
}

#[test]
fn what_was_perhaps_meant_otherwise_is_told() {
    let page = "=== user\nq\n===response\na\n== system ==\n=== response\nb\n=== user\nmore\n";
    let remarks = new(page).unwrap().remarks;
    assert!(
        remarks[0].starts_with("line 3 is taken as text") && remarks[1].starts_with("line 5 "),
        "{remarks:?}"
    );
    assert!(remarks[2].starts_with("line 8: this turn belongs to the response above it"), "{remarks:?}");
    assert_eq!(remarks.len(), 3);
    let two = new("=== user\nq\n=== response\na\n=== response\nb\n").unwrap().example;
    assert_eq!(two.kind, Kind::Preference);
}

#[test]
fn a_page_makes_a_new_example() {
    let page = "tags: intent:refund, topic:\"a, b\"\n=== system\n\n=== user\n\nWhere is it?\n\n=== response\nOn its way.\n";
    let example = new(page).unwrap().example;
    assert_eq!((example.kind, example.status), (Kind::Sft, Status::Draft));
    assert_eq!(example.prompt, Prompt::user("Where is it?"));
    assert_eq!(example.responses[0].author, Some(Author::person("ana")));
    assert_eq!(example.tags, [Tag::new("intent", "refund"), Tag::new("topic", "a, b")]);
    assert_eq!(new("=== user\nx\n").unwrap().example.status, Status::Pending);
    assert!(complaints(new(&blank()))[0].contains("the prompt asks nothing yet"));
    let saved = rich();
    let copy = new(&write_of(412, &saved, &saved)).unwrap().example;
    assert_ne!(copy.id, saved.id);
    assert_eq!(
        (copy.prompt.tools.clone(), copy.tags.clone(), copy.kind),
        (saved.prompt.tools.clone(), saved.tags.clone(), saved.kind)
    );
    let texts = |example: &Example| example.responses.iter().map(Response::text).collect::<Vec<_>>();
    assert_eq!(texts(&copy), texts(&saved));
}

#[test]
fn a_template_is_filled_in_where_texts_are_and_nowhere_else() {
    let page = "tags: intent:{{intent}}, topic:{{topic}}\nnote: for {{who}}\n=== user\n{{question}} {{who}}\n\
                === assistant\n=== call f\n{\"q\": \"{{question}}\", \"n\": {{n}}}\n=== response\n{{answer}}\n";
    let pair = |name: &str, value: &str| (name.to_owned(), value.to_owned());
    let values = [
        pair("question", "a \"b\"\n=== user\n{{who}}"),
        pair("intent", "refund"),
        pair("n", "3"),
        pair("who", "bo"),
    ];
    let read = with(Some(&values), |context| read_new(page, context)).unwrap();
    assert_eq!(read.unfilled, ["topic", "answer"]);
    assert_eq!(read.remarks, ["the tag topic:{{topic}} is left away, for it is not filled in"]);
    let example = read.example;
    assert_eq!(example.prompt.messages[0].text(), "a \"b\"\n=== user\n{{who}} bo");
    assert_eq!(example.prompt.messages.len(), 2);
    let arguments = example.prompt.messages[1].tool_calls[0].arguments.to_json().unwrap().into_owned();
    assert_eq!(arguments, json!({"q": "a \"b\"\n=== user\n{{who}}", "n": 3}));
    assert_eq!((example.tags, example.note.as_str()), (vec![Tag::new("intent", "refund")], "for bo"));
    assert_eq!(example.responses[0].text(), "{{answer}}");
    let nothing = with(Some(&[]), |context| read_new(page, context)).unwrap();
    assert_eq!(nothing.unfilled.len(), 6);
    let plain = new("=== user\n{{x}}\n").unwrap();
    assert!(plain.unfilled.is_empty(), "braces are text where there is no template");
}

#[test]
fn hundred_kilobytes_are_read_back() {
    let text = "=== user \\ «ü» `x` \u{1b}\r\n".repeat(5_000);
    let mut saved = rich();
    saved.prompt.messages[1] = Message::new(Role::User, text);
    assert_eq!(onto(&write_of(412, &saved, &saved), &saved).unwrap().example, saved);
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(256))]

    #[test]
    fn every_example_comes_back_from_its_page(saved in generated::example()) {
        let page = write_of(412, &saved, &saved);
        let tabless = page.replace('\t', "");
        prop_assert_eq!(harmless_lines(&tabless), tabless.as_str(), "a page drives no terminal");
        let read = onto(&page, &saved);
        prop_assert_eq!(read.map(|read| read.example), Ok(saved), "{}", page);
    }

    #[test]
    fn every_text_comes_back_without_the_example(text in generated::text(), more in any::<String>()) {
        let mut example = Example::new(Kind::Sft, Prompt::user(format!("{text}x{more}")));
        example.prompt.messages.push(Message {
            tool_calls: vec![ToolCall { id: Some(more.clone()), name: text.clone(), arguments: Arguments::Text("{}".to_owned()) }],
            name: Some(more),
            ..Message::new(Role::Assistant, text.clone())
        });
        example.note = text;
        let mut read = new(&write(&example)).unwrap().example;
        if read.prompt.messages[1].content == Content::Null {
            read.prompt.messages[1].content = Content::Text(String::new());
        }
        prop_assert_eq!((read.prompt, read.note), (example.prompt, example.note));
    }

    #[test]
    fn nothing_that_is_read_panics(
        lines in prop::collection::vec(
            prop_oneof![
                "\\PC{0,12}",
                "=== (user|assistant|call|response|tools|tool)[ a-z0-9=\"(){}]{0,16}",
                "(tags|note|status|example|split): [a-z:,\" 0-9]{0,12}",
                "[\\[{}\\]\"\\\\nu{]{0,8}",
            ],
            0..24,
        ),
        bytes in prop::collection::vec(any::<u8>(), 0..64),
    ) {
        let page = lines.join("\n");
        let saved = rich();
        for page in [page.as_str(), &String::from_utf8_lossy(&bytes)] {
            let _ = onto(page, &saved);
            if let Err(errors) = with(Some(&[]), |context| read_new(page, context)) {
                let _ = with_errors(page, &errors);
            }
        }
    }
}
