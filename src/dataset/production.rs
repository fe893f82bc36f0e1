//! Shares as in production: how often each value of a facet comes in real use, from a file of frequencies.
//!
//! The file is a table `value,count` with that header; or a JSON object of counts by value; or JSON Lines of
//! records, each with the facet as a field, or among its `tags`.

use std::collections::{HashMap, HashSet};

use serde_json::Value;

use super::FacetChange;
use crate::example::{Facet, Share, apportion};
use crate::text::count::plural;
use crate::text::json::syntax::fault_in_line;

/// What is wrong with a file of frequencies.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{name}{}: {reason}", .line.map(|line| format!(", line {line}")).unwrap_or_default())]
pub struct ProductionError {
    /// The file.
    pub name: String,
    /// The line, counted from 1, where one is to blame.
    pub line: Option<usize>,
    /// What is wrong, and what would be right.
    pub reason: String,
}

/// How often a value comes.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Frequency {
    value: String,
    /// In billionths, so that `0.25` is as good as `25`.
    weight: u128,
    /// The line that names it first.
    line: Option<usize>,
}

/// Digits after the point that a count may have.
const DIGITS: usize = 9;
/// Digits before the point: a sum of as many counts as a file may have can still be counted.
const WHOLE_DIGITS: usize = 15;

/// The change that makes the shares of a facet's values those of the file; values that it doesn't have are
/// added where the facet is open, or where `add` says so. `name` is what errors call the file.
pub fn as_in_production(
    facet: &Facet,
    name: &str,
    text: &str,
    add: bool,
) -> Result<FacetChange, ProductionError> {
    let wrong = |(line, reason): (Option<usize>, String)| ProductionError {
        name: name.to_owned(),
        line,
        reason: format!("{reason}; nothing was changed"),
    };
    let Frequencies { found, records, silent, .. } = frequencies(text, &facet.name).map_err(wrong)?;
    if records > 0 && silent == records {
        return Err(wrong((
            None,
            format!(
                "none of its {} has {}, as a field or among its tags",
                plural(records, "record"),
                facet.name
            ),
        )));
    }
    let known: HashSet<&str> = facet.values.iter().map(|value| value.name.as_str()).collect();
    let unknown: Vec<&Frequency> =
        found.iter().filter(|found| !known.contains(found.value.as_str())).collect();
    if let Some(first) = unknown.first().filter(|_| !add && !facet.open) {
        let others = match unknown.len() - 1 {
            0 => String::new(),
            1 => ", nor is another value of the file".to_owned(),
            n => format!(", nor are {n} others of the file"),
        };
        return Err(wrong((
            first.line,
            format!(
                "“{}” is no value of {}, which is closed{others}: add it to the facet first, or let all that are \
                 missing be added (--add-values)",
                first.value, facet.name
            ),
        )));
    }
    let weights: Vec<(&str, u128)> = found.iter().map(|found| (found.value.as_str(), found.weight)).collect();
    let Some(shares) = shares(&weights) else {
        return Err(wrong((None, format!("it counts nothing of {}", facet.name))));
    };
    let shares = found.into_iter().map(|found| found.value).zip(shares).collect();
    Ok(FacetChange::AsInProduction { facet: facet.name.clone(), shares, records, silent })
}

type Wrong = (Option<usize>, String);

fn frequencies(text: &str, facet: &str) -> Result<Frequencies, Wrong> {
    let text = text.strip_prefix('\u{feff}').unwrap_or(text);
    if !text.trim_start().starts_with('{') {
        return table(text, facet);
    }
    match serde_json::from_str::<Value>(text) {
        Ok(Value::Object(map)) if map.values().all(Value::is_number) => {
            let mut all = Frequencies::default();
            for (value, count) in map {
                let weight =
                    weight(&count.to_string()).map_err(|reason| (None, format!("“{value}” {reason}")))?;
                all.add(value, weight, None)?;
            }
            Ok(all)
        }
        _ => records(text, facet),
    }
}

/// Values in the order in which they come first, each once.
#[derive(Default)]
struct Frequencies {
    found: Vec<Frequency>,
    places: HashMap<String, usize>,
    /// Records, where the file has such.
    records: u64,
    /// Those that say nothing of the facet.
    silent: u64,
}

impl Frequencies {
    fn add(&mut self, value: String, weight: u128, line: Option<usize>) -> Result<(), Wrong> {
        if value.trim().is_empty() || value.trim() != value {
            return Err((
                line,
                format!("“{value}” is no name of a value: it needs one, without blanks around it"),
            ));
        }
        let place = *self.places.entry(value.clone()).or_insert(self.found.len());
        match self.found.get_mut(place) {
            Some(there) => there.weight += weight,
            None => self.found.push(Frequency { value, weight, line }),
        }
        Ok(())
    }
}

fn table(text: &str, facet: &str) -> Result<Frequencies, Wrong> {
    let mut reader =
        csv::ReaderBuilder::new().flexible(true).trim(csv::Trim::All).from_reader(text.as_bytes());
    let line_of = |position: Option<&csv::Position>| position.and_then(|at| usize::try_from(at.line()).ok());
    let broken = |error: &csv::Error| (line_of(error.position()), format!("is no table: {error}"));
    let header = reader.headers().map_err(|error| broken(&error))?.clone();
    let column = |names: &[&str]| header.iter().position(|name| names.contains(&name));
    let (Some(value), Some(count)) = (column(&["value", facet]), column(&["count"])) else {
        return Err((
            Some(1),
            "the first line should be “value,count”; or the file JSON: counts by value, or a record a line"
                .to_owned(),
        ));
    };
    let mut all = Frequencies::default();
    for record in reader.records() {
        let record = record.map_err(|error| broken(&error))?;
        let line = line_of(record.position());
        let (Some(value), Some(count)) = (record.get(value), record.get(count)) else {
            return Err((line, "there should be a value and its count".to_owned()));
        };
        if record.iter().skip(header.len()).any(|field| !field.is_empty()) {
            let says = format!(
                "has more columns than the first line ({}): write a count without commas",
                header.len()
            );
            return Err((line, says));
        }
        let weight = weight(count).map_err(|reason| (line, format!("the count of “{value}” {reason}")))?;
        all.add(value.to_owned(), weight, line)?;
    }
    Ok(all)
}

/// Records, a line each; those without the facet say nothing of it, and are counted.
fn records(text: &str, facet: &str) -> Result<Frequencies, Wrong> {
    let mut all = Frequencies::default();
    for (line, text) in (1..).zip(text.lines()).filter(|(_, text)| !text.trim().is_empty()) {
        let at = Some(line);
        let record: Value = serde_json::from_str(text).map_err(|_| {
            let fault = fault_in_line(text).map(|fault| format!(": {fault}")).unwrap_or_default();
            (at, format!("is no JSON{fault}; the file is counts by value, or a record a line"))
        })?;
        let Value::Object(record) = record else {
            return Err((at, "a record should be an object".to_owned()));
        };
        let carried = record.get(facet).or_else(|| record.get("tags")?.get(facet));
        let values = match carried {
            None | Some(Value::Null) => Vec::new(),
            Some(Value::Array(values)) => values.iter().collect(),
            Some(value) => vec![value],
        };
        all.records += 1;
        all.silent += u64::from(values.is_empty());
        for value in values {
            let value = match value {
                Value::String(value) => value.clone(),
                Value::Number(number) => number.to_string(),
                _ => return Err((at, format!("{facet} should be a text, or a list of texts"))),
            };
            all.add(value, 10_u128.pow(9), at)?;
        }
    }
    Ok(all)
}

/// A count in billionths.
fn weight(text: &str) -> Result<u128, String> {
    let wrong = || format!("is “{text}”, which should be a number from 0 on, such as 120 or 0.25");
    let (whole, rest) = text.split_once('.').unwrap_or((text, "0"));
    let is_digits = |text: &str| !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
    let fits = whole.len() <= WHOLE_DIGITS && rest.len() <= DIGITS;
    if !is_digits(whole) || !is_digits(rest) || !fits {
        return Err(wrong());
    }
    format!("{whole}{rest:0<DIGITS$}").parse().map_err(|_| wrong())
}

/// Shares in proportion to these, which add up to exactly a whole. `None` where all are 0.
fn shares(weights: &[(&str, u128)]) -> Option<Vec<Share>> {
    let sum: u128 = weights.iter().map(|(_, weight)| weight).sum();
    if sum == 0 {
        return None;
    }
    let parts = apportion(weights, sum, Share::WHOLE.millionths().into());
    parts.into_iter().map(|part| Share::from_millionths(u32::try_from(part).ok()?)).collect()
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::example::{FacetValue, new_id};

    fn facet(open: bool) -> Facet {
        let value = |name: &str| FacetValue { id: new_id(), name: name.to_owned(), target: None };
        Facet {
            id: new_id(),
            name: "intent".to_owned(),
            several: false,
            open,
            required: false,
            values: vec![value("refund"), value("cancel"), value("pause")],
        }
    }

    fn told(text: &str) -> Vec<(String, String)> {
        match as_in_production(&facet(true), "real.csv", text, false).unwrap() {
            FacetChange::AsInProduction { facet, shares, .. } => {
                assert_eq!(facet, "intent");
                shares.into_iter().map(|(value, share)| (value, share.to_string())).collect()
            }
            other => panic!("{other:?}"),
        }
    }

    fn refused(text: &str) -> String {
        as_in_production(&facet(false), "real.csv", text, false).unwrap_err().to_string()
    }

    #[test]
    fn tables_objects_and_records_say_the_same() {
        let expected = [("cancel", "25%"), ("refund", "62.5%"), ("new", "12.5%")]
            .map(|(value, share)| (value.to_owned(), share.to_owned()));
        assert_eq!(told("value,count\ncancel,2\nrefund,5\nnew,1\n"), expected);
        assert_eq!(told("count,intent\n0.25,cancel\n0.5,refund\n0.125,new\n0.125,refund\n"), expected);
        assert_eq!(told(r#"{"cancel": 20, "refund": 50.0, "new": 10}"#), expected);
        let records = "{\"intent\": \"cancel\"}\n\n{\"tags\": {\"intent\": [\"refund\", \"refund\"]}}\n{\"x\": 1}\n\
            {\"intent\": [\"refund\", \"new\", \"cancel\"]}\n{\"intent\": null}\n{\"intent\": [\"refund\", \"refund\"]}\n";
        assert_eq!(told(records), expected);
    }

    #[test]
    fn what_can_not_be_read_or_is_not_known_is_refused_with_its_line() {
        assert!(
            refused("value,count\nrefund,3\nother,1\n").starts_with("real.csv, line 3: “other” is no value")
        );
        assert!(refused("value,count\na,3\nb,1\nc,1\n").contains("nor are 2 others"));
        assert!(refused("value,count\nrefund,many\n").contains("line 2: the count of “refund” is “many”"));
        assert!(refused("value,count\nrefund,-1\n").contains("line 2"));
        assert!(refused("value,count\nrefund\n").contains("line 2: there should be a value and its count"));
        assert!(refused("value,count\nrefund,1,200\n").contains("line 2: has more columns"), "no 1 of 1,200");
        assert!(refused("value,count\n,3\n").contains("line 2: “” is no name"));
        assert!(refused("refund,3\n").contains("line 1: the first line should be “value,count”"));
        assert!(refused("").contains("line 1"));
        assert!(refused("value,count\nrefund,0\n").contains("counts nothing of intent"));
        assert!(refused("{\"intent\": \"refund\"}\n{oops\n").contains("line 2: is no JSON"));
        assert!(refused("{\"intent\": {\"a\": 1}}\n").contains("line 1: intent should be a text"));
        assert!(refused("{\"refund\": 1e9}").contains("“refund” is “1e"));
    }

    #[test]
    fn records_that_say_nothing_are_counted_and_a_file_of_nothing_else_is_refused() {
        let text = "{\"intent\": \"refund\"}\n{\"x\": 1}\n{\"tags\": {\"intent\": []}}\n";
        let wanted = as_in_production(&facet(true), "f", text, false).unwrap();
        let FacetChange::AsInProduction { records, silent, .. } = wanted else { panic!("{wanted:?}") };
        assert_eq!((records, silent), (3, 2));
        let said = refused("{\"x\": 1}\n{\"intent\": null}\n");
        assert_eq!(
            said,
            "real.csv: none of its 2 records has intent, as a field or among its tags; nothing was changed"
        );
    }

    #[test]
    fn values_are_added_to_a_closed_facet_only_where_that_is_said() {
        let text = "value,count\nother,1\n";
        assert!(as_in_production(&facet(false), "f", text, false).is_err());
        assert!(as_in_production(&facet(false), "f", text, true).is_ok());
        assert!(as_in_production(&facet(true), "f", text, false).is_ok());
    }

    proptest! {
        #[test]
        fn shares_add_up_to_a_whole_and_each_is_within_a_millionth(
            counts in prop::collection::vec(0..1_000_000_u32, 1..40),
        ) {
            let weights: Vec<(&str, u128)> = counts.iter().map(|&count| ("", count.into())).collect();
            let sum: u128 = weights.iter().map(|(_, weight)| weight).sum();
            let Some(shares) = shares(&weights) else {
                prop_assert_eq!(sum, 0);
                return Ok(());
            };
            prop_assert_eq!(shares.iter().map(|share| share.millionths()).sum::<u32>(), 1_000_000);
            for (share, (_, weight)) in shares.iter().zip(&weights) {
                let exact = weight * 1_000_000;
                let given = u128::from(share.millionths()) * sum;
                prop_assert!(given.abs_diff(exact) < sum);
            }
        }
    }
}
