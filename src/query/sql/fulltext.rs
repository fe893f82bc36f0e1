//! Words and phrases as a query of the full-text index (FTS5), in which nothing that was typed is syntax.

use crate::query::tree::{Expr, Term};
use crate::text::search_form::Sought;

/// FTS5's parser holds 100 open symbols; each level takes three or four.
const MOST_DEPTH: usize = 12;

/// The FTS5 query that means the same as the tree, where the index can answer it.
pub(super) fn query(tree: &Expr) -> Option<String> {
    query_within(tree, MOST_DEPTH)
}

/// The query that finds what all of the queries find.
pub(super) fn all(queries: &[String]) -> String {
    group(queries, " AND ")
}

/// The query that finds what any of the queries finds.
pub(super) fn any(queries: &[String]) -> String {
    group(queries, " OR ")
}

fn query_within(tree: &Expr, depth: usize) -> Option<String> {
    let each = |parts: &[Expr]| -> Option<Vec<String>> {
        let depth = depth.checked_sub(1)?;
        parts.iter().map(|part| query_within(part, depth)).collect()
    };
    match tree {
        Expr::And(parts) => each(parts).map(|queries| all(&queries)),
        Expr::Or(parts) => each(parts).map(|queries| any(&queries)),
        Expr::Term(Term::Word(text)) => Sought::of(text, true).map(|sought| spelled(&sought)),
        Expr::Term(Term::Phrase(text)) => Sought::of(text, false).map(|sought| spelled(&sought)),
        // NOT is left to SQL: FTS5 knows it only between two queries.
        Expr::Everything | Expr::Not(_) | Expr::Term(_) => None,
    }
}

fn group(queries: &[String], between: &str) -> String {
    match queries {
        [only] => only.clone(),
        several => format!("({})", several.join(between)),
    }
}

/// Quotes part words for the tokenizer as blanks do, so blanks can stand for them.
fn spelled(sought: &Sought) -> String {
    let star = if sought.prefix { "*" } else { "" };
    format!("\"{}\"{star}", sought.form.replace('"', " ").trim())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_are_prefixes_and_phrases_are_not() {
        let word = |text: &str| Expr::Term(Term::Word(text.to_owned()));
        let phrase = Expr::Term(Term::Phrase("late fees".to_owned()));
        let tree = Expr::And(vec![word("refu"), Expr::Or(vec![phrase, word("手机")])]);
        assert_eq!(query(&tree).as_deref(), Some(r#"("refu"* AND ("late fees" OR "手机"))"#));
        assert_eq!(query(&word("a\"b* OR ^c")).as_deref(), Some(r#""a b* OR ^c"*"#));
        assert_eq!(query(&Expr::And(vec![word("a"), word("!!!")])), None);
        assert_eq!(query(&Expr::Not(Box::new(word("a")))), None);
    }
}
