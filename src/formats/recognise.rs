//! Finds out which format records are in.

use serde_json::Value;

use super::{ALL, Fit, Format};

/// The format that fits a sample best.
#[derive(Clone, Copy)]
pub struct Recognised {
    /// The format.
    pub format: &'static dyn Format,
    /// How well the records that fit do so, the best of them.
    pub fit: Fit,
    /// How many of the sample fit.
    pub fitting: usize,
    /// How many were looked at.
    pub looked_at: usize,
}

impl std::fmt::Debug for Recognised {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{} ({:?}, {} of {})", self.format.id(), self.fit, self.fitting, self.looked_at)
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

/// The format that fits these records best; where several fit equally well, the first of [`ALL`].
pub fn recognise(records: &[Value]) -> Result<Recognised, Unrecognised> {
    if records.is_empty() {
        return Err(Unrecognised::Empty);
    }
    let mut best: Option<(usize, Recognised)> = None;
    for &format in ALL {
        let fits: Vec<Fit> = records.iter().map(|record| format.fit(record)).collect();
        let score = fits.iter().map(|fit| *fit as usize).sum();
        let fitting = fits.iter().filter(|fit| **fit > Fit::No).count();
        let fit = fits.into_iter().max().unwrap_or(Fit::No);
        if score > best.map_or(0, |(best, _)| best) {
            best = Some((score, Recognised { format, fit, fitting, looked_at: records.len() }));
        }
    }
    best.map(|(_, recognised)| recognised).ok_or_else(|| unknown(records))
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
        assert_eq!((found.format.id(), found.fitting, found.looked_at), ("openai-chat", 2, 3));
    }
}
