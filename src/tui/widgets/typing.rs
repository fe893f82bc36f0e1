//! What is being typed and belongs to no action yet: which fields, whether the last key of each is
//! on disk, and what is to be put there now.
//!
//! The rule: the first change that is not on its way to disk asks to be woken after
//! [`AT_LATEST`]; then, and whenever the screen is left, everything that changed is kept.

use std::collections::VecDeque;

use crate::tui::effect::Effect;

/// How long after a key what was typed is on its way to disk at the latest, in milliseconds.
pub const AT_LATEST: u64 = 1_000;

/// The name under which the place is kept at which one was typing. It is nothing that one typed: it
/// goes to disk like a field, and is never what is still unsaved.
pub const PLACE: &str = "place";

/// One field.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Field {
    name: String,
    /// How often it changed; how far that is on its way to disk, and how far it is there.
    typed: u64,
    sent: u64,
    kept: u64,
}

/// The fields of one example that are being typed.
#[derive(Debug, Default)]
pub struct Typing {
    fields: Vec<Field>,
    /// What is on its way: field and how far it was typed then, in order.
    flights: VecDeque<(String, u64)>,
    /// Whether a waking is on its way.
    waking: bool,
}

impl Typing {
    fn field(&mut self, name: &str) -> &mut Field {
        let at = self.fields.iter().position(|field| field.name == name).unwrap_or_else(|| {
            self.fields.push(Field { name: name.to_owned(), typed: 0, sent: 0, kept: 0 });
            self.fields.len() - 1
        });
        // `at` was found or pushed just above.
        &mut self.fields[at]
    }

    /// A field changed; asks to be woken where nothing does yet.
    pub fn changed(&mut self, name: &str) -> Option<Effect> {
        self.field(name).typed += 1;
        if std::mem::replace(&mut self.waking, true) { None } else { Some(Effect::Wake(AT_LATEST)) }
    }

    /// The waking came.
    pub fn woken(&mut self) {
        self.waking = false;
    }

    /// What is to be kept now: each field that changed since it was sent last, with its text as
    /// `text_of` gives it.
    pub fn keep(&mut self, example: i64, mut text_of: impl FnMut(&str) -> Option<String>) -> Vec<Effect> {
        let mut effects = Vec::new();
        for field in self.fields.iter_mut().filter(|field| field.sent < field.typed) {
            let Some(text) = text_of(&field.name) else { continue };
            field.sent = field.typed;
            self.flights.push_back((field.name.clone(), field.typed));
            effects.push(Effect::KeepDraft { example, field: field.name.clone(), text });
        }
        effects
    }

    /// A field's text is on disk: that of the oldest flight of this field.
    pub fn kept(&mut self, name: &str) {
        let Some(at) = self.flights.iter().position(|(field, _)| field == name) else { return };
        if let Some((_, typed)) = self.flights.remove(at)
            && let Some(field) = self.fields.iter_mut().find(|field| field.name == name)
        {
            field.kept = field.kept.max(typed);
        }
    }

    /// A field's text did not come to disk; asks to be woken, to try again. `None` where the field
    /// is not typed in any more.
    pub fn lost(&mut self, name: &str) -> Option<Effect> {
        let at = self.flights.iter().position(|(field, _)| field == name)?;
        self.flights.remove(at);
        let is_newer_under_way = self.flights.iter().any(|(field, _)| field == name);
        let field = self.fields.iter_mut().find(|field| field.name == name)?;
        if !is_newer_under_way {
            field.sent = field.kept;
        }
        self.waking = true;
        Some(Effect::Wake(AT_LATEST))
    }

    /// A field belongs to an action now, or nothing of it is left: it is no draft any more. Says
    /// whether a draft of it may be on disk.
    pub fn ended(&mut self, name: &str) -> bool {
        let sent = self.fields.iter().any(|field| field.name == name && field.sent > 0);
        self.fields.retain(|field| field.name != name);
        self.flights.retain(|(field, _)| field != name);
        sent
    }

    /// A field as it came back from disk.
    pub fn restored(&mut self, name: &str) {
        let field = self.field(name);
        (field.typed, field.sent, field.kept) = (1, 1, 1);
    }

    /// Whether anything typed is not on disk.
    pub fn is_unsaved(&self) -> bool {
        self.fields.iter().any(|field| field.kept < field.typed && field.name != PLACE)
    }

    /// Whether anything is typed that belongs to no action.
    pub fn is_empty(&self) -> bool {
        self.fields.is_empty()
    }

    /// Forgets everything, as another example comes; a waking on its way stays known.
    pub fn clear(&mut self) {
        self.fields.clear();
        self.flights.clear();
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;

    fn kept(effects: &[Effect]) -> Vec<(&str, &str)> {
        effects
            .iter()
            .map(|effect| match effect {
                Effect::KeepDraft { field, text, .. } => (field.as_str(), text.as_str()),
                other => panic!("{other:?}"),
            })
            .collect()
    }

    #[test]
    fn the_first_key_asks_to_be_woken_and_the_others_do_not() {
        let mut typing = Typing::default();
        assert!(matches!(typing.changed("prompt/0"), Some(Effect::Wake(AT_LATEST))));
        assert!(typing.changed("prompt/0").is_none());
        assert!(typing.changed("new").is_none());
        typing.woken();
        let effects = typing.keep(7, |name| Some(format!("text of {name}")));
        assert_eq!(kept(&effects), [("prompt/0", "text of prompt/0"), ("new", "text of new")]);
        assert!(typing.keep(7, |_| Some(String::new())).is_empty());
        assert!(typing.changed("new").is_some());
    }

    #[test]
    fn saved_is_said_only_of_what_is_on_disk() {
        let mut typing = Typing::default();
        typing.changed("new");
        assert!(typing.is_unsaved());
        typing.keep(7, |_| Some("a".to_owned()));
        assert!(typing.is_unsaved());
        typing.changed("new");
        typing.kept("new");
        assert!(typing.is_unsaved(), "the second key is not on disk");
        typing.keep(7, |_| Some("ab".to_owned()));
        typing.kept("new");
        assert!(!typing.is_unsaved());
    }

    #[test]
    fn what_did_not_come_to_disk_is_sent_again() {
        let mut typing = Typing::default();
        assert!(typing.lost("new").is_none(), "nothing is typed there");
        typing.changed("new");
        typing.keep(7, |_| Some("a".to_owned()));
        assert!(matches!(typing.lost("new"), Some(Effect::Wake(AT_LATEST))));
        typing.woken();
        assert_eq!(kept(&typing.keep(7, |_| Some("a".to_owned()))), [("new", "a")]);
        typing.kept("new");
        assert!(!typing.is_unsaved());
    }

    #[test]
    fn what_an_action_took_over_is_no_draft_any_more() {
        let mut typing = Typing::default();
        typing.changed("new");
        assert!(!typing.ended("new"), "nothing of it went to disk");
        assert!(typing.is_empty() && !typing.is_unsaved());
        typing.restored("prompt/0");
        assert!(!typing.is_unsaved() && !typing.is_empty());
        assert!(typing.ended("prompt/0"));
    }
}
