//! The contract as it is, and how many responses break it.

use serde_json::{Map, Value, json};

use super::{Args, figures, filter_of, summary, talk, tell_problem};
use crate::cli::failure::{Ending, Result};
use crate::cli::out::Out;
use crate::cli::progress::Meter;
use crate::cli::session;
use crate::curation::contract::Judge;

pub(super) fn run(args: &Args, out: &mut Out) -> Result<Ending> {
    let reader = session::reader(&args.dataset)?;
    let Some(contract) = reader.contract()? else {
        if args.json {
            out.json(&json!({"contract": null}))?;
        } else {
            talk("there is no contract; --propose proposes one, --set FILE sets one");
        }
        return Ok(Ending::Done);
    };
    if !args.json {
        out.json_pretty(&json!(contract))?;
        out.flush()?;
    }
    let judge = Judge::new(&contract).map_err(crate::dataset::Error::from)?;
    let mut meter = Meter::start();
    let filter = filter_of(args, &reader)?;
    let report = reader.judge_all(&judge, &filter, &mut |progress| meter.hear(progress), &mut |_| true)?;
    meter.clear();
    tell_problem(&report);
    if args.json {
        let mut object = Map::from_iter([("contract".to_owned(), json!(contract))]);
        object.extend(figures(&report));
        out.json(&Value::Object(object))?;
    } else {
        let hint = if report.broken > 0 { "; --test lists what breaks it" } else { "" };
        talk(&format!("{}{hint}", summary(&report)));
    }
    Ok(Ending::Done)
}
