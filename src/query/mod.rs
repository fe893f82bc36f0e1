//! The filter language: text -> tree -> SQL.
//!
//! ```text
//! refund "late fees" ~part      words (by their beginnings), exact phrases, any part of the text
//! status:draft,submitted        a field and its values, by commas where any of them will do
//! intent:refund topic:"card"    facets by their names; intent:* any value, intent:none without
//! proposed:* proposed:refund    what rules propose, by facet, value, facet:value or rule
//! tokens>400 id:10..20 #412     numbers
//! turns>=3 lang:de has:tools    what is read off examples and never typed; also as counts name it,
//!                               turns:4-6, turns:7+, tools:no
//! -flag:* -(a or b)             not
//! a b or c                      blank is and, which binds more tightly than or
//! ```
//!
//! [`parse`] reads it, with a [`Vocabulary`] that says what the dataset knows; the [`Filter`] it
//! gives prints as text again and turns into a condition over `example e` ([`Filter::to_sql`]).
//! [`complete`] proposes names and values while one types. Nothing here opens a database.

mod complete;
mod error;
mod field;
mod filter;
mod parser;
mod print;
mod quote;
mod read_off;
mod sql;
mod tree;
mod values;
mod vocabulary;

#[cfg(test)]
mod tests;

pub use complete::{Completion, Suggestion, complete};
pub use error::QueryError;
pub use field::Field;
pub use filter::Filter;
pub use parser::parse;
pub use read_off::{NO, WRITTEN_HERE, YES, YesNo, typed};
pub use sql::Sql;
pub use tree::{Expr, Has, Interval, Is, Measure, Pick, Term};
pub use vocabulary::{FacetWords, Vocabulary};
