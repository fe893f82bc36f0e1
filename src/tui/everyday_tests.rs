//! What everyday acts cost in keys, beside the text itself: each is done with the default keys, and
//! the README's table is held to what it took.
//!
//! With `GOLDSET_PICTURES=1` the table is made anew.

#![allow(clippy::unwrap_used)]

use std::fmt::Write as _;

use crate::dataset::{Dataset, Verb};
use crate::example::{Author, Example, Kind, Prompt, Response, Status};
use crate::tui::harness::Harness;

/// Somebody at work, whose keys are counted.
struct Act {
    harness: Harness,
    told: Vec<String>,
    keys: usize,
}

impl Act {
    /// On the sample dataset, after keys that lead there and are not counted.
    fn after(keys: &str) -> Self {
        let mut harness = Harness::sample(120, 40);
        harness.keys(keys);
        Self { harness, told: Vec::new(), keys: 0 }
    }

    /// Keys, as keymap files spell them.
    fn keys(mut self, spelt: &str) -> Self {
        self.keys += spelt.split_whitespace().count();
        self.told.extend(spelt.split_whitespace().map(|key| format!("`{key}`")));
        self.harness.keys(spelt);
        self
    }

    /// Letters that look for something: they cost as keys do.
    fn letters(mut self, letters: &str) -> Self {
        self.keys += letters.chars().count();
        self.told.push(format!("`{letters}`"));
        self.harness.type_text(letters);
        self
    }

    /// What is to be written: nobody can spare one that.
    fn text(mut self, name: &str, text: &str) -> Self {
        self.told.push(format!("*{name}*"));
        self.harness.type_text(text);
        self
    }

    fn example(&self, id: i64) -> Example {
        self.harness.reader().example(id).unwrap().unwrap_or_else(|| panic!("#{id} is not there"))
    }

    fn row(self, act: &str) -> String {
        format!("| {act} | {} | {} |\n", self.told.join(" "), self.keys)
    }
}

fn texts(example: &Example) -> Vec<String> {
    example.responses.iter().map(Response::text).collect()
}

fn write_a_response() -> String {
    let mut act = Act::after("g w").text("response", "Das tut mir leid.").keys("ctrl-s");
    let made = act.example(3);
    assert_eq!((made.status, texts(&made)), (Status::Submitted, vec!["Das tut mir leid.".to_owned()]));
    assert!(act.harness.screen().contains("Write #4"), "the next one is there");
    act.row("Write a response and submit it; the next example comes")
}

/// On an example of so many responses, which waits to be ranked with another one.
fn at_responses(n: usize) -> Act {
    let fill = |dataset: &mut Dataset| {
        for question in ["which?", "and now?"] {
            let responses =
                (1..=n).map(|at| Response::new(Some(Author::model("llama")), format!("{at}"))).collect();
            let example = Example { responses, ..Example::new(Kind::Preference, Prompt::user(question)) };
            dataset.perform(&Verb::Create(Box::new(example))).unwrap();
        }
    };
    let mut harness = Harness::with(fill, 120, 40);
    harness.keys("g r");
    Act { harness, told: Vec::new(), keys: 0 }
}

fn rank_two() -> String {
    let mut act = at_responses(2).keys("2");
    assert_eq!(act.example(1).rankings[0].tiers.len(), 2);
    // And the next key counts for the next example.
    act.harness.keys("1");
    assert_eq!(act.example(2).rankings.len(), 1);
    act.row("Rank two responses; the next example comes")
}

fn rank_four() -> String {
    let act = at_responses(4).keys("3 1 4");
    assert_eq!(act.example(1).rankings[0].tiers.len(), 4);
    act.row("Rank four responses; the next example comes")
}

fn flag_with_a_reason() -> String {
    let act = at_responses(2).keys("f w");
    assert_eq!(act.example(1).flags[0].kind, "wrong");
    act.row("Flag a response, with the reason")
}

fn cannot_judge() -> String {
    let act = at_responses(2).keys("c n");
    assert_eq!(act.example(1).rankings[0].details.cannot.as_deref(), Some("not my subject"));
    act.row("Say that it can't be judged, and why")
}

fn rank_three() -> String {
    let act = Act::after("g r").keys("3 1");
    assert_eq!(act.example(5).rankings[0].tiers.len(), 3);
    act.row("Rank three responses")
}

fn tag_three_facets() -> String {
    let mut act = Act::after("g w esc").keys("t");
    for (at, letters) in ["can", "en", "bil"].into_iter().enumerate() {
        act = act.letters(letters).keys(if at == 2 { "enter" } else { "tab" });
    }
    let tags: Vec<String> =
        act.example(3).tags.iter().map(|tag| format!("{}:{}", tag.facet, tag.value)).collect();
    assert_eq!(tags, ["intent:cancel", "language:en", "topic:billing"]);
    act.row("Tag three facets")
}

fn flag_with_a_note() -> String {
    let act = Act::after("g w esc").keys("f").letters("unc").keys("enter").text("note", "which card?");
    let act = act.keys("enter");
    let flags = act.example(3).flags;
    assert_eq!((flags[0].kind.as_str(), flags[0].note.as_str()), ("unclear", "which card?"));
    act.row("Flag with a note")
}

/// An example whose response says that.
fn says(text: &str) -> Act {
    let mut act = Act::after("g w");
    act.harness.type_text(text).keys("esc");
    act
}

fn fix_a_word() -> String {
    let act = says("Your card is blocked. A new crad is on its way.");
    let act = act.keys("e ctrl-f").letters("cra").keys("esc alt-d").text("word", "card");
    let act = act.keys("ctrl-s");
    let fixed = act.example(3);
    assert_eq!(texts(&fixed), ["Your card is blocked. A new card is on its way."]);
    assert_eq!(fixed.status, Status::Submitted);
    act.row("Fix a word in a response and submit")
}

fn find_and_replace() -> String {
    let act = says("Your crad is blocked. A new crad is on its way.");
    let act = act.keys("e alt-r").text("what", "crad").keys("enter").text("by what", "card");
    let act = act.keys("alt-a ctrl-s");
    assert_eq!(texts(&act.example(3)), ["Your card is blocked. A new card is on its way."]);
    act.row("Find and replace in a text and submit")
}

fn rewrite_to_win() -> String {
    let act = Act::after("g r").keys("e").text("what is better", " We will write by noon.").keys("ctrl-s");
    let rewritten = act.example(5);
    let newest = rewritten.responses.last().unwrap();
    assert!(newest.origin.is_some() && newest.author == Some(Author::person("ana")));
    assert_eq!(rewritten.rankings[0].tiers[0], [newest.id], "it wins");
    act.row("Rewrite a response to win")
}

fn new_like_this_one() -> String {
    let act = Act::after("b enter").keys("L").text("what differs", " Today!").keys("tab");
    let act = act.text("response", "Done.").keys("ctrl-s");
    let made = act.example(9);
    assert_eq!(made.prompt.question(), "Please cancel my subscription from next month. Today!");
    assert_eq!(
        (made.status, made.tags.len(), texts(&made)),
        (Status::Submitted, 2, vec!["Done.".to_owned()])
    );
    act.row("A new example like this one, written and submitted")
}

fn approve() -> String {
    let act = Act::after("b").keys("a");
    assert_eq!(act.example(1).status, Status::Approved);
    act.row("Approve")
}

fn undo() -> String {
    let act = Act::after("b a").keys("u");
    assert_eq!(act.example(1).status, Status::Submitted);
    act.row("Undo, whatever it was")
}

#[test]
fn everyday_acts_cost_the_keys_that_the_readme_says() {
    let mut table = String::from("\n| act | keys | count |\n| --- | --- | --: |\n");
    for row in [
        write_a_response(),
        rank_two(),
        rank_three(),
        rank_four(),
        flag_with_a_reason(),
        cannot_judge(),
        rewrite_to_win(),
        tag_three_facets(),
        flag_with_a_note(),
        fix_a_word(),
        find_and_replace(),
        new_like_this_one(),
        approve(),
        undo(),
    ] {
        table.push_str(&row);
    }
    writeln!(table).unwrap();
    let path = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("README.md");
    let text = std::fs::read_to_string(&path).unwrap();
    let (before, rest) = text.split_once("<!-- costs -->\n").unwrap();
    let (within, after) = rest.split_once("<!-- /costs -->").unwrap();
    if std::env::var_os("GOLDSET_PICTURES").is_some() {
        std::fs::write(&path, format!("{before}<!-- costs -->\n{table}<!-- /costs -->{after}")).unwrap();
    } else {
        assert!(
            within == table,
            "README.md's table of costs is out of date: run this test with GOLDSET_PICTURES=1:\n{table}"
        );
    }
}

#[test]
fn several_tags_are_taken_at_once_new_ones_too() {
    let mut act = Act::after("g w esc t");
    act.harness.type_text("topic:cards").keys("tab");
    assert!(act.harness.screen().contains("● topic:cards"), "{}", act.harness.screen());
    act.harness.type_text("deliv").keys("tab").type_text("bil").keys("enter");
    let mut tags: Vec<String> =
        act.example(3).tags.iter().filter(|tag| tag.facet == "topic").map(|tag| tag.value.clone()).collect();
    tags.sort();
    assert_eq!(tags, ["billing", "cards", "delivery"]);
    // With marks and nothing typed since, enter takes the marks and nothing else.
    act.harness.keys("t").type_text("bil").keys("tab enter");
    assert!(act.example(3).tags.iter().all(|tag| tag.value != "billing"));
}
