//! The filter line: typed, completed, with the place of what is wrong in it, and those of before.

use crate::query::{self, Filter, QueryError, Suggestion, Vocabulary};
use crate::tui::commands::Command;
use crate::tui::line::Line;

/// Filters that are kept to be brought back.
const KEPT: usize = 100;

/// The line while it is being typed.
#[derive(Debug, Clone, Default)]
pub struct Typing {
    /// The line.
    pub line: Line,
    /// What may be meant by the word at the cursor.
    pub suggestions: Vec<Suggestion>,
    /// What is wrong.
    pub error: Option<QueryError>,
    /// Which suggestion was taken, with the line before it: the next key of that kind takes the
    /// next one.
    taken: Option<(usize, String, usize)>,
    /// Which of the filters of before was brought back, counted from the latest.
    earlier: Option<usize>,
    /// What was typed before one was brought back.
    own: String,
}

/// Filters of before, the latest last.
#[derive(Debug, Clone, Default)]
pub struct Earlier(Vec<String>);

impl Earlier {
    /// Keeps one.
    pub fn keep(&mut self, text: &str) {
        if text.trim().is_empty() {
            return;
        }
        self.0.retain(|kept| kept != text);
        self.0.push(text.to_owned());
        if self.0.len() > KEPT {
            self.0.remove(0);
        }
    }
}

impl Typing {
    /// Begins with that text.
    pub fn new(text: &str, vocabulary: &Vocabulary) -> Self {
        let mut typing = Self { line: Line::new(text), ..Self::default() };
        typing.read(vocabulary);
        typing
    }

    /// Begins behind that text, ready for another term.
    pub fn further(text: &str, vocabulary: &Vocabulary) -> Self {
        if text.is_empty() { Self::new(text, vocabulary) } else { Self::new(&format!("{text} "), vocabulary) }
    }

    /// The filter, where it can be understood.
    pub fn filter(&self, vocabulary: &Vocabulary) -> Result<Filter, QueryError> {
        query::parse(self.line.text(), vocabulary)
    }

    fn read(&mut self, vocabulary: &Vocabulary) {
        self.error = self.filter(vocabulary).err();
        self.suggestions = query::complete(self.line.text(), self.line.cursor(), vocabulary).items;
    }

    /// Types something.
    pub fn text(&mut self, text: &str, vocabulary: &Vocabulary) {
        self.taken = None;
        self.line.type_text(text);
        self.read(vocabulary);
    }

    /// Does what a command does here; `false` where it is none of this line's.
    pub fn command(&mut self, command: Command, earlier: &Earlier, vocabulary: &Vocabulary) -> bool {
        match command {
            Command::FilterComplete => {
                self.complete(vocabulary);
                return true;
            }
            Command::FilterPrevious => self.bring_back(1, earlier),
            Command::FilterNext => self.bring_back(-1, earlier),
            other if self.line.command(other) => {}
            _ => return false,
        }
        self.taken = None;
        self.read(vocabulary);
        true
    }

    fn complete(&mut self, vocabulary: &Vocabulary) {
        let (nth, text, cursor) = match self.taken.take() {
            Some((nth, text, cursor)) => (nth + 1, text, cursor),
            None => (0, self.line.text().to_owned(), self.line.cursor()),
        };
        let completion = query::complete(&text, cursor, vocabulary);
        let Some(suggestion) = completion.items.get(nth % completion.items.len().max(1)) else { return };
        let (Some(before), Some(after)) =
            (text.get(..completion.replace.start), text.get(completion.replace.end..))
        else {
            return;
        };
        let at = before.len() + suggestion.text.len();
        self.line.set(&format!("{before}{}{after}", suggestion.text), at);
        self.error = self.filter(vocabulary).err();
        if completion.items.len() > 1 {
            // What is proposed stays in sight, to go on through it.
            self.suggestions = completion.items;
            self.taken = Some((nth, text, cursor));
        } else {
            self.read(vocabulary);
        }
    }

    /// The place of the suggestion that was taken, among those in sight.
    pub fn taken(&self) -> Option<usize> {
        self.taken.as_ref().map(|(nth, ..)| nth % self.suggestions.len().max(1))
    }

    fn bring_back(&mut self, by: isize, earlier: &Earlier) {
        if self.earlier.is_none() {
            self.own = self.line.text().to_owned();
        }
        // One step past the latest is what was typed here.
        let now = self.earlier.map_or(0, |at| at + 1);
        let then = now.saturating_add_signed(by).min(earlier.0.len());
        self.earlier = then.checked_sub(1);
        let text = match self.earlier {
            Some(back) => earlier.0.iter().rev().nth(back).cloned().unwrap_or_default(),
            None => self.own.clone(),
        };
        self.line = Line::new(&text);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::query::FacetWords;

    fn vocabulary() -> Vocabulary {
        Vocabulary {
            facets: vec![FacetWords::new("intent", false, ["refund", "cancel"])],
            ..Vocabulary::default()
        }
    }

    #[test]
    fn the_key_that_completes_goes_through_what_is_proposed() {
        let words = vocabulary();
        let mut typing = Typing::new("int", &words);
        typing.command(Command::FilterComplete, &Earlier::default(), &words);
        assert_eq!(typing.line.text(), "intent:");
        let mut typing = Typing::new("intent:", &words);
        typing.command(Command::FilterComplete, &Earlier::default(), &words);
        assert_eq!((typing.line.text(), typing.taken()), ("intent:refund", Some(0)));
        typing.command(Command::FilterComplete, &Earlier::default(), &words);
        assert_eq!((typing.line.text(), typing.taken()), ("intent:cancel", Some(1)));
        typing.text(" x", &words);
        assert_eq!((typing.line.text(), typing.taken()), ("intent:cancel x", None));
    }

    #[test]
    fn filters_of_before_come_back_and_what_was_typed_too() {
        let words = vocabulary();
        let mut earlier = Earlier::default();
        earlier.keep("one");
        earlier.keep("two");
        earlier.keep("one");
        let mut typing = Typing::new("own", &words);
        let mut press = |command| {
            typing.command(command, &earlier, &words);
            typing.line.text().to_owned()
        };
        let back = [Command::FilterPrevious; 3].map(&mut press);
        assert_eq!(back, ["one", "two", "two"]);
        assert_eq!([Command::FilterNext; 3].map(&mut press), ["one", "own", "own"]);
    }

    #[test]
    fn what_is_wrong_is_known_with_its_place() {
        let typing = Typing::new("intent:refnd", &vocabulary());
        assert!(typing.error.is_some_and(|error| error.span.start >= 7));
    }
}
