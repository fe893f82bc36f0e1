//! A contract proposed from the responses that are there.

use std::collections::BTreeMap;

use serde_json::{Map, Value, json};

use super::{Args, change, figures, filter_of, talk};
use crate::cli::failure::{Ending, Failure, Result};
use crate::cli::out::Out;
use crate::cli::progress::Meter;
use crate::cli::session::{self, Session};
use crate::dataset::Proposed;
use crate::query::{Expr, Pick, Term};
use crate::text::count::{plural, thousands};

pub(super) fn run(args: &Args, session: &Session, out: &mut Out) -> Result<Ending> {
    let reader = session::reader(&args.dataset)?;
    let filter = filter_of(args, &reader)?;
    let mut meter = Meter::start();
    let only = only_of(filter.tree());
    let proposed =
        reader.propose_contract(&filter, &only, args.closed, &mut |progress| meter.hear(progress))?;
    meter.clear();
    drop(reader);
    let Some(contract) = &proposed.contract else {
        return Err(Failure::Said(nothing(&proposed)));
    };
    if args.accept {
        return change::perform(args, Some(contract.clone()), session, out).inspect(|_| tell(&proposed));
    }
    if args.json {
        let seen = &proposed.seen;
        let characters = seen.characters.map(|(least, most)| json!({"min": least, "max": most}));
        let mut object = Map::from_iter([
            ("contract".to_owned(), json!(contract)),
            ("responses".to_owned(), json!(seen.responses)),
            ("are_json".to_owned(), json!(seen.json)),
            ("usual_characters".to_owned(), json!(characters)),
        ]);
        object.extend(figures(&proposed.report));
        out.json(&Value::Object(object))?;
    } else {
        out.json_pretty(&json!(contract))?;
        out.flush()?;
        tell(&proposed);
    }
    Ok(Ending::Done)
}

fn nothing(proposed: &Proposed) -> String {
    match proposed.seen.responses {
        0 => "there is no response to propose a contract from".to_owned(),
        n => format!("{}: too few, or too different, to propose a contract from", plural(n, "response")),
    }
}

fn tell(proposed: &Proposed) {
    let seen = &proposed.seen;
    talk(&format!(
        "from {}: {} are JSON, {} not",
        plural(seen.responses, "response"),
        thousands(seen.json),
        thousands(seen.responses - seen.json)
    ));
    if let Some((least, most)) = seen.characters {
        talk(&format!("98 % of them have {} to {} characters", thousands(least), thousands(most)));
    }
    talk(&match proposed.report.broken {
        0 => "all of them keep to this proposal".to_owned(),
        1 => "1 of them breaks this proposal".to_owned(),
        broken => format!("{} of them break this proposal", thousands(broken)),
    });
}

/// The tags that everything has that a filter finds: whom its contract is for.
fn only_of(tree: &Expr) -> BTreeMap<String, Vec<String>> {
    let mut only = BTreeMap::new();
    let parts = match tree {
        Expr::And(parts) => parts.as_slice(),
        one => std::slice::from_ref(one),
    };
    for part in parts {
        if let Expr::Term(Term::Tag { facet, values }) = part {
            let named = values.iter().map(|pick| match pick {
                Pick::Value(value) => Some(value.clone()),
                Pick::Any | Pick::Without => None,
            });
            if let Some(values) = named.collect::<Option<Vec<String>>>() {
                only.entry(facet.clone()).or_insert(values);
            }
        }
    }
    only
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::query::Filter;

    #[test]
    fn tags_that_all_of_a_filter_have_say_whom_the_contract_is_for() {
        let tag = |pick| {
            Expr::Term(Term::Tag {
                facet: "task".to_owned(),
                values: vec![Pick::Value("sql".to_owned()), pick],
            })
        };
        let both = tag(Pick::Value("legal".to_owned()));
        let word = Filter::word("x").tree().clone();
        let of = |tree: &Expr| only_of(tree).remove("task").unwrap_or_default();
        assert_eq!(of(&both), ["sql", "legal"]);
        assert_eq!(of(&Expr::And(vec![word.clone(), both.clone()])), ["sql", "legal"]);
        for vague in [
            Expr::Or(vec![word.clone(), both.clone()]),
            Expr::Not(Box::new(both)),
            Expr::And(vec![word, tag(Pick::Without)]),
            Expr::Everything,
        ] {
            assert!(only_of(&vague).is_empty());
        }
    }
}
