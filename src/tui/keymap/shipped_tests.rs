//! What holds of every keymap that comes with the program.

use super::*;
use crate::tui::commands::Group;

/// Commands that are only there where a keymap has modes, and the one that ends typing where it has
/// none.
fn is_not_there(keymap: &Keymap, command: Command, context: Context) -> bool {
    if keymap.has_modes() {
        return command == Command::EditorDone && context == Context::Editor;
    }
    context.is_of_modes() || command == Command::EditorNormalMode
}

fn shipped() -> impl Iterator<Item = (&'static str, Keymap)> {
    BUILT_IN.into_iter().map(|(name, _)| {
        let (keymap, errors) = load(None, name);
        assert!(
            errors.is_empty(),
            "{}",
            errors.iter().map(KeymapError::to_string).collect::<Vec<_>>().join("\n")
        );
        (name, keymap)
    })
}

/// Commands that need keys which not every terminal sends: what they do can be done by beginning a
/// selection and moving.
fn selects_on_the_way(command: Command) -> bool {
    command.id().strip_prefix("editor.select-").is_some_and(|rest| rest != "all")
}

/// Presses what is shown, as a user would.
fn press(keymap: &Keymap, context: Context, keys: &str) -> Pressed {
    let mut pending = Pending::default();
    let chords = parse_sequence(keys).unwrap_or_default();
    chords
        .into_iter()
        .map(|chord| keymap.press(context, &mut pending, chord))
        .last()
        .unwrap_or(Pressed::Nothing)
}

#[test]
fn every_command_has_a_key_wherever_it_is_declared() {
    for (name, keymap) in shipped() {
        for &command in Command::ALL {
            for context in command.contexts().filter(|&near| !is_not_there(&keymap, command, near)) {
                let keys = keymap.keys_for(command, context);
                assert!(!keys.is_empty(), "{name}: {} has no key in [{}]", command.id(), context.name());
            }
        }
    }
}

#[test]
fn every_key_that_is_shown_does_what_it_says() {
    for (name, keymap) in shipped() {
        for &context in Context::ALL {
            for &command in Command::ALL {
                for keys in keymap.keys_for(command, context) {
                    let pressed = press(&keymap, context, &keys);
                    assert_eq!(pressed, Pressed::Run(command), "{name}: {keys} in [{}]", context.name());
                }
            }
            for hint in keymap.footer(context, 200) {
                let first = hint.keys.split_once('-').map_or(hint.keys.as_str(), |(first, _)| first);
                let keys = if hint.command == Command::PLACES[0] { first } else { &hint.keys };
                assert_eq!(press(&keymap, context, keys), Pressed::Run(hint.command), "{name}: {hint:?}");
            }
        }
    }
}

#[test]
fn every_command_can_be_given_by_a_plain_terminal() {
    for (name, keymap) in shipped() {
        for &command in Command::ALL {
            for context in command.contexts().filter(|&near| !is_not_there(&keymap, command, near)) {
                let sequences = keymap.sequences_for(command, context);
                let is_plain = sequences.iter().any(|chords| chords.iter().all(|chord| chord.is_plain()));
                assert!(
                    is_plain || selects_on_the_way(command),
                    "{name}: {} in [{}]",
                    command.id(),
                    context.name()
                );
            }
        }
    }
}

#[test]
fn no_sequence_is_hidden_behind_a_shorter_one() {
    for (name, keymap) in shipped() {
        for &context in Context::ALL {
            for near in context.chain() {
                for (chords, command) in keymap.tables.continuations(near, &[]) {
                    let is_deaf = !heard(context, chords).any(|heard| heard == near);
                    let len = chords.len();
                    let hidden = (1..len).any(|to| {
                        matches!(keymap.resolve(context, &chords[..to]), Found::Command(_) | Found::Blocked)
                    });
                    assert!(is_deaf || !hidden, "{name}: {} in [{}]", command.id(), context.name());
                }
            }
        }
    }
}

#[test]
fn one_types_every_character_where_one_types() {
    for (name, keymap) in shipped() {
        for &context in Context::ALL.iter().filter(|context| context.types_text()) {
            for typed in (' '..='~').chain(['é', '漢', '€']) {
                let mut pending = Pending::default();
                let pressed = keymap.press(context, &mut pending, Chord::of(Key::Char(typed)));
                assert_eq!(pressed, Pressed::Text(typed), "{name}: [{}]", context.name());
            }
        }
    }
}

#[test]
fn keys_that_edit_text_never_discard_and_help_is_always_at_hand() {
    for (name, keymap) in shipped() {
        let edits: Vec<String> = [Context::Line, Context::Editor]
            .into_iter()
            .flat_map(|context| {
                let text = Command::ALL.iter().filter(|command| command.group() == Group::Text);
                text.flat_map(|&command| keymap.keys_for(command, context)).collect::<Vec<_>>()
            })
            .collect();
        for &context in Context::ALL {
            for keys in keymap.keys_for(Command::ExampleDiscard, context) {
                assert!(!edits.contains(&keys), "{name}: {keys} discards");
            }
            let help = keymap.keys_for(Command::AppHelp, context);
            assert!(!help.is_empty(), "{name}: no help in [{}]", context.name());
        }
    }
}

#[test]
fn built_in_keymaps_build_on_the_default_one_only() {
    for (name, text) in BUILT_IN {
        let base = text.lines().find_map(|line| line.strip_prefix("base = "));
        assert_eq!(base, (name != "default").then_some("\"default\""));
    }
}

#[test]
fn footers_fit_and_end_with_the_way_to_all_keys() {
    let keymap = Keymap::default();
    for &context in Context::ALL {
        for cells in [0, 10, 40, 78, 118, 200] {
            let hints = keymap.footer(context, cells);
            let wide: usize =
                hints.iter().map(Hint::width).sum::<usize>() + hints.len().saturating_sub(1) * Hint::GAP;
            assert!(wide <= cells, "{wide} > {cells} in [{}]", context.name());
            let ends_with_help = hints.last().is_some_and(|hint| hint.command == Command::AppHelp);
            assert!(cells < 10 || context == Context::Help || ends_with_help);
        }
    }
}
