//! What training costs at whom: the person's own table, or a small one that is built in.

use std::io::ErrorKind;
use std::path::{Path, PathBuf};

use serde::Deserialize;
use thiserror::Error;

use super::{Cost, Epochs, Price, Training};
use crate::text::place::position;
use crate::text::toml_error::TomlError;
use crate::text::utf8;

/// The oldest day in the table below: nobody has looked the prices up at the providers since.
const NOTED: &str = "2025-07-01";

/// Provider, model, dollars for a million tokens of supervised training, and the day that that is about. Those of
/// OpenAI are as guides have them, those of Fireworks as a copy of its own page has them.
const BUILT_IN: [(&str, &str, f64, &str); 4] = [
    ("OpenAI", "gpt-4o", 25.0, "2026-04-01"),
    ("OpenAI", "gpt-4o-mini", 3.0, "2026-04-01"),
    ("Fireworks", "up to 16B, LoRA", 0.5, NOTED),
    ("Fireworks", "16B to 80B, LoRA", 3.0, NOTED),
];

const HEAD: &str = "\
# What fine-tuning costs, for `goldset cost`.
#
# These were not checked at the providers. Prices change: look each of them up at its provider, and set `noted` to the day on which you did.
#
#   provider      who
#   model         which model, or which kind
#   per_million   dollars for a million tokens of training
#   noted         the day on which that was noted, year-month-day
";

/// The prices, and where they are from.
#[derive(Debug, Clone, PartialEq)]
pub struct Prices {
    /// Those.
    pub prices: Vec<Price>,
    /// The file; `None`: they are built in.
    pub file: Option<PathBuf>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    #[serde(default)]
    price: Vec<toml::Spanned<Price>>,
}

fn built_in() -> Vec<Price> {
    let price = |(provider, model, per_million, noted): (&str, &str, f64, &str)| Price {
        provider: provider.to_owned(),
        model: model.to_owned(),
        per_million,
        noted: noted.to_owned(),
    };
    BUILT_IN.map(price).to_vec()
}

/// Why prices can't be used.
#[derive(Debug, Error)]
pub enum PricesError {
    /// The file can't be read.
    #[error("{name}: {source}")]
    File {
        /// The file.
        name: String,
        /// Why not.
        source: std::io::Error,
    },
    /// It is no table of prices; the sentence says where and why.
    #[error("{0}")]
    Table(String),
}

impl Prices {
    /// Those that are built in.
    pub fn built_in() -> Self {
        Self { prices: built_in(), file: None }
    }

    /// Reads the person's own prices, or takes those that are built in where there is no file.
    ///
    /// # Errors
    /// Where the file can't be read, or is no table of prices.
    pub fn read(path: Option<&Path>) -> Result<Self, PricesError> {
        let Some(path) = path else { return Ok(Self::built_in()) };
        let name = path.display().to_string();
        let text = match std::fs::read(path).and_then(utf8::decode) {
            Ok(text) => text,
            Err(error) if error.kind() == ErrorKind::NotFound => return Ok(Self::built_in()),
            Err(source) => return Err(PricesError::File { name, source }),
        };
        let prices = parse(&name, &text).map_err(PricesError::Table)?;
        Ok(Self { prices, file: Some(path.to_owned()) })
    }

    /// The table that is built in, as a file to edit.
    pub fn as_file() -> String {
        as_file(&built_in())
    }
}

impl Training {
    /// What it costs by each of these prices: with the epochs that were said, or else OpenAI's own at OpenAI and
    /// 3 elsewhere.
    pub fn costs(self, prices: &[Price], epochs: Option<u64>) -> Vec<(Price, Cost)> {
        let cost = |price: &Price| {
            let epochs = match epochs {
                Some(epochs) => Epochs::Fixed(epochs),
                None if price.provider.to_lowercase().contains("openai") => Epochs::OpenAi,
                None => Epochs::Fixed(3),
            };
            Some((price.clone(), Self { epochs, ..self }.cost(price)?))
        };
        prices.iter().filter_map(cost).collect()
    }
}

/// The prices of a file, or a sentence that names the line and the field.
fn parse(name: &str, text: &str) -> Result<Vec<Price>, String> {
    let text = text.strip_prefix('\u{feff}').unwrap_or(text);
    let place = |at: usize| format!("{name}, line {}", position(text, at).line);
    let file: File = toml::from_str(text).map_err(|error| {
        let TomlError { line, reason } = TomlError::of(text, &error);
        format!("{name}, line {line}: {reason}")
    })?;
    if file.price.is_empty() {
        return Err(format!(
            "{name}: there is no [[price]] in it; without the file those built in are taken"
        ));
    }
    let mut prices = Vec::new();
    for entry in file.price {
        let at = place(entry.span().start);
        let price = entry.into_inner();
        if !price.per_million.is_finite() || price.per_million < 0.0 {
            return Err(format!("{at}: per_million is {}: give dollars from 0 on", price.per_million));
        }
        if !is_day(&price.noted) {
            return Err(format!("{at}: noted is “{}”: give a day such as {NOTED}", price.noted));
        }
        prices.push(price);
    }
    Ok(prices)
}

/// Whether it looks like `2026-01-31`.
fn is_day(text: &str) -> bool {
    let parts: Vec<&str> = text.split('-').collect();
    let number = |text: &str, digits: usize| {
        (text.len() == digits).then(|| text.parse::<u32>().ok()).flatten().filter(|_| !text.starts_with('+'))
    };
    match parts.as_slice() {
        [year, month, day] => {
            number(year, 4).is_some()
                && number(month, 2).is_some_and(|month| (1..=12).contains(&month))
                && number(day, 2).is_some_and(|day| (1..=31).contains(&day))
        }
        _ => false,
    }
}

/// The table that is built in, as a file to edit.
fn as_file(prices: &[Price]) -> String {
    let mut text = HEAD.to_owned();
    for price in prices {
        // Strings, a number and a day can always be written.
        let fields = toml::to_string(price).unwrap_or_default();
        text.push_str("\n[[price]]\n");
        text.push_str(&fields);
    }
    text
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;

    #[test]
    fn the_file_to_edit_says_what_is_built_in() {
        assert_eq!(parse("f", &as_file(&built_in())), Ok(built_in()));
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("prices.toml");
        assert_eq!(Prices::read(Some(&path)).unwrap(), Prices::built_in());
        std::fs::write(&path, Prices::as_file()).unwrap();
        let read = Prices::read(Some(&path)).unwrap();
        assert_eq!((read.prices, read.file), (built_in(), Some(path)));
    }

    #[test]
    fn what_is_wrong_is_told_with_its_line() {
        let price = |fields: &str| format!("# mine\n[[price]]\nprovider = \"A\"\nmodel = \"b\"\n{fields}");
        for (text, reason) in [
            (price("per_million = 3\n"), "f, line 2: noted is missing: give it too"),
            (
                price("per_million = \"3\"\nnoted = \"2026-01-01\"\n"),
                "f, line 5: per_million is “3”, a text, and should be a number",
            ),
            (price("per_million = -3.0\nnoted = \"2026-01-01\"\n"), "f, line 2: per_million is -3"),
            (price("per_million = nan\nnoted = \"2026-01-01\"\n"), "f, line 2: per_million is NaN"),
            (price("per_million = 3.0\nnoted = \"in May\"\n"), "f, line 2: noted is “in May”"),
            (price("per_million = 3.0\nnoted = \"2026-13-01\"\n"), "f, line 2: noted is"),
            (
                price("per_milion = 3.0\nnoted = \"2026-01-01\"\n"),
                "f, line 5: “per_milion” is nothing that can stand here",
            ),
            ("# nothing\n".to_owned(), "f: there is no [[price]]"),
        ] {
            let said = parse("f", &text).unwrap_err();
            assert!(said.starts_with(reason), "{text}: {said}");
        }
        assert_eq!(parse("f", &price("per_million = 3.5\nnoted = \"2026-01-01\"\n")).unwrap().len(), 1);
    }
}
