//! Stub.
/// A filter.
#[derive(Debug, Clone, PartialEq)]
pub struct Filter;
/// SQL.
pub struct Sql { /// c
 pub clause: String, /// p
 pub params: Vec<rusqlite::types::Value> }
impl Filter { /// s
 pub fn to_sql(&self) -> Sql { Sql { clause: "1".to_owned(), params: vec![] } }
 /// e
 pub fn everything() -> Self { Self } }
/// V.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Vocabulary { /// f
 pub facets: Vec<(String, bool, Vec<String>)>, /// f
 pub flag_kinds: Vec<String>, /// p
 pub people: Vec<String> }
/// E.
#[derive(Debug, Clone, PartialEq, thiserror::Error)]
#[error("x")]
pub struct QueryError;
/// P.
pub fn parse(_: &str, _: &Vocabulary) -> Result<Filter, QueryError> { Ok(Filter) }
