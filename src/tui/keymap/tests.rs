//! What keymaps promise to those who change them, and to the screen.
#![allow(clippy::unwrap_used)]

use std::path::Path;

use super::*;

fn with(text: &str) -> (Keymap, Vec<KeymapError>) {
    load(Some((Path::new("keys.toml"), text)), "default")
}

fn told(text: &str) -> Vec<String> {
    with(text).1.iter().map(KeymapError::to_string).collect()
}

fn keys(keymap: &Keymap, context: Context, keys: &str) -> Vec<Pressed> {
    let mut pending = Pending::default();
    let chords = parse_sequence(keys).unwrap();
    chords.into_iter().map(|chord| keymap.press(context, &mut pending, chord)).collect()
}

#[test]
fn a_users_key_wins_and_all_others_stay() {
    let (keymap, errors) = with("[browse]\nX = \"example.discard\"\nx = \"unbound\"\n");
    assert_eq!(errors, []);
    assert_eq!(keymap.keys_for(Command::ExampleDiscard, Context::Browse), ["X"]);
    assert_eq!(keymap.keys_for(Command::ExampleDiscard, Context::Rank), ["x"]);
    assert_eq!(keymap.keys_for(Command::ExampleApprove, Context::Browse), ["a"]);
    assert_eq!(keys(&keymap, Context::Browse, "x"), [Pressed::Nothing]);
}

#[test]
fn a_users_key_is_the_one_that_hints_show() {
    let (keymap, _) = with("[home]\n\"f5\" = \"home.work\"\n");
    assert_eq!(keymap.footer(Context::Home, 80)[0].keys, "f5");
    assert_eq!(keymap.keys_for(Command::HomeWork, Context::Home), ["f5", "enter"]);
}

#[test]
fn what_is_unbound_does_nothing_even_where_it_is_bound_behind() {
    let (keymap, _) = with("[browse]\n\"u\" = \"unbound\"\n\"g\" = \"unbound\"\n");
    assert_eq!(
        keys(&keymap, Context::Browse, "u g h"),
        [Pressed::Nothing, Pressed::Nothing, Pressed::Run(Command::MoveLeft)]
    );
    assert_eq!(keys(&keymap, Context::Home, "u"), [Pressed::Run(Command::AppUndo)]);
    assert_eq!(keymap.keys_for(Command::GoHome, Context::Browse), Vec::<String>::new());
}

#[test]
fn a_short_key_takes_the_place_of_longer_ones() {
    let (keymap, errors) = with("[global]\n\"g\" = \"go.next-work\"\n");
    assert_eq!(errors, []);
    assert_eq!(keymap.keys_for(Command::GoHome, Context::Global), Vec::<String>::new());
    assert_eq!(keys(&keymap, Context::Global, "g"), [Pressed::Run(Command::GoNextWork)]);
}

#[test]
fn a_user_can_build_on_another_keymap() {
    let (keymap, errors) = with("base = \"vim\"\n[write]\n\"I\" = \"write.edit\"\n");
    assert_eq!(errors, []);
    assert_eq!(keymap.keys_for(Command::WriteEdit, Context::Write), ["I", "e", "enter"]);
    assert_eq!(keymap.keys_for(Command::WriteDeleteTurn, Context::Write), ["d d", "D"]);
}

#[test]
fn wrong_rows_are_told_and_the_rest_holds() {
    let text = "base = \"default\"\n\n[browse]\n\"y\" = \"example.aprove\"\n\"ctl-y\" = \"example.approve\"\n\
                \"Y\" = \"example.approve\"\n\"B\" = \"rank.tie\"\n\"E\" = 3\n\n[browze]\n\"a\" = \"app.quit\"\n";
    let (keymap, errors) = with(text);
    let told: Vec<_> = errors.iter().map(KeymapError::to_string).collect();
    assert_eq!(
        told,
        [
            "keys.toml, line 4: “example.aprove” is not a command; the nearest is “example.approve”",
            "keys.toml, line 5: “ctl-y” is not a key; keys are single characters, f1 to f24 and names such as enter, space, page-up",
            "keys.toml, line 7: “rank.tie” does nothing in [browse]; it works in [rank], [review]",
            "keys.toml, line 8: a row must be like \"ctrl-s\" = \"editor.save-and-next\", in a table such as [editor]",
            "keys.toml, line 10: [browze] is no place where keys are pressed; the nearest is “browse”",
        ]
    );
    assert_eq!(keymap.keys_for(Command::ExampleApprove, Context::Browse), ["Y", "a"]);
}

#[test]
fn one_key_in_two_spellings_is_told() {
    let text = "[editor]\n\"tab\" = \"editor.newline\"\n\"ctrl-i\" = \"editor.done\"\n";
    assert_eq!(
        told(text),
        ["keys.toml, line 3: “ctrl-i” is the same key as “tab” in line 2; take one of them out"]
    );
    assert_eq!(keys(&with(text).0, Context::Editor, "tab"), [Pressed::Run(Command::EditorNewline)]);
    let twice = told("[editor]\n\"tab\" = \"editor.newline\"\n\"tab\" = \"editor.done\"\n");
    assert!(twice.len() == 1 && twice[0].starts_with("keys.toml, line 3: this is not TOML:"), "{twice:?}");
}

#[test]
fn a_sequence_that_cannot_be_pressed_is_told() {
    assert_eq!(
        told("[browse]\n\"y\" = \"example.approve\"\n\"y y\" = \"example.discard\"\n"),
        ["keys.toml, line 3: “y y” and “y” in line 2 begin alike, so that the longer one can't be pressed"]
    );
    assert_eq!(
        told("[editor]\n\"j k\" = \"editor.done\"\n"),
        ["keys.toml, line 2: “j k” begins with a key that types in [editor]; begin it with ctrl or alt"]
    );
}

#[test]
fn a_file_that_is_no_keymap_leaves_the_default_one() {
    for text in ["[browse\n\"a\" = ", "\u{0}\u{1}", "[browse]\n= 3\n", "a = 1\nbase = 3\n"] {
        let (keymap, errors) = with(text);
        assert!(!errors.is_empty() && errors.iter().all(|error| error.line >= 1), "{text:?}");
        assert_eq!(keymap.rows(), Keymap::default().rows());
    }
    let (keymap, errors) = with("\nbase = \"nano\"\n");
    assert_eq!(
        errors[0].to_string(),
        "keys.toml, line 2: there is no keymap “nano” to build on; there are: default, vim, emacs"
    );
    assert_eq!(keymap.rows(), Keymap::default().rows());
}

#[test]
fn sequences_wait_and_no_press_is_swallowed() {
    let keymap = Keymap::default();
    let run = Pressed::Run;
    assert_eq!(keys(&keymap, Context::Browse, "g g"), [Pressed::Wait, run(Command::MoveTop)]);
    assert_eq!(keys(&keymap, Context::Browse, "g h"), [Pressed::Wait, run(Command::GoHome)]);
    assert_eq!(keys(&keymap, Context::Browse, "g x"), [Pressed::Wait, run(Command::ExampleDiscard)]);
    assert_eq!(
        keys(&keymap, Context::Browse, "g esc esc"),
        [Pressed::Wait, Pressed::Nothing, run(Command::AppBack)]
    );
    let mut pending = Pending::default();
    keymap.press(Context::Browse, &mut pending, "g".parse().unwrap());
    assert_eq!(pending.shown(), "g");
    let next: Vec<_> = keymap.continuations(Context::Browse, &pending).into_iter().map(|h| h.keys).collect();
    assert_eq!(
        next,
        ["n", "t", "g", "a", "b", "c", "d", "e", "f", "h", "i", "k", "l", "o", "p", "r", "s", "v", "w", "y"]
    );
}

#[test]
fn where_one_types_characters_are_text_and_chords_are_commands() {
    let keymap = Keymap::default();
    assert_eq!(
        keys(&keymap, Context::Editor, "x q ctrl-z f1"),
        [
            Pressed::Text('x'),
            Pressed::Text('q'),
            Pressed::Run(Command::EditorUndo),
            Pressed::Run(Command::AppHelp)
        ]
    );
    assert_eq!(
        keys(&keymap, Context::Picker, "t tab enter"),
        [Pressed::Text('t'), Pressed::Run(Command::PickerToggle), Pressed::Run(Command::PaletteAccept)]
    );
}

#[test]
fn footers_are_those_of_the_screens() {
    let line = |context, cells| {
        let hints = Keymap::default().footer(context, cells);
        hints.iter().map(|hint| format!("{} {}", hint.keys, hint.title)).collect::<Vec<_>>().join("   ")
    };
    assert_eq!(
        line(Context::Home, 78),
        "enter work   b browse   g c coverage   n new   / filter   : commands   ? keys"
    );
    assert_eq!(
        line(Context::Rank, 130),
        "1-9 next best   = same as last   0 rest are bad   ⌫ back   e rewrite best   f flag   enter submit as is   s skip   u undo   ? keys"
    );
    assert_eq!(
        line(Context::Editor, 118),
        "esc done   ctrl-s save and next   tab next field   ctrl-o your editor   ctrl-f find   ctrl-z undo   f1 keys"
    );
    assert_eq!(line(Context::Browse, 44), "enter open   / filter   space mark   ? keys");
}

#[test]
fn the_overlay_tells_all_keys_once() {
    let help = Keymap::default().help(Context::Rank);
    let rows: Vec<_> = help.iter().flat_map(|(_, rows)| rows).collect();
    assert_eq!((rows[0].keys.as_str(), rows[0].title), ("1-9", "Place a response"));
    assert_eq!(rows.iter().filter(|row| row.title == "Place a response").count(), 1);
    let next = rows.iter().find(|row| row.command == Command::RankFocusNext).unwrap();
    assert_eq!(next.keys, "tab  →  l");
    assert!(!rows.iter().any(|row| row.command == Command::MoveLeft), "hidden keys are not shown");
}

#[test]
fn the_printed_table_has_every_command() {
    let keymap = Keymap::default();
    let rows = keymap.rows();
    let with_modes = load(None, "vim").0.rows();
    for command in Command::ALL {
        let has = |rows: &[KeyRow]| rows.iter().any(|row| row.command == command.id());
        assert!(has(&with_modes), "{}", command.id());
        let is_of_modes = command.contexts().all(Context::is_of_modes);
        assert_eq!(has(&rows), !is_of_modes, "{}", command.id());
    }
    let markdown = keymap.markdown_table();
    assert!(markdown.contains("| `?`, `f1` | Shows every key that works here. | `app.help` |"));
    assert!(markdown.starts_with("### Everywhere `[global]`\n\n| key | does | command |\n"));
}
