//! What the shell promises, by keys.

#![allow(clippy::unwrap_used)]

use crossterm::event::Event;

use crate::dataset::{FacetChange, Selection, Verb};
use crate::example::{Goal, Status};
use crate::tui::effect::Answer;
use crate::tui::harness::Harness;
use crate::tui::message::{Message, Signal};

#[test]
fn home_shows_what_waits() {
    insta::assert_snapshot!("home_80x24", Harness::sample(80, 24).screen());
    insta::assert_snapshot!("home_160x50", Harness::sample(160, 50).screen());
    let empty = |cells, rows| Harness::with(|_| {}, cells, rows).screen();
    insta::assert_snapshot!("home_empty_80x24", empty(80, 24));
}

#[test]
fn home_can_be_printed() {
    let harness = Harness::sample(80, 24);
    insta::assert_snapshot!("home_as_text", crate::tui::home_as_text(harness.path(), "ana", 80).unwrap());
}

#[test]
fn the_keys_and_the_commands_are_shown_where_one_is() {
    insta::assert_snapshot!("keys_80x24", Harness::sample(80, 24).keys("b ?").screen());
    insta::assert_snapshot!("keys_160x50", Harness::sample(160, 50).keys("b ?").screen());
    let mut harness = Harness::sample(80, 24);
    harness.keys("b :").type_text("disc");
    insta::assert_snapshot!("commands_80x24", harness.screen());
    harness.keys("enter");
    assert_eq!(harness.reader().example(1).unwrap().unwrap().status, Status::Discarded);
}

#[test]
fn what_is_done_on_another_screen_is_found_from_everywhere_and_leads_there() {
    let mut harness = Harness::sample(100, 30);
    harness.keys(":").type_text("merge val").keys("enter");
    let screen = harness.screen();
    assert!(screen.contains("WRITE NEXT") && screen.contains("m does it here: Makes one value"), "{screen}");
}

#[test]
fn the_colours_follow_what_the_terminal_tells_of_its_background() {
    use crate::tui::ground::Ground;
    use crate::tui::theme::{Colours, Theme};
    let mut harness = Harness::sample(80, 24);
    harness.shell.update(Message::Ground(Ground::Light), std::time::Instant::now());
    assert_eq!(harness.shell.theme, Theme::of(Ground::Light, Colours::Sixteen));
    harness.shell.theme = Theme::plain();
    harness.shell.update(Message::Ground(Ground::Light), std::time::Instant::now());
    assert_eq!(harness.shell.theme, Theme::plain(), "who wants no colours gets none");
}

#[test]
fn the_corner_tells_how_far_the_goal_is() {
    for (cells, told) in [(120, "4 of 1,200 usable"), (80, "4/1.2k✓")] {
        let mut harness = Harness::sample(cells, 24);
        assert!(!harness.screen().contains(told), "{}", harness.screen());
        let goal = std::num::NonZeroU32::new(1_200).map(Goal);
        harness.elsewhere("bo", &Verb::ChangeFacets(FacetChange::Goal(goal)));
        assert!(harness.look().screen().lines().next().unwrap().contains(told), "{}", harness.screen());
    }
}

#[test]
fn typing_takes_the_place_of_what_a_question_proposes() {
    let mut harness = Harness::sample(100, 30);
    harness.keys("b N").type_text("a first note").keys("enter N").type_text("another").keys("enter");
    let note = |harness: &Harness| harness.reader().example(1).unwrap().unwrap().note;
    assert_eq!(note(&harness), "another");
    harness.keys("N end").type_text(" one").keys("enter");
    assert_eq!(note(&harness), "another one");
    harness.keys("N enter");
    assert_eq!(note(&harness), "another one", "what is not touched stays");
}

#[test]
fn undo_and_redo_say_what_they_did() {
    let mut harness = Harness::sample(80, 24);
    harness.keys("b a");
    assert!(harness.screen().contains("✓ called #1 approved"), "{}", harness.screen());
    assert!(harness.keys("u").screen().contains("✓ undid: called #1 approved"));
    assert!(harness.keys("ctrl-r").screen().contains("✓ redid: called #1 approved"));
    assert!(!harness.wait(5_000).screen().contains("redid"), "a message goes after a while");
    assert!(harness.keys("M").screen().contains("redid: called #1 approved"), "and can be read again");
}

#[test]
fn numbers_on_top_move_with_what_is_done() {
    let mut harness = Harness::sample(120, 30);
    assert!(harness.screen().contains("8 examples · 4 usable ✓"));
    assert!(harness.keys("b x").screen().contains("8 examples · 3 usable ✓"));
    harness.elsewhere("bo", &Verb::SetStatus { on: Selection::One(1), status: Status::Approved });
    assert!(harness.look().screen().contains("8 examples · 4 usable ✓"));
}

#[test]
fn one_goes_to_work_and_back_and_the_list_is_as_it_was_left() {
    let mut harness = Harness::sample(80, 24);
    harness.keys("b / ").type_text("status:submitted").keys("enter j enter");
    assert!(harness.screen().contains("#6"), "{}", harness.screen());
    assert!(harness.keys("g h").screen().contains("NEXT"));
    let list = harness.keys("b").screen();
    assert!(list.contains("/ status:submitted") && list.contains("2 of 3"), "{list}");
    assert!(harness.keys("esc esc").screen().contains("NEXT"));
    assert!(harness.keys("esc esc").screen().contains("NEXT"), "Home is where one comes from");
}

#[test]
fn home_leads_to_what_it_counts() {
    let mut harness = Harness::sample(80, 24);
    assert!(harness.keys("j j enter").screen().contains("─ Review 1 of 3"));
    let mut harness = Harness::sample(80, 24);
    assert!(harness.keys("j j j enter").screen().contains("/ flag:*"));
    let mut harness = Harness::sample(80, 24);
    assert!(
        harness.keys("/").type_text("joke").keys("enter").screen().contains("1 of 1"),
        "{}",
        harness.screen()
    );
}

#[test]
fn a_key_that_comes_before_the_first_counts_waits_for_them() {
    use crate::tui::effect::{Place, Shared};
    use crate::tui::{keymap::Keymap, message::Refreshed, shell::Shell, theme::Theme};
    let mut shell = Shell::new(Shared::default(), Keymap::default(), Theme::plain());
    let now = std::time::Instant::now();
    let key = Event::Key(crossterm::event::KeyEvent::from(crossterm::event::KeyCode::Char('w')));
    shell.update(Message::Terminal(vec![key]), now);
    assert_eq!(shell.place(), &Place::Home);
    let counts = Harness::sample(80, 24).reader().counts().unwrap();
    shell.update(Message::Refreshed(Box::new(Refreshed { counts, ..Refreshed::default() })), now);
    assert_eq!(shell.place(), &Place::Write(None));
}

#[test]
fn a_key_that_does_nothing_says_so() {
    let mut harness = Harness::sample(80, 24);
    assert!(harness.keys("Q").screen().contains("Q does nothing here; ? shows the keys"));
}

#[test]
fn what_was_begun_of_a_sequence_and_what_can_follow_is_shown() {
    let mut harness = Harness::sample(80, 24);
    let footer = harness.keys("g").screen().lines().last().map(str::to_owned).unwrap_or_default();
    assert!(footer.contains("g …") && footer.contains("a who") && footer.contains("b browse"), "{footer}");
    assert!(harness.keys("esc").screen().contains("enter work"));
}

#[test]
fn a_quit_ends_when_all_is_on_disk() {
    let mut harness = Harness::sample(80, 24);
    harness.keys("b a q");
    assert!(harness.ended && harness.shell.lost().is_empty());
    let mut harness = Harness::sample(80, 24);
    harness.message(Message::Signal(Signal::End));
    assert!(harness.ended);
}

#[test]
fn what_could_not_be_saved_keeps_one_from_leaving() {
    let mut harness = Harness::sample(80, 24);
    // An approval is on its way, and the writer has not answered yet.
    let now = std::time::Instant::now();
    let key = |c| Event::Key(crossterm::event::KeyEvent::from(crossterm::event::KeyCode::Char(c)));
    harness.keys("b");
    let orders = harness.shell.update(Message::Terminal(vec![key('a'), key('q')]), now);
    assert!(!orders.iter().any(|order| matches!(order, crate::tui::message::Order::Quit)), "{orders:?}");
    let verb = Verb::SetStatus { on: Selection::One(1), status: Status::Approved };
    harness.message(Message::Answer(1, Answer::Refused(Box::new(verb), "the disk is full".to_owned())));
    assert!(!harness.ended);
    assert!(harness.screen().contains("! the disk is full"), "{}", harness.screen());
    harness.keys("q");
    assert!(harness.ended);
}

#[test]
fn what_went_wrong_is_shown_until_a_key_and_can_be_read_again() {
    let mut harness = Harness::sample(80, 24);
    harness.message(Message::Trouble("the file went away".to_owned()));
    harness.message(Message::Trouble("the file went away again".to_owned()));
    harness.wait(60_000);
    assert!(harness.screen().contains("! the file went away again"), "{}", harness.screen());
    assert_eq!(harness.shell.deadline(), None, "nothing wakes the program meanwhile");
    assert!(!harness.keys("j").screen().contains("went away"));
    let messages = harness.keys("M").screen();
    assert!(messages.contains("the file went away\n"), "{messages}");
}

#[test]
fn no_word_of_the_footer_is_cut() {
    for cells in [40, 60, 80, 100] {
        let mut harness = Harness::sample(cells, 24);
        for keys in ["", "g", "esc", "b", "g", "esc", "g r", "g", "esc", "g w", "esc", ":", "esc", "?"] {
            let screen = harness.keys(keys).screen();
            let footer = screen.lines().last().unwrap_or_default();
            let cells = crate::text::width::width(footer);
            assert!(cells < usize::from(harness.size().0), "after {keys}: {footer}");
        }
    }
}

#[test]
fn the_greeting_goes_with_any_key_which_does_what_it_does() {
    let mut harness = Harness::sample(80, 24);
    harness.shell.welcome();
    insta::assert_snapshot!("welcome_80x24", harness.screen());
    assert!(harness.keys("b").screen().contains("Browse"), "{}", harness.screen());
}

#[test]
fn everything_is_drawn_at_any_size() {
    for (cells, rows) in [(20, 6), (30, 8), (40, 12), (60, 20), (119, 30), (250, 90)] {
        let mut harness = Harness::sample(cells, rows);
        for keys in [
            "", "?", "esc", ":", "esc", "b", "/", "esc", "v", "t", "esc", "N", "esc", "g y", "M", "q", "g h",
            "w", "g h", "right",
        ] {
            harness.keys(keys).screen();
        }
    }
    Harness::sample(5, 2).screen();
}

#[test]
fn a_picture_of_a_large_screen_is_drawn_within_a_frame() {
    let mut harness = Harness::sample(200, 60);
    for keys in ["", "b", "?"] {
        harness.keys(keys);
        let quickest = (0..5).map(|_| harness.draw()).min().unwrap();
        // Unoptimized; the program that people run is some ten times faster.
        assert!(quickest.as_millis() < 100, "{quickest:?} for {keys}");
    }
}

#[test]
fn what_a_closed_screen_could_not_save_is_kept_and_told() {
    use crate::tui::message::Draft;
    let mut harness = Harness::sample(80, 24);
    let draft = Draft { example: 3, field: "new".to_owned(), text: "My bank says".to_owned() };
    let kept = |harness: &Harness| harness.reader().drafts(3, "ana").unwrap().get("new").cloned();
    // A draft of a screen that is gone: tried again after a while.
    harness.message(Message::DraftLost(99, draft.clone(), "the disk is full".to_owned()));
    assert!(harness.screen().contains("! what you typed could not be kept: the disk is full"));
    assert_eq!(kept(&harness), None);
    assert_eq!(kept(harness.wait(2_000)).as_deref(), Some("My bank says"));
    // A write that was refused after its screen was left becomes a draft.
    let text = crate::dataset::ResponseText {
        id: None,
        messages: vec![crate::example::Message::new(crate::example::Role::Assistant, "and more")],
    };
    let verb = Verb::Write { example: 3, prompt: None, responses: vec![text], note: None, status: None };
    harness.message(Message::Answer(99, Answer::Refused(Box::new(verb), "the disk is full".to_owned())));
    assert!(harness.screen().contains("is kept as a draft again"), "{}", harness.screen());
    assert_eq!(kept(&harness).as_deref(), Some("and more"));
    // And where the program ends before that, it is told.
    harness.message(Message::DraftLost(99, draft, "the disk is full".to_owned()));
    harness.keys("q");
    assert!(harness.ended);
    assert!(harness.shell.lost().iter().any(|told| told.contains("My bank says")));
}

#[test]
fn an_undo_says_how_it_is_taken_back_and_nothing_cuts_that_off() {
    let mut harness = Harness::sample(60, 24);
    harness.keys("b * x u");
    assert!(harness.screen().contains(" — ctrl-r redoes"), "{}", harness.screen());
    assert!(!harness.keys("ctrl-r").screen().contains(" — ctrl-r redoes"), "{}", harness.screen());
    // However long the sentence is.
    let sentence = format!("undid: imported 52,002 examples from {}", "long-name-".repeat(9));
    let done = crate::dataset::Done { action: Some(99), sentence, examples: 52_002, example: None };
    harness.message(Message::Answer(1, Answer::Performed(Box::new(Verb::Undo), done)));
    assert!(harness.screen().contains("— ctrl-r redoes\n"), "{}", harness.screen());
}

#[test]
fn a_click_selects_and_another_one_opens() {
    let mut harness = Harness::sample(100, 30);
    assert!(harness.click("Flags").screen().contains("▸ Flags"));
    assert!(harness.click("Flags").screen().contains("/ flag:*"));
    let mut harness = Harness::sample(100, 30);
    harness.keys("b");
    assert!(harness.click("Meine Karte").screen().contains("─ Browse  3 of 8"), "{}", harness.screen());
    assert!(harness.click("Meine Karte").screen().contains("─ Write"), "{}", harness.screen());
    harness.keys("esc g h g y");
    let row = |harness: &mut Harness, text: &str| {
        harness.screen().lines().find(|line| line.contains(text)).unwrap_or_default().to_owned()
    };
    assert!(row(&mut harness, "made #3").starts_with("   "));
    assert!(harness.click("made #3").screen().contains("made #3"));
    assert!(row(&mut harness, "made #3").starts_with(" ▸"), "{}", harness.screen());
}

#[test]
fn menus_are_clicked_too() {
    let mut harness = Harness::sample(100, 30);
    harness.keys("b S");
    assert!(harness.click("a reviewer agreed").screen().contains("▸   approved"), "{}", harness.screen());
    harness.click("a reviewer agreed");
    assert_eq!(harness.reader().example(1).unwrap().unwrap().status, Status::Approved);
    // Where several can be chosen, a second click marks.
    harness.keys("t").click("billing").click("billing");
    assert!(harness.screen().contains("● billing"), "{}", harness.screen());
    harness.keys("esc :").type_text("hist");
    assert!(harness.click("History").screen().contains("─ History"), "{}", harness.screen());
}

#[test]
fn the_wheel_scrolls_wherever_one_is() {
    let mut harness = Harness::sample(80, 24);
    for keys in ["", "b", "t", "esc g y", "esc ?", "esc :", "esc g w", "esc g r"] {
        harness.keys(keys);
        let before = harness.screen();
        harness.wheel(10, 8, true).wheel(10, 19, true);
        let moved = before != harness.screen();
        // A document that fits has nothing to scroll.
        assert!(moved || keys.starts_with("esc g"), "after {keys}: {before}");
    }
}

#[test]
fn commands_of_the_screen_end_the_typing_first() {
    let mut harness = Harness::sample(100, 30);
    harness.keys("j j b j j enter e").type_text("Please lock it");
    assert!(harness.screen().contains("esc done"), "{}", harness.screen());
    harness.keys("f2").type_text("flag");
    assert!(harness.screen().contains("Raises a flag"), "{}", harness.screen());
    harness.keys("enter").type_text("wron").keys("enter").type_text("which card").keys("enter");
    let example = harness.reader().example(3).unwrap().unwrap();
    assert_eq!(example.flags.len(), 1);
    let turns = example.prompt.messages.iter();
    let mut texts = turns.chain(example.responses.iter().flat_map(|response| &response.messages));
    let kept = texts.any(|turn| turn.text().contains("Please lock it"));
    assert!(kept, "what was typed is on disk: {example:?}");
}

#[test]
fn hints_over_a_screen_are_of_what_works_there() {
    let mut harness = Harness::sample(100, 30);
    let mut footer = |keys: &str| harness.keys(keys).screen().lines().last().unwrap_or_default().to_owned();
    assert_eq!(footer("b t").trim(), "enter choose   tab toggle   esc cancel   ↓ next   ctrl-c quit");
    assert_eq!(footer("esc S").trim(), "enter choose   esc cancel   ↓ next   ctrl-c quit");
    assert_eq!(footer("esc N").trim(), "enter done   esc cancel   ctrl-c quit");
    assert_eq!(footer("esc :").trim(), "enter choose   esc cancel   ↓ next   ctrl-c quit");
}

#[test]
fn no_word_of_the_keys_is_cut_at_any_width() {
    for cells in [80, 100, 120, 160, 240] {
        for context in ["b", "g r", "g w esc"] {
            let mut harness = Harness::sample(cells, 200);
            let screen = harness.keys(context).keys("?").screen();
            for help in [
                crate::tui::commands::Command::ExampleSplit.help(),
                crate::tui::commands::Command::AppBack.help(),
            ] {
                // A sentence that is wrapped has its first and last words on the page.
                let last = help.rsplit(' ').next().unwrap_or_default();
                assert!(cells < 100 || screen.contains(last), "{last} at {cells}:\n{screen}");
            }
            assert!(screen.lines().all(|line| crate::text::width::width(line) <= usize::from(cells)));
        }
    }
}

#[test]
fn what_keeps_one_from_training_is_said_whole_in_80_columns() {
    let mut harness = Harness::sample(80, 24);
    for _ in 0..9 {
        harness.keys("b f").type_text("wron").keys("enter enter g h");
    }
    let screen = harness.screen();
    assert!(screen.contains("mend first: open flags and contradictions: 1\n"), "{screen}");
    // Before anything is measured it is said of the counts.
    let printed = crate::tui::home_as_text(harness.path(), "ana", 80).unwrap();
    assert!(printed.contains("no: at least 11 missing to 5 targets; 9 flags\n"), "{printed}");
    assert!(screen.contains("←→ facet 1/2") && screen.contains("4 of 15 wanted"), "{screen}");
}

#[test]
fn what_is_refused_stays_in_the_question_with_the_reason_and_no_key_runs_a_command() {
    let mut harness = Harness::sample(100, 30);
    // the target of a value, on Coverage: its last column
    harness.keys("g c right right right right t ctrl-u").type_text("many").keys("enter");
    let screen = harness.screen();
    assert!(screen.contains("Target (") && screen.contains("many"), "{screen}");
    assert!(screen.contains("should be a number of examples"), "{screen}");
    // what is typed next goes into the line: no new example is begun
    harness.type_text("n");
    assert!(harness.screen().contains("manyn"), "{}", harness.screen());
    harness.keys("ctrl-u").type_text("7").keys("enter");
    assert!(!harness.screen().contains("Target ("), "{}", harness.screen());
}

#[test]
fn what_a_verb_refuses_opens_the_question_again_unless_one_has_gone_on() {
    let mut harness = Harness::sample(100, 30);
    harness.keys("g c r").type_text("intent").keys("enter c").type_text("language").keys("enter");
    harness.keys("home R ctrl-u").type_text("cancel").keys("enter");
    let screen = harness.screen();
    assert!(screen.contains("What is intent:refund called?"), "{screen}");
    assert!(screen.contains("intent has the value “cancel” already"), "{screen}");
    harness.type_text("led").keys("enter");
    assert!(harness.screen().contains("renamed intent:refund to cancelled"), "{}", harness.screen());
    harness.keys("A").type_text("intent").keys("enter");
    assert!(harness.screen().contains("What is the new facet called?"), "{}", harness.screen());
    harness.keys("esc");
    assert!(!harness.screen().contains("What is the new facet called?"), "{}", harness.screen());
}

#[test]
fn a_file_that_can_not_be_read_or_written_leaves_its_name_to_be_mended() {
    let mut harness = Harness::sample(120, 36);
    harness.keys("g c r").type_text("intent").keys("enter c").type_text("language").keys("enter home");
    for _ in 0..9 {
        harness.keys("right");
    }
    harness.keys("t ctrl-u").type_text("./nothing.csv").keys("enter");
    let screen = harness.screen();
    assert!(screen.contains("Target (") && screen.contains("./nothing.csv"), "{screen}");
}

#[test]
fn what_is_typed_into_a_menu_and_refused_stays_there() {
    let mut harness = Harness::sample(100, 30);
    harness.keys("b t").type_text("nofacet").keys("enter");
    let screen = harness.screen();
    assert!(screen.contains("“nofacet” is no tag") && screen.contains("Tags of"), "{screen}");
}
