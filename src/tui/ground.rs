//! What lies behind the text: whether the terminal's background is dark or light.
//!
//! The terminal is asked for it (OSC 11) when it is taken over, and nothing waits for its answer: that comes
//! among the keys, is taken out from between them, and the colours change. A terminal that doesn't know the
//! question says nothing, and no key is lost on it.

use std::io::Write;

use crossterm::event::{Event, KeyCode, KeyEventKind, KeyModifiers};

/// What lies behind the text.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Ground {
    /// Dark, as where nobody says otherwise.
    #[default]
    Dark,
    /// Light.
    Light,
}

/// The longest answer, in characters: `11;rgba:ffff/ffff/ffff/ffff`.
const LONGEST: usize = 32;

/// From this luminance on (of 1), black is read on it more easily than white.
const MIDDLE: f64 = 0.179;

impl Ground {
    /// What the variable `COLORFGBG` says, which some terminals set: `0;15` is black on white.
    pub fn of_variable(value: &str) -> Option<Self> {
        match value.rsplit(';').next()?.parse::<u8>().ok()? {
            7 | 9..=15 => Some(Self::Light),
            0..=6 | 8 => Some(Self::Dark),
            _ => None,
        }
    }

    /// What it is with a background of that red, green and blue, from 0 to 1.
    fn of_colour(colour: [f64; 3]) -> Self {
        let [red, green, blue] = colour
            .map(|part| if part <= 0.040_45 { part / 12.92 } else { ((part + 0.055) / 1.055).powf(2.4) });
        let luminance = 0.212_6 * red + 0.715_2 * green + 0.072_2 * blue;
        if luminance > MIDDLE { Self::Light } else { Self::Dark }
    }

    /// What the terminal answered: `11;rgb:ffff/ffff/ffff`, with one to four digits a part.
    fn of_answer(answer: &str) -> Option<Self> {
        let colour = answer.strip_prefix("11;")?;
        let colour = colour.strip_prefix("rgb:").or_else(|| colour.strip_prefix("rgba:"))?;
        let mut parts = colour.split('/').map(|digits| {
            let most = 16_u32.checked_pow(u32::try_from(digits.len()).ok()?)?.checked_sub(1)?;
            let part = u16::from_str_radix(digits, 16).ok()?;
            (most > 0).then(|| f64::from(part) / f64::from(most))
        });
        let mut next = || parts.next().flatten();
        Some(Self::of_colour([next()?, next()?, next()?]))
    }
}

/// Whether the terminal can be asked: not where its name says that it is too simple to answer, nor where its
/// answer would not come among the keys.
pub fn can_be_asked() -> bool {
    let is_simple = |term: String| {
        term.is_empty() || ["dumb", "linux", "vt"].iter().any(|simple| term.starts_with(simple))
    };
    cfg!(unix) && std::env::var("TERM").is_ok_and(|term| !is_simple(term))
}

/// Asks the terminal.
pub fn ask(out: &mut impl Write) -> std::io::Result<()> {
    out.write_all(b"\x1b]11;?\x1b\\")?;
    out.flush()
}

/// Takes the answer out of what the terminal sends.
#[derive(Debug, Default)]
pub struct Hearing {
    /// What may be the beginning of it, as it came, and its characters.
    held: Vec<Event>,
    said: String,
    is_over: bool,
}

impl Hearing {
    /// Nothing was asked: all that comes is for somebody else.
    pub fn nothing() -> Self {
        Self { is_over: true, ..Self::default() }
    }

    /// Takes the answer out of these, once; what only began like it comes back behind what it waited for.
    pub fn sift(&mut self, events: Vec<Event>) -> (Vec<Event>, Option<Ground>) {
        if self.is_over {
            return (events, None);
        }
        let (mut left, mut ground) = (Vec::with_capacity(events.len()), None);
        for event in events {
            match self.hear(&event) {
                Heard::Nothing => {
                    left.append(&mut self.held);
                    self.said.clear();
                    // it may begin only now
                    if !self.is_over && is_begin(&event) {
                        self.held.push(event);
                    } else {
                        left.push(event);
                    }
                }
                Heard::Part => self.held.push(event),
                Heard::Aside => left.push(event),
                Heard::All(answer) => {
                    self.held.clear();
                    self.is_over = true;
                    ground = Some(answer);
                }
            }
        }
        (left, ground)
    }

    fn hear(&mut self, event: &Event) -> Heard {
        let Event::Key(key) = event else { return Heard::Aside };
        if self.is_over || key.kind != KeyEventKind::Press {
            return if self.held.is_empty() { Heard::Nothing } else { Heard::Aside };
        }
        if self.held.is_empty() {
            return if is_begin(event) { Heard::Part } else { Heard::Nothing };
        }
        let KeyCode::Char(c) = key.code else { return Heard::Nothing };
        let is_end = matches!((c, key.modifiers), ('\\', KeyModifiers::ALT) | ('g', KeyModifiers::CONTROL));
        if is_end {
            return Ground::of_answer(&self.said).map_or(Heard::Nothing, Heard::All);
        }
        if !(key.modifiers - KeyModifiers::SHIFT).is_empty() {
            return Heard::Nothing;
        }
        self.said.push(c);
        let known = "11;rgb";
        let is_so_far = known.starts_with(self.said.as_str()) || self.said.starts_with(known);
        if is_so_far && self.said.len() < LONGEST { Heard::Part } else { Heard::Nothing }
    }
}

/// Whether it may be the beginning of the answer: what follows the escape character is read as a key with alt.
fn is_begin(event: &Event) -> bool {
    matches!(event, Event::Key(key) if key.code == KeyCode::Char(']') && key.modifiers == KeyModifiers::ALT)
}

/// What an event is.
enum Heard {
    /// No part of the answer, and neither is what was held.
    Nothing,
    /// Perhaps a part of it.
    Part,
    /// Something that may come in between.
    Aside,
    /// Its end.
    All(Ground),
}

#[cfg(test)]
mod tests {
    use crossterm::event::KeyEvent;

    use super::*;

    fn key(c: char, modifiers: KeyModifiers) -> Event {
        Event::Key(KeyEvent::new(KeyCode::Char(c), modifiers))
    }

    /// What a terminal sends, as it is read: an escape character makes the next one come with alt.
    fn sent(text: &str) -> Vec<Event> {
        let mut events = Vec::new();
        let mut modifiers = KeyModifiers::NONE;
        for c in text.chars() {
            match c {
                '\x1b' => modifiers = KeyModifiers::ALT,
                '\x07' => events.push(key('g', KeyModifiers::CONTROL)),
                c => {
                    events.push(key(c, modifiers));
                    modifiers = KeyModifiers::NONE;
                }
            }
        }
        events
    }

    #[test]
    fn the_answer_is_taken_out_from_between_the_keys() {
        for (answer, ground) in [
            ("\x1b]11;rgb:ffff/ffff/ffff\x1b\\", Ground::Light),
            ("\x1b]11;rgb:FD/F6/E3\x07", Ground::Light),
            ("\x1b]11;rgba:0000/2b2b/3636/ffff\x1b\\", Ground::Dark),
            ("\x1b]11;rgb:0/0/0\x07", Ground::Dark),
        ] {
            let mut hearing = Hearing::default();
            let (keys, heard) = hearing.sift(sent(&format!("jj{answer}k")));
            assert_eq!((keys, heard), (sent("jjk"), Some(ground)), "{answer:?}");
            // One answer was asked for.
            let (keys, heard) = hearing.sift(sent(answer));
            assert_eq!((keys, heard), (sent(answer), None));
        }
    }

    #[test]
    fn an_answer_may_come_in_pieces() {
        let mut hearing = Hearing::default();
        let answer = sent("\x1b]11;rgb:ffff/ffff/ffff\x1b\\");
        let last = answer.len() - 1;
        for (at, event) in answer.into_iter().enumerate() {
            let (keys, ground) = hearing.sift(vec![event]);
            assert_eq!((keys, ground), (Vec::new(), (at == last).then_some(Ground::Light)));
        }
    }

    #[test]
    fn no_key_is_lost_on_what_only_begins_like_an_answer() {
        for typed in ["\x1b]x", "\x1b]11;rgb:no/no/no\x1b\\", "\x1b]11;r\x1b]j", "]11;rgb:0/0/0\x07"] {
            let mut hearing = Hearing::default();
            let (mut keys, ground) = hearing.sift(sent(typed));
            // what may still become one is held until the next key
            let (more, _) = hearing.sift(sent("q"));
            keys.extend(more);
            assert_eq!((keys, ground), (sent(&format!("{typed}q")), None), "{typed:?}");
        }
        let resized = vec![key(']', KeyModifiers::ALT), Event::Resize(80, 24)];
        assert_eq!(Hearing::default().sift(resized).0, [Event::Resize(80, 24)]);
        let (keys, ground) = Hearing::nothing().sift(sent("\x1b]11;rgb:0/0/0\x07"));
        assert_eq!((keys.len(), ground), (14, None), "where nothing was asked, nothing is held");
    }

    #[test]
    fn the_variable_names_the_background_last() {
        let of = Ground::of_variable;
        assert_eq!([of("0;15"), of("0;default;7")], [Some(Ground::Light); 2]);
        assert_eq!([of("15;0"), of("7;8")], [Some(Ground::Dark); 2]);
        assert_eq!([of("15;default"), of(""), of("0;16")], [None; 3]);
    }
}
