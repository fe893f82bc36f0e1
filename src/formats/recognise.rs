//! Finds out which format records are in.

use serde_json::{Value, json};

use super::{Fit, Format, Item, ReadOptions, all, sources};
use crate::example::{Message, Uuid};

/// The format that fits a sample best.
#[derive(Clone)]
pub struct Recognised {
    /// The format.
    pub format: &'static dyn Format,
    /// How sure that is.
    pub certainty: Certainty,
}

/// How sure it is that records are of a format.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Certainty {
    /// In a word.
    pub sure: Sure,
    /// How many of the records looked at fit.
    pub fitting: usize,
    /// How many were looked at.
    pub looked_at: usize,
    /// Other formats that fit just as well: the first was taken.
    pub equal: Vec<&'static str>,
    /// The format that fits next best, where that is at least half as well.
    pub next: Option<&'static str>,
}

/// How sure it is that records are of a format, in a word.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Sure {
    /// It could be read so, but might be meant otherwise.
    Possible,
    /// Its fields speak for it.
    Likely,
    /// All records fit, and nothing else looks like them.
    Certain,
}

impl Sure {
    /// The word.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Possible => "possible",
            Self::Likely => "likely",
            Self::Certain => "certain",
        }
    }
}

impl std::fmt::Display for Certainty {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let Self { sure, fitting, looked_at, .. } = self;
        let records = if *looked_at == 1 { "record" } else { "records" };
        write!(f, "{}: {fitting} of {looked_at} {records} looked at fit", sure.as_str())?;
        if !self.equal.is_empty() {
            write!(f, ", and {} just as well", self.equal.join(", "))?;
        }
        match self.next {
            Some(next) => write!(f, "; next best is {next}"),
            None => Ok(()),
        }
    }
}

impl std::fmt::Debug for Recognised {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{} ({})", self.format.id(), self.certainty)
    }
}

/// Why no format was recognised.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Unrecognised {
    /// There was nothing to look at.
    #[error("it holds no records")]
    Empty,
    /// Nothing fits.
    #[error(
        "no format fits its records, whose fields are: {}. Say which field is what, for instance --map {}",
        .fields.join(", "), .mapping
    )]
    Unknown {
        /// The fields that the records have, in the order in which they were seen.
        fields: Vec<String>,
        /// A mapping of those fields that might be meant.
        mapping: String,
    },
    /// Nothing fits, and there are no fields to map.
    #[error("no format fits its records, which are neither objects with fields nor texts")]
    NoFields,
}

/// The format that fits these records best. Where several fit equally well, one that is only read goes before
/// one for trainers, which takes more forms than it writes; else it is the first of [`all`].
pub fn recognise(records: &[Value]) -> Result<Recognised, Unrecognised> {
    if records.is_empty() {
        return Err(Unrecognised::Empty);
    }
    let mut scored: Vec<(usize, &'static dyn Format, Vec<Fit>)> = Vec::new();
    // what people move from has marks of its own, so it comes first
    for format in sources::FORMATS.iter().copied().chain(all()) {
        if scored.iter().any(|(_, there, _)| there.id() == format.id()) {
            continue;
        }
        let fits: Vec<Fit> = records.iter().map(|record| format.fit(record)).collect();
        let score = fits.iter().map(|fit| *fit as usize).sum();
        if score > 0 {
            scored.push((score, format, fits));
        }
    }
    // stable: of those that fit equally well the first stays the first
    scored.sort_by_key(|(score, ..)| std::cmp::Reverse(*score));
    let mut scored = scored.into_iter();
    let (best, format, fits) = scored.next().ok_or_else(|| unknown(records))?;
    // a format that reads them as the same examples is no other: many services take one form
    let is_other = |other: &(usize, &'static dyn Format, Vec<Fit>)| !read_alike(format, other.1, records);
    let rivals = scored.filter(|(score, ..)| score * 2 >= best).filter(is_other);
    let others: Vec<(usize, &'static str)> = rivals.map(|(score, format, _)| (score, format.id())).collect();
    let equal: Vec<&str> = others.iter().filter(|(score, _)| *score == best).map(|(_, id)| *id).collect();
    let next = others.iter().find(|(score, _)| *score < best).map(|(_, id)| *id);
    let (fitting, looked_at) = (fits.iter().filter(|fit| **fit > Fit::No).count(), fits.len());
    let sure = match fits.into_iter().max() {
        Some(Fit::Certain) if fitting == looked_at && equal.is_empty() => Sure::Certain,
        Some(Fit::Certain | Fit::Likely) if fitting * 2 > looked_at => Sure::Likely,
        _ => Sure::Possible,
    };
    Ok(Recognised { format, certainty: Certainty { sure, fitting, looked_at, equal, next } })
}

/// Records by which two formats are compared.
const COMPARED: usize = 3;

/// Whether two formats make the same examples of the first records.
fn read_alike(one: &dyn Format, other: &dyn Format, records: &[Value]) -> bool {
    let read = |format: &dyn Format| -> Option<Vec<Value>> {
        let mut reader = format.reader(&ReadOptions::default())?;
        let mut items = Vec::new();
        for record in records.iter().take(COMPARED) {
            items.extend(reader.read(record.clone()).ok()?);
        }
        items.extend(reader.finish().items);
        Some(items.iter().map(said).collect())
    };
    read(one).is_some_and(|said| Some(said) == read(other))
}

/// What an item says, without what is new with each reading.
fn said(item: &Item) -> Value {
    let Item::Example(example) = item else { return Value::Null };
    let turns = |messages: &[Message]| messages.iter().map(Message::to_json).collect::<Vec<_>>();
    let place = |id: &Uuid| example.responses.iter().position(|response| response.id == *id);
    let tiers = example.rankings.iter().map(|ranking| {
        ranking.tiers.iter().map(|tier| tier.iter().map(place).collect::<Vec<_>>()).collect::<Vec<_>>()
    });
    json!({
        "kind": example.kind,
        "status": example.status,
        "prompt": turns(&example.prompt.messages),
        "tools": example.prompt.tools,
        "responses": example.responses.iter().map(|response| turns(&response.messages)).collect::<Vec<_>>(),
        "tiers": tiers.collect::<Vec<_>>(),
    })
}

fn unknown(records: &[Value]) -> Unrecognised {
    let mut fields: Vec<&String> = Vec::new();
    for name in records.iter().filter_map(Value::as_object).flat_map(serde_json::Map::keys) {
        if !fields.contains(&name) {
            fields.push(name);
        }
    }
    // the fields with the most text are the likeliest; without a second one there is only a prompt
    let length = |name: &str| -> usize {
        records.iter().filter_map(|record| record.get(name)?.as_str()).map(str::len).sum()
    };
    let mut texts: Vec<&str> =
        fields.iter().map(|name| name.as_str()).filter(|name| length(name) > 0).collect();
    texts.sort_by_key(|name| std::cmp::Reverse(length(name)));
    texts.truncate(2);
    texts.sort_by_key(|name| fields.iter().position(|field| field == name));
    let mapping = match texts.as_slice() {
        [prompt, response, ..] => format!("prompt={prompt},response={response}"),
        [prompt] => format!("prompt={prompt}"),
        [] => "prompt=FIELD,response=FIELD".to_owned(),
    };
    if fields.is_empty() {
        return Unrecognised::NoFields;
    }
    Unrecognised::Unknown { fields: fields.into_iter().cloned().collect(), mapping }
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn what_nothing_fits_is_told_with_its_fields_and_a_mapping() {
        let records = [json!({"id": 1, "frage": "Was ist das?", "antwort": "Ein Test."})];
        let sentence = recognise(&records).unwrap_err().to_string();
        assert!(sentence.contains("id, frage, antwort"), "{sentence}");
        assert!(sentence.ends_with("--map prompt=frage,response=antwort"), "{sentence}");
    }

    #[test]
    fn nothing_to_look_at_is_an_error_of_its_own() {
        assert_eq!(recognise(&[]).unwrap_err(), Unrecognised::Empty);
        assert_eq!(recognise(&[json!(1)]).unwrap_err(), Unrecognised::NoFields);
    }

    #[test]
    fn the_odd_record_does_not_decide() {
        let chat = json!({"messages": [{"role": "user", "content": "hi"}]});
        let found = recognise(&[chat.clone(), json!({"text": 1}), chat]).unwrap();
        let Certainty { sure, fitting, looked_at, .. } = found.certainty;
        assert_eq!((found.format.id(), sure, fitting, looked_at), ("openai-chat", Sure::Likely, 2, 3));
    }

    #[test]
    fn how_sure_it_is_is_told_with_what_else_fits() {
        let goldset = recognise(&[
            json!({"goldset": 1}),
            json!({"prompt": {"messages": []}, "kind": "sft", "responses": []}),
        ]);
        assert_eq!(goldset.unwrap().certainty.sure, Sure::Certain);
        let table = recognise(&[json!({"frage": 1}), json!({"question": "a", "answer": "b"})]).unwrap();
        assert_eq!(
            table.certainty.to_string().split(';').next(),
            Some("possible: 1 of 2 records looked at fit")
        );
        let certainty = Certainty {
            sure: Sure::Likely,
            fitting: 1,
            looked_at: 1,
            equal: vec!["a", "b"],
            next: Some("c"),
        };
        assert_eq!(
            certainty.to_string(),
            "likely: 1 of 1 record looked at fit, and a, b just as well; next best is c"
        );
    }
}
