//! What a mapping says of an example beside its texts: authors, status, split, who chose.

use std::str::FromStr;

use serde_json::Value;

use super::columns::texts;
use super::mapping::at_path;
use super::{Mapping, Misfit, Target};
use crate::example::{Author, Example, Split, Status, UnknownWord};

/// What stands in the mapped fields of a record.
pub(super) struct Beside {
    id: Option<String>,
    /// In the order of the responses.
    authors: Vec<Option<Author>>,
    status: Option<Status>,
    split: Option<Split>,
    annotator: Option<String>,
}

impl Beside {
    /// Reads the fields.
    pub fn of(record: &Value, mapping: &Mapping) -> Result<Self, Misfit> {
        let mut authors = Vec::new();
        for (target, path) in &mapping.fields {
            let author = |name: String| match target {
                Target::Model => Author::model(name),
                _ => Author::person(name),
            };
            if let (Target::Author | Target::Model, Some(value)) = (target, at_path(record, path)) {
                if value.is_null() {
                    authors.push(None);
                }
                let trimmed = |name: String| name.trim().to_owned();
                authors.extend(
                    texts(value, path)?.map(trimmed).map(|name| (!name.is_empty()).then(|| author(name))),
                );
            }
        }
        Ok(Self {
            id: text(record, mapping, &Target::Id)?.map(|(_, id)| id),
            authors,
            status: word(text(record, mapping, &Target::Status)?)?,
            split: word(
                text(record, mapping, &Target::Split)?.map(|(path, name)| (path, usual_split(name))),
            )?,
            annotator: text(record, mapping, &Target::Annotator)?.map(|(_, name)| name),
        })
    }

    /// Says it of an example.
    pub fn put(self, example: &mut Example) {
        match self.authors.as_slice() {
            [only] => example.responses.iter_mut().for_each(|response| response.author.clone_from(only)),
            several => {
                for (response, author) in example.responses.iter_mut().zip(several) {
                    response.author.clone_from(author);
                }
            }
        }
        example.status = self.status.unwrap_or(example.status);
        example.split = self.split.or(example.split);
        if let Some(id) = self.id {
            example.metadata.insert("id", Value::String(id));
        }
        if let Some(annotator) = self.annotator {
            for ranking in &mut example.rankings {
                ranking.annotator.clone_from(&annotator);
            }
            if example.rankings.is_empty() {
                example.metadata.insert("annotator", Value::String(annotator));
            }
        }
    }
}

/// The first field that goes there and says something, with its path.
fn text<'a>(
    record: &Value,
    mapping: &'a Mapping,
    target: &'a Target,
) -> Result<Option<(&'a str, String)>, Misfit> {
    for path in mapping.paths(target) {
        let Some(value) = at_path(record, path) else { continue };
        let said = texts(value, path)?.map(|text| text.trim().to_owned()).find(|text| !text.is_empty());
        if let Some(said) = said {
            return Ok(Some((path, said)));
        }
    }
    Ok(None)
}

/// One of a few words, in whatever letters.
fn word<T: FromStr<Err = UnknownWord>>(said: Option<(&str, String)>) -> Result<Option<T>, Misfit> {
    let parse = |(path, text): (&str, String)| {
        text.to_lowercase().parse().map_err(|error| Misfit::new(path, format!("can't be taken: {error}")))
    };
    said.map(parse).transpose()
}

/// Our word for what others call a split.
fn usual_split(name: String) -> String {
    match name.to_lowercase().as_str() {
        "training" => "train".to_owned(),
        "valid" | "val" | "dev" | "eval" => "validation".to_owned(),
        "testing" => "test".to_owned(),
        _ => name,
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use serde_json::json;

    use super::super::{Item, ReadOptions, by_id};
    use super::*;

    fn read(mapping: &str, record: Value) -> Result<Example, Misfit> {
        let options = ReadOptions { mapping: Some(mapping.parse().unwrap()) };
        let items = by_id("columns").unwrap().reader(&options).unwrap().read(record)?;
        match items.into_iter().next() {
            Some(Item::Example(example)) => Ok(*example),
            _ => panic!("no example"),
        }
    }

    #[test]
    fn authors_status_split_and_id_come_from_their_fields() {
        let record =
            json!({"nr": 7, "q": "Why?", "a": "So.", "by": "swift-7b", "state": "Approved", "part": "dev"});
        let example = read("prompt=q,response=a,id=nr,model=by,status=state,split=part", record).unwrap();
        assert_eq!(example.responses[0].author, Some(Author::model("swift-7b")));
        assert_eq!((example.status, example.split), (Status::Approved, Some(Split::Validation)));
        assert_eq!(example.metadata.get("id"), Some(&json!("7")));
        assert_eq!(example.metadata.get("by"), None);
    }

    #[test]
    fn each_response_of_a_pair_has_its_own_author_and_the_pair_its_annotator() {
        let record =
            json!({"q": "Why?", "c": "So.", "r": "No.", "c_by": "ana", "r_by": "swift-7b", "who": "bo"});
        let map = "prompt=q,chosen=c,rejected=r,author=c_by,model=r_by,annotator=who";
        let example = read(map, record).unwrap();
        let authors: Vec<_> = example.responses.iter().map(|response| response.author.clone()).collect();
        assert_eq!(authors, [Some(Author::person("ana")), Some(Author::model("swift-7b"))]);
        assert_eq!(example.rankings[0].annotator, "bo");
    }

    #[test]
    fn an_unknown_status_is_told_with_its_field_and_the_known_ones() {
        let error = read("prompt=q,status=s", json!({"q": "Why?", "s": "done"})).unwrap_err().to_string();
        assert!(
            error.starts_with("s can't be taken: “done” is not a status; it is one of: pending, draft"),
            "{error}"
        );
    }
}
