//! `goldset add`, `goldset edit` and `goldset template`: pages, editors and pipes.

use serde_json::{Value, json};

use crate::support::{Run, World, is_harmless};

/// A world whose editor is this script of a shell, which finds the file as `$1`.
fn with_editor(world: &World, script: &str) -> String {
    world.write("the editor.sh", script);
    format!("/bin/sh -e '{}'", world.path("the editor.sh").display())
}

fn edited(world: &World, script: &str, arguments: &[&str]) -> Run {
    let editor = with_editor(world, script);
    Run::of(world.command(arguments).env("EDITOR", editor).env("TMPDIR", world.path("home")))
}

fn show(world: &World, id: &str) -> Value {
    world.json(&["show", "d.goldset", id, "--json"])
}

#[test]
fn an_example_is_made_from_options() {
    let world = World::with_dataset();
    let out = world.ok(&[
        "add",
        "d.goldset",
        "--system",
        "Be brief.",
        "--user",
        "Where is it?\nHere?",
        "--response",
        "No.",
        "--model",
        "swift-7b",
        "--tag",
        "intent:refund",
        "--tag",
        "topic=late: fees",
        "--note",
        "ask",
    ]);
    assert_eq!(out, "1\n");
    let made = show(&world, "1");
    assert_eq!(made["prompt"]["messages"][1], json!({"role": "user", "content": "Where is it?\nHere?"}));
    assert_eq!(made["responses"][0]["author"], json!({"name": "swift-7b", "kind": "model"}));
    assert_eq!(made["tags"], json!({"intent": ["refund"], "topic": ["late: fees"]}));
    assert_eq!(
        (&made["note"], &made["status"], &made["kind"]),
        (&json!("ask"), &json!("draft"), &json!("sft"))
    );
    let two = world.json(&[
        "add",
        "d.goldset",
        "--user",
        "q",
        "--response",
        "a",
        "--response",
        "b",
        "--status",
        "submitted",
        "--json",
    ]);
    assert_eq!(
        (&two["number"], &two["kind"], &two["status"]),
        (&json!(2), &json!("preference"), &json!("submitted"))
    );
    assert_eq!(two["responses"][1]["author"]["name"], "ana");
    assert!(world.ok(&["undo", "d.goldset"]).contains("undid: made #2"));
    world.ok(&["verify", "d.goldset"]);
}

#[test]
fn what_the_terminal_refuses_is_refused() {
    let world = World::with_dataset();
    let none = world.refused(&["add", "d.goldset", "--system", "x", "--user", " "]);
    assert!(none.contains("the prompt asks nothing yet"), "{none}");
    world.refused(&["add", "d.goldset", "--response", "x"]);
    let closed = world.refused(&["add", "d.goldset", "--user", "q", "--tag", "intent:praise"]);
    assert!(
        closed.contains("“praise” is not a value of intent") && closed.contains("refund, cancel"),
        "{closed}"
    );
    assert!(
        world.refused(&["add", "d.goldset", "--user", "q", "--tag", "mood:sad"]).contains("no facet “mood”")
    );
    for arguments in [
        &["--user", "q", "-"][..],
        &["--set", "a=b"],
        &["--edit", "-"],
        &["--template", "x", "--system", "q"],
        &["--tag", "x"],
    ] {
        world.refused(&[&["add", "d.goldset"], arguments].concat());
    }
    assert!(
        world
            .refused(&["add", "d.goldset", "--template", "x"])
            .contains("no template “x”; there is none yet")
    );
    // Without a terminal and an editor there is nothing to open a page in.
    assert!(world.refused(&["add", "d.goldset"]).contains("no terminal to open an editor on"));
    assert_eq!(world.json(&["stats", "d.goldset", "--json"])["examples"], 0);
}

#[test]
fn a_page_and_a_record_come_through_a_pipe() {
    let world = World::with_dataset();
    let page = "tags: intent:cancel\n=== user\nStop it.\n=== response by bo (person)\nDone.\n";
    assert_eq!(world.run_with_input(&["add", "d.goldset", "-"], page).out, "1\n");
    assert_eq!(show(&world, "1")["responses"][0]["author"]["name"], "bo");
    let record = r#"{"messages":[{"role":"user","content":"q"},{"role":"assistant","content":"a"}]}"#;
    let run = world.run_with_input(&["add", "d.goldset", "-", "--tag", "intent:refund"], record);
    assert_eq!((run.code, run.out.as_str()), (0, "2\n"), "{}", run.err);
    let several = world.run_with_input(&["add", "d.goldset", "-"], format!("[{record}, {record}]"));
    assert!(several.code == 2 && several.err.contains("it holds 2 records"), "{}", several.err);
    let lines = world.run_with_input(&["add", "d.goldset", "-"], format!("{record}\n{record}\n"));
    assert!(
        lines.code == 2 && lines.err.contains("`goldset import` takes files of several"),
        "{}",
        lines.err
    );
    let listed = r#"[{"question":"q","answer":"a"}]"#;
    assert_eq!(world.run_with_input(&["add", "d.goldset", "-"], listed).out, "3\n");
    assert_eq!(show(&world, "2")["tags"], json!({"intent": ["refund"]}));
    let wrong = world.run_with_input(&["add", "d.goldset", "-"], "tags: intent:x\n=== usr\nq\n");
    assert_eq!((wrong.code, wrong.out.as_str()), (1, ""));
    assert!(
        wrong.err.contains("goldset: the standard input, line 1: “x” is not a value of intent"),
        "{}",
        wrong.err
    );
    assert!(wrong.err.contains("goldset: the standard input, line 2: “usr” is not one of"), "{}", wrong.err);
    assert!(world.run_with_input(&["add", "d.goldset", "-"], vec![0xff, 0xfe]).err.contains("not UTF-8"));
    let copied =
        world.run_with_input(&["add", "d.goldset", "-"], world.ok(&["edit", "d.goldset", "1", "--print"]));
    assert_eq!(copied.out, "4\n", "{}", copied.err);
    assert_eq!(show(&world, "4")["prompt"], show(&world, "1")["prompt"]);
}

#[test]
fn a_fresh_page_opens_in_the_editor() {
    let world = World::with_dataset();
    let write = "test \"$(stat -c %a \"$1\")\" = 600\nsed -i 's/^=== user$/&\\nWhere is it?/' \"$1\"\n";
    let run = edited(&world, write, &["add", "d.goldset", "--tag", "intent:refund"]);
    assert_eq!((run.code, run.out.as_str()), (0, "1\n"), "{}", run.err);
    let made = show(&world, "1");
    assert_eq!(made["prompt"]["messages"], json!([{"role": "user", "content": "Where is it?"}]));
    assert_eq!((&made["tags"], &made["status"]), (&json!({"intent": ["refund"]}), &json!("pending")));
    let same = edited(&world, "true\n", &["add", "d.goldset"]);
    assert_eq!((same.code, same.out.as_str()), (0, ""));
    assert!(same.err.contains("nothing is made"), "{}", same.err);
    assert_eq!(world.json(&["stats", "d.goldset", "--json"])["examples"], 1);
    let left: Vec<_> =
        std::fs::read_dir(world.path("home")).unwrap().map(|entry| entry.unwrap().file_name()).collect();
    assert!(left.iter().all(|name| !name.to_string_lossy().starts_with("goldset-")), "{left:?}");
}

#[test]
fn an_edit_is_one_action_that_says_what_changed() {
    let world = World::with_examples();
    let script = "sed -i -e 's/Cancel my order/Cancel it, please/' -e 's/^tags:.*/tags: intent:cancel/' \
                  -e 's/^note:.*/note: ask $HOME `id`/' \"$1\"\n";
    let run = edited(&world, script, &["edit", "d.goldset", "2"]);
    assert_eq!((run.code, run.out.as_str()), (0, "edited #2: the prompt, a tag, the note\n"), "{}", run.err);
    let now = show(&world, "2");
    assert_eq!(now["prompt"]["messages"][0]["content"], "Cancel it, please");
    assert_eq!(now["note"], "ask $HOME `id`");
    assert!(world.ok(&["log", "d.goldset"]).contains("edited #2"));
    world.ok(&["undo", "d.goldset"]);
    assert_eq!(show(&world, "2")["prompt"]["messages"][0]["content"], "Cancel my order");
    let before = world.ok(&["log", "d.goldset"]);
    for script in ["true\n", ": > \"$1\"\n", "echo >> \"$1\"\n"] {
        let run = edited(&world, script, &["edit", "d.goldset", "2"]);
        assert_eq!((run.code, run.out.as_str()), (0, "nothing was changed\n"), "{}", run.err);
    }
    assert_eq!(world.ok(&["log", "d.goldset"]), before);
    world.ok(&["verify", "d.goldset"]);
}

#[test]
fn a_broken_page_is_told_by_line_and_kept() {
    let world = World::with_examples();
    let before = show(&world, "2");
    let run = edited(&world, "printf '=== usr\\nmy work\\n' >> \"$1\"\n", &["edit", "d.goldset", "2"]);
    assert_eq!((run.code, run.out.as_str()), (1, ""), "{}", run.err);
    assert!(run.err.contains("“usr” is not one of system, user"), "{}", run.err);
    let (_, path) = run.err.trim_end().split_once("what you wrote is in ").unwrap();
    assert!(path.ends_with("goldset-2.md"), "{path}");
    assert!(std::fs::read_to_string(path).unwrap().ends_with("=== usr\nmy work\n"));
    assert_eq!(show(&world, "2"), before);
    let failing = edited(&world, "echo more >> \"$1\"; exit 3\n", &["edit", "d.goldset", "2"]);
    assert_eq!(failing.code, 2);
    assert!(
        failing.err.contains("ended with an error") && failing.err.contains("goldset-2.md"),
        "{}",
        failing.err
    );
    let missing = Run::of(world.command(&["edit", "d.goldset", "2"]).env("EDITOR", "/no/such/editor -x"));
    assert!(
        missing.code == 2 && missing.err.contains("“/no/such/editor” could not be run"),
        "{}",
        missing.err
    );
    let odd = Run::of(world.command(&["edit", "d.goldset", "2"]).env("VISUAL", "vi 'x"));
    assert!(odd.code == 2 && odd.err.contains("a quotation mark is not closed"), "{}", odd.err);
    assert_eq!(show(&world, "2"), before);
}

#[test]
fn what_others_did_meanwhile_is_not_written_over() {
    let world = World::with_examples();
    let program = world.command(&[]).get_program().to_owned();
    world.write("note.md", "note: from bo\n=== user\nCancel my order\n=== response 1\nDone.\n");
    let script =
        "sed -i 's/^note:.*/note: mine/' \"$1\"\nVISUAL= \"$GOLDSET\" edit d.goldset 2 note.md --as bo >&2\n";
    let editor = with_editor(&world, script);
    let mut command = world.command(&["edit", "d.goldset", "2"]);
    let run =
        Run::of(command.env("EDITOR", editor).env("GOLDSET", program).env("TMPDIR", world.path("home")));
    assert_eq!(run.code, 1, "{}{}", run.out, run.err);
    assert!(run.err.contains("was changed since this page was written"), "{}", run.err);
    assert!(run.err.contains("what you wrote is in"), "{}", run.err);
    assert_eq!(show(&world, "2")["note"], "from bo");
}

#[test]
fn an_edit_goes_through_a_pipe() {
    let world = World::with_examples();
    let page = world.ok(&["edit", "d.goldset", "4", "--print"]);
    assert!(page.contains("\n=== response 1\n2 a day.\n\n=== response 2\nSome.\n"), "{page}");
    let more = format!("{}\n=== response\nThree a day.\n", page.replace("=== response 2\nSome.\n", ""));
    let run = world.run_with_input(&["edit", "d.goldset", "4", "-", "--json"], more.clone());
    assert_eq!(run.code, 0, "{}", run.err);
    let texts: Vec<_> = run.lines()[0]["responses"]
        .as_array()
        .unwrap()
        .iter()
        .map(|r| r["messages"][0]["content"].clone())
        .collect();
    assert_eq!(texts, ["2 a day.", "Three a day."]);
    let late = world.run_with_input(&["edit", "d.goldset", "#4", "--stdin"], more);
    assert_eq!(late.code, 1);
    assert!(late.err.contains("was changed since this page was written"), "{}", late.err);
    world.write(
        "page.md",
        world.ok(&["edit", "d.goldset", "4", "--print"]).replace("status: submitted", "status: approved"),
    );
    assert_eq!(world.ok(&["edit", "d.goldset", "4", "page.md"]), "edited #4: now approved\n");
    assert!(world.refused(&["edit", "d.goldset", "99", "--print"]).contains("no example 99"));
}

#[test]
fn a_page_shows_what_a_terminal_would_obey() {
    let world = World::with_dataset();
    world.ok(&["add", "d.goldset", "--user", "a\u{1b}[31m\u{202e}b\r\n", "--note", "x\u{9b}y"]);
    let page = world.ok(&["edit", "d.goldset", "1", "--print"]);
    assert!(is_harmless(&page), "{page:?}");
    assert!(page.contains("=== user escaped\na\\u{1b}[31m\\u{202e}b\\r\\n\n"), "{page}");
    let run = world.run_with_input(&["edit", "d.goldset", "1", "-"], page);
    assert_eq!(run.out, "nothing was changed\n");
    let error = world.run_with_input(&["add", "d.goldset", "-"], "=== us\u{1b}[31mr\n");
    assert!(is_harmless(&error.err), "{:?}", error.err);
}

#[test]
fn templates_are_kept_filled_in_and_taken_away() {
    let world = World::with_examples();
    assert!(world.ok(&["template", "d.goldset"]).contains("no templates yet"));
    world.write(
        "t.md",
        "tags: intent:refund, topic:{{topic}}\n=== system\nBe brief.\n=== user\nWhere is {{order}}?\n",
    );
    assert_eq!(
        world.ok(&["template", "d.goldset", "--set", "parcel", "t.md"]),
        "kept the template “parcel”\n"
    );
    assert_eq!(
        world.ok(&["template", "d.goldset", "--from", "2", "--name", "cancel"]),
        "kept the template “cancel”\n"
    );
    let list = world.ok(&["template", "d.goldset"]);
    assert!(list.contains("parcel    topic, order") && list.contains("cancel"), "{list}");
    let listed = world.json(&["template", "d.goldset", "--json"]);
    assert_eq!(listed[1]["placeholders"], json!(["topic", "order"]));
    assert_eq!(world.ok(&["template", "d.goldset", "--show", "parcel"]), world.read("t.md"));
    let cancel = world.ok(&["template", "d.goldset", "--show", "cancel"]);
    assert!(
        cancel.contains("=== user\nCancel my order\n\n=== response\nDone.\n") && !cancel.contains("status:"),
        "{cancel}"
    );

    let whole = [
        "add",
        "d.goldset",
        "--template",
        "parcel",
        "--set",
        "order=88 \"x\"\n=== user",
        "--set",
        "topic=new",
    ];
    assert_eq!(world.ok(&whole), "5\n");
    let made = show(&world, "5");
    assert_eq!(made["prompt"]["messages"][1]["content"], "Where is 88 \"x\"\n=== user?");
    assert_eq!(made["tags"], json!({"intent": ["refund"], "topic": ["new"]}));
    let part = world.run(&[
        "add",
        "d.goldset",
        "--template",
        "parcel",
        "--set",
        "topic=new",
        "--status",
        "submitted",
    ]);
    assert_eq!((part.code, part.out.as_str()), (1, "6\n"));
    assert!(part.err.contains("#6 is a draft, for this is still to be filled in: order"), "{}", part.err);
    assert_eq!(show(&world, "6")["status"], "draft");
    let unknown = world.refused(&["add", "d.goldset", "--template", "parcel", "--set", "oder=1"]);
    assert!(unknown.contains("no placeholder “oder”; it has: topic, order"), "{unknown}");
    let script = "sed -i 's/{{order}}/my parcel/' \"$1\"\n";
    let run =
        edited(&world, script, &["add", "d.goldset", "--template", "parcel", "--set", "topic=new", "--edit"]);
    assert_eq!((run.code, run.out.as_str()), (0, "7\n"), "{}", run.err);

    world.write("open.md", "tags: intent:refund\n=== system\nBe brief.\n=== user\n\n");
    world.ok(&["template", "d.goldset", "--set", "open", "open.md"]);
    assert!(world.refused(&["add", "d.goldset", "--template", "open"]).contains("asks nothing yet"));
    assert_eq!(world.ok(&["add", "d.goldset", "--template", "open", "--user", "And now?"]), "8\n");
    let messages = &show(&world, "8")["prompt"]["messages"];
    assert_eq!(
        (messages[0]["content"].as_str(), messages[1]["content"].as_str()),
        (Some("Be brief."), Some("And now?"))
    );

    world.write("bad.md", "=== usr\n{{x}}\n");
    assert_eq!(world.run(&["template", "d.goldset", "--set", "bad", "bad.md"]).code, 1);
    world.ok(&["template", "d.goldset", "--remove", "cancel"]);
    assert!(
        world.refused(&["template", "d.goldset", "--show", "cancel"]).contains("there are: open, parcel")
    );
    world.ok(&["undo", "d.goldset"]);
    assert!(world.ok(&["template", "d.goldset"]).contains("cancel"));
}
