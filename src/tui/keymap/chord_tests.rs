//! What `chord` promises.
#![allow(clippy::unwrap_used)]

use proptest::prelude::*;

use super::*;

fn chord(spelt: &str) -> Chord {
    spelt.parse().unwrap()
}

fn event(code: KeyCode, modifiers: KeyModifiers) -> Option<Chord> {
    Chord::from_event(&KeyEvent::new(code, modifiers))
}

#[test]
fn spellings_are_read() {
    for spelt in [
        "ctrl-s",
        "space",
        "G",
        "<",
        "alt-left",
        "f1",
        "backspace",
        "-",
        "ctrl--",
        "alt--",
        "shift-tab",
        "é",
        "=",
        "page-up",
        "alt-G",
        "ctrl-space",
        "ctrl-/",
        "ctrl-shift-a",
        "shift-enter",
        "ctrl-alt-a",
    ] {
        assert_eq!(chord(spelt).to_string(), spelt);
    }
    assert_eq!(print_sequence(&parse_sequence("g  g").unwrap()), "g g");
}

#[test]
fn spellings_of_one_key_are_one_chord() {
    for (one, other) in [
        ("ctrl-i", "tab"),
        ("ctrl-m", "enter"),
        ("ctrl-[", "esc"),
        ("Ctrl-S", "ctrl-s"),
        ("shift-g", "G"),
        ("ctrl-@", "ctrl-space"),
        ("ctrl-_", "ctrl-/"),
        ("escape", "esc"),
        ("pgdn", "page-down"),
        ("⌫", "backspace"),
        ("alt-shift-g", "alt-G"),
    ] {
        assert_eq!(chord(one), chord(other), "{one}");
    }
}

#[test]
fn what_is_no_key_is_told() {
    assert_eq!("".parse::<Chord>(), Err(ChordError::Empty));
    assert_eq!(parse_sequence("  "), Err(ChordError::Empty));
    for wrong in ["ctl-s", "f25", "f0", "bogus", "ctrl-bogus"] {
        assert_eq!(wrong.parse::<Chord>(), Err(ChordError::Unknown(wrong.to_owned())));
    }
    assert!(matches!("shift-1".parse::<Chord>(), Err(ChordError::ShiftedCharacter(_))));
}

#[test]
fn what_terminals_send_is_normal() {
    use KeyModifiers as M;
    assert_eq!(event(KeyCode::Char('G'), M::SHIFT), Some(chord("G")));
    assert_eq!(event(KeyCode::Char('g'), M::SHIFT), Some(chord("G")));
    assert_eq!(event(KeyCode::Char('G'), M::NONE), Some(chord("G")));
    assert_eq!(event(KeyCode::Char('?'), M::SHIFT), Some(chord("?")));
    assert_eq!(event(KeyCode::Char('i'), M::CONTROL), Some(chord("tab")));
    assert_eq!(event(KeyCode::Char('S'), M::CONTROL), Some(chord("ctrl-s")));
    assert_eq!(event(KeyCode::Char('7'), M::CONTROL), Some(chord("ctrl-/")));
    assert_eq!(event(KeyCode::Char('@'), M::CONTROL | M::ALT), Some(chord("@")));
    assert_eq!(event(KeyCode::Char('ą'), M::CONTROL | M::ALT), Some(chord("ą")));
    assert_eq!(event(KeyCode::BackTab, M::SHIFT), Some(chord("shift-tab")));
    assert_eq!(event(KeyCode::BackTab, M::NONE), Some(chord("shift-tab")));
    assert_eq!(event(KeyCode::Tab, M::SHIFT), Some(chord("shift-tab")));
    assert_eq!(event(KeyCode::Char(' '), M::SHIFT), Some(chord("space")));
    assert_eq!(event(KeyCode::Char('c'), M::SUPER), None);
    let release = KeyEvent::new_with_kind(KeyCode::Char('a'), M::NONE, KeyEventKind::Release);
    assert_eq!(Chord::from_event(&release), None);
    let repeat = KeyEvent::new_with_kind(KeyCode::Char('a'), M::NONE, KeyEventKind::Repeat);
    assert_eq!(Chord::from_event(&repeat), Some(chord("a")));
}

#[test]
fn only_plain_characters_type() {
    assert_eq!(chord("a").typed(), Some('a'));
    assert_eq!(chord("space").typed(), Some(' '));
    for other in ["ctrl-a", "alt-a", "enter", "f1"] {
        assert_eq!(chord(other).typed(), None);
    }
}

fn any_chord() -> impl Strategy<Value = Chord> {
    let key = prop_oneof![
        any::<char>()
            .prop_filter("keys type visible characters", |c| !c.is_control() && !c.is_whitespace())
            .prop_map(Key::Char),
        prop::char::range(' ', '~').prop_map(Key::Char),
        (1u8..=24).prop_map(Key::F),
        prop::sample::select(Named::ALL).prop_map(Key::Named),
    ];
    (key, any::<bool>(), any::<bool>(), any::<bool>()).prop_filter_map(
        "signs that stand for a named key are not typed",
        |(key, ctrl, alt, shift)| {
            let is_sign = matches!(key, Key::Char(c) if Named::parse(&c.to_string()).is_some());
            (!is_sign).then(|| Chord::normal(key, ctrl, alt, shift))
        },
    )
}

proptest! {
    #[test]
    fn what_is_printed_reads_back(chords in prop::collection::vec(any_chord(), 1..4)) {
        prop_assert_eq!(parse_sequence(&print_sequence(&chords)).unwrap(), chords);
    }

    #[test]
    fn what_is_shown_reads_back(chord in any_chord()) {
        prop_assert_eq!(chord.shown().parse::<Chord>().unwrap(), chord);
    }
}
