//! What can be set of bringing in a file, and what a field of its records can become: what stands there, and
//! the menus.

use super::Import;
use crate::example::{Kind, Status};
use crate::formats::{self, FAMILIES, Format, ReadOptions, Target};
use crate::text::count::bytes;
use crate::text::harmless::harmless;
use crate::text::width::truncate_middle;
use crate::tui::effect::{Effect, Picker, PickerItem, Prompting, Purpose, Shared};
use crate::tui::importing::{Bringing, COLUMNS, Found, How};

/// A row of the settings.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Setting {
    /// The file.
    File,
    /// What its records are.
    Format,
    /// The status of what comes in.
    Status,
    /// The kind of what comes in.
    Kind,
    /// Where what is rejected goes.
    Rejects,
}

impl Setting {
    /// In the order in which they are shown.
    pub const ALL: &'static [Self] = &[Self::File, Self::Format, Self::Status, Self::Kind, Self::Rejects];

    /// What it is called.
    pub const fn name(self) -> &'static str {
        match self {
            Self::File => "file",
            Self::Format => "format",
            Self::Status => "status",
            Self::Kind => "kind",
            Self::Rejects => "rejects",
        }
    }
}

/// A question about what is brought in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Asked {
    /// Which file or folder?
    File,
    /// Which format?
    Format,
    /// Which status?
    Status,
    /// Which kind?
    Kind,
    /// Where to with what is rejected?
    Rejects,
    /// What does the field become?
    Target,
    /// Which of the saved mappings?
    Saved,
    /// Under which name is the mapping saved?
    Name,
}

impl Asked {
    const ALL: &'static [Self] = &[
        Self::File,
        Self::Format,
        Self::Status,
        Self::Kind,
        Self::Rejects,
        Self::Target,
        Self::Saved,
        Self::Name,
    ];

    /// What tells the answer to this question from others.
    pub fn purpose(self) -> Purpose {
        Purpose::Own(self as u8)
    }

    /// The question that was answered.
    pub fn of(purpose: &Purpose) -> Option<Self> {
        Self::ALL.iter().copied().find(|asked| asked.purpose() == *purpose)
    }
}

/// Cells of a field's name in a question.
const NAMED: usize = 24;
/// What is said of nothing in particular.
const AS_IT_LOOKS: &str = "as it looks";
const BY_FIELD: &str = "field by field";
const AS_IN_FILE: &str = "as the file says";
const NOTHING: &str = "nothing";

impl Setting {
    /// What stands there, and whether somebody set it.
    pub fn value(self, screen: &Import) -> (String, bool) {
        let Bringing { how, status, kind, rejects, .. } = &screen.bringing;
        let word = |word: Option<&str>| (word.unwrap_or(AS_IN_FILE).to_owned(), word.is_some());
        match self {
            Self::File if screen.typed.is_empty() => ("none yet".to_owned(), false),
            Self::File => (screen.typed.clone(), true),
            Self::Format => match how {
                How::AsItLooks => (AS_IT_LOOKS.to_owned(), false),
                How::Format(id) => ((*id).to_owned(), true),
                How::Guessed(_) | How::Mapping(_) => (BY_FIELD.to_owned(), true),
            },
            Self::Status => word(status.map(Status::as_str)),
            Self::Kind => word(kind.map(Kind::as_str)),
            Self::Rejects => match rejects {
                Some(path) => (path.clone(), true),
                None => ("told here".to_owned(), false),
            },
        }
    }

    /// The question that changes it; of the file it is asked elsewhere, for the folder has to be read.
    pub fn ask(self, screen: &Import) -> Option<Effect> {
        let Bringing { status, kind, rejects, .. } = &screen.bringing;
        let items = |words: &[&'static str], now: Option<&str>| {
            let all = std::iter::once(AS_IN_FILE).chain(words.iter().copied());
            all.map(|word| item("", word, "", now.unwrap_or(AS_IN_FILE) == word)).collect()
        };
        Some(match self {
            Self::File => return None,
            Self::Format => pick(Asked::Format, "What are its records?", formats_of(screen), false),
            Self::Status => {
                let words: Vec<&str> = Status::ALL.iter().map(|status| status.as_str()).collect();
                let items = items(&words, status.map(Status::as_str));
                pick(Asked::Status, "Which status do they get?", items, false)
            }
            Self::Kind => {
                let words = [Kind::Sft.as_str(), Kind::Preference.as_str()];
                pick(Asked::Kind, "Of which kind are they?", items(&words, kind.map(Kind::as_str)), false)
            }
            Self::Rejects => {
                let stem = format!("{}.rejects.jsonl", screen.typed);
                let now = rejects.clone().unwrap_or(stem);
                ask(Asked::Rejects, "Where to with records that are rejected? (empty: only told)", now)
            }
        })
    }
}

/// Every format that is read.
fn formats_of(screen: &Import) -> Vec<PickerItem> {
    let now = &screen.bringing.how;
    let looks = match screen.looked.as_ref().map(|looked| &looked.found) {
        Some(Ok((id, certainty))) => format!("{id}, {}", certainty.sure.as_str()),
        _ => String::new(),
    };
    let mut items = vec![
        item("", AS_IT_LOOKS, &looks, false),
        item("", BY_FIELD, "you say which field is what", now.mapping().is_some()),
    ];
    for family in FAMILIES {
        let read = family
            .formats
            .iter()
            .filter(|format| format.id() != COLUMNS && format.reader(&ReadOptions::default()).is_some());
        items.extend(read.map(|format: &&dyn Format| {
            item(family.title, format.id(), format.title(), *now == How::Format(format.id()))
        }));
    }
    items
}

/// How records are read that a menu of formats was answered with.
pub(super) fn how(answer: &str) -> Option<How> {
    match answer {
        AS_IT_LOOKS => Some(How::AsItLooks),
        BY_FIELD => Some(How::Format(COLUMNS)),
        id => formats::by_id(id).map(|format| How::Format(format.id())),
    }
}

/// Changes what was asked; a sentence where that can't be.
pub(super) fn set(bringing: &mut Bringing, asked: Asked, answer: &str) {
    match asked {
        Asked::Status => bringing.status = answer.parse().ok(),
        Asked::Kind => bringing.kind = answer.parse().ok(),
        Asked::Rejects => {
            let path = answer.trim();
            bringing.rejects = (!path.is_empty()).then(|| path.to_owned());
        }
        Asked::File | Asked::Format | Asked::Target | Asked::Saved | Asked::Name => {}
    }
}

/// The menu of files in a folder.
pub(super) fn files(folder: &str, found: &[Found]) -> Effect {
    let folder = match folder {
        "" | "." => String::new(),
        folder => format!("{}/", folder.trim_end_matches('/')),
    };
    let entry = |found: &Found| {
        let detail = if found.name.ends_with('/') { "a folder".to_owned() } else { bytes(found.bytes) };
        item("", &format!("{folder}{}", found.name), &detail, false)
    };
    let mut items: Vec<PickerItem> = found.iter().map(entry).collect();
    items.push(item("", &format!("{folder}../"), "the folder above", false));
    pick(Asked::File, "Which file? (or its path)", items, true)
}

/// What a target is, for people.
const fn about(target: &Target) -> &'static str {
    match target {
        Target::System => "the system turn",
        Target::Prompt => "what is asked; several fields are joined",
        Target::Response => "an answer; several fields are several answers",
        Target::Chosen => "the better answer of a pair",
        Target::Rejected => "the worse answer of a pair",
        Target::Tag(_) => "a facet's value",
        Target::Note => "a note on the example",
        Target::Id => "the id where it comes from",
        Target::Author => "the person who wrote the answer",
        Target::Model => "the model that wrote the answer",
        Target::Status => "pending, draft, submitted, approved or discarded",
        Target::Split => "train, validation or test",
        Target::Annotator => "who chose",
    }
}

/// The menu of what a field can become.
pub(super) fn targets(path: &str, now: &[&Target], shared: &Shared) -> Effect {
    let mut items = vec![item("", NOTHING, "it stays with the example as metadata", now.is_empty())];
    for (word, target) in Target::words() {
        items.push(item("", word, about(target), now.contains(&target)));
    }
    let mut facets: Vec<&str> = shared.counts.facets.iter().map(|facet| facet.name.as_str()).collect();
    // a facet of the field's own name is what is meant most often where there is none yet
    let own = path.rsplit('.').next().unwrap_or(path).trim();
    if !own.is_empty() && !facets.contains(&own) {
        facets.push(own);
    }
    for facet in facets {
        let target = Target::Tag(facet.to_owned());
        let is_there = shared.counts.facets.iter().any(|there| there.name == facet);
        let detail = if is_there {
            "a value of this facet"
        } else {
            "a value of a new facet; tag:NAME is typed for another"
        };
        items.push(item("", &target.to_string(), detail, now.contains(&&target)));
    }
    let title = format!("What does {} become?", truncate_middle(&harmless(path), NAMED));
    pick(Asked::Target, &title, items, true)
}

/// The target that a menu was answered with; `None`: nothing.
pub(super) fn target(answer: &str) -> Result<Option<Target>, String> {
    match answer.trim() {
        NOTHING => Ok(None),
        word => word.parse().map(Some).map_err(|error: formats::MappingError| error.to_string()),
    }
}

pub(super) fn item(group: &str, value: &str, detail: &str, chosen: bool) -> PickerItem {
    PickerItem { group: group.to_owned(), value: value.to_owned(), detail: detail.to_owned(), chosen }
}

pub(super) fn pick(asked: Asked, title: &str, items: Vec<PickerItem>, open: bool) -> Effect {
    Effect::Pick(Picker { title: title.to_owned(), items, several: false, open, purpose: asked.purpose() })
}

/// A question for a line.
pub(super) fn ask(asked: Asked, title: &str, text: String) -> Effect {
    Effect::Enter(Prompting { title: title.to_owned(), text, purpose: asked.purpose() })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn questions_are_told_apart() {
        for (at, asked) in Asked::ALL.iter().enumerate() {
            assert_eq!(Asked::of(&asked.purpose()), Some(*asked));
            assert_eq!(usize::from(*asked as u8), at);
        }
        assert_eq!(Asked::of(&Purpose::Tag), None);
    }

    #[test]
    fn every_word_of_the_menu_is_a_target() {
        for (word, there) in Target::words() {
            assert_eq!(target(word), Ok(Some(there.clone())));
        }
        assert_eq!(target(NOTHING), Ok(None));
        assert_eq!(target("tag:topic"), Ok(Some(Target::Tag("topic".to_owned()))));
        assert!(target("promt").is_err());
    }

    #[test]
    fn what_was_set_is_taken_back() {
        let mut bringing = Bringing::default();
        set(&mut bringing, Asked::Status, "approved");
        set(&mut bringing, Asked::Kind, "preference");
        set(&mut bringing, Asked::Rejects, " bad.jsonl ");
        assert_eq!((bringing.status, bringing.kind), (Some(Status::Approved), Some(Kind::Preference)));
        assert_eq!(bringing.rejects, Some("bad.jsonl".to_owned()));
        for (asked, answer) in [(Asked::Status, AS_IN_FILE), (Asked::Kind, AS_IN_FILE), (Asked::Rejects, "")]
        {
            set(&mut bringing, asked, answer);
        }
        assert_eq!(bringing, Bringing::default());
    }
}
