//! The protocol as it is, and what each part of it means.

use serde_json::json;

use super::Args;
use crate::cli::failure::{Ending, Result};
use crate::cli::out::Out;
use crate::cli::session;
use crate::example::Protocol;
use crate::text::harmless::harmless;

pub(super) fn run(args: &Args, out: &mut Out) -> Result<Ending> {
    let protocol = session::reader(&args.dataset)?.protocol()?;
    if args.json {
        let set = protocol.is_some();
        out.json(&json!({"set": set, "protocol": protocol.unwrap_or_default()}))?;
        return Ok(Ending::Done);
    }
    if protocol.is_none() {
        crate::cli::tell("there is no protocol; without one this holds");
    }
    for (part, value, meaning) in told(&protocol.unwrap_or_default()) {
        let line = format!("{part:<9}  {:<8}  {meaning}", harmless(&value));
        out.line(line.trim_end())?;
    }
    Ok(Ending::Done)
}

/// Each part with its value and what it means.
fn told(protocol: &Protocol) -> Vec<(&'static str, String, String)> {
    let yes = |is: bool| if is { "yes" } else { "no" }.to_owned();
    let pick = |is: bool, one: &str, other: &str| if is { one } else { other }.to_owned();
    let list = |words: &[String]| match words {
        [] => "none".to_owned(),
        words => words.join(", "),
    };
    let share = |n: u8, what: &str| match n {
        0 => format!("{what} never comes"),
        n => format!("{what} comes in {n} of 100 turns, unannounced"),
    };
    let rankings = match protocol.rankings {
        1 => "an example is submitted once one person has ranked it".to_owned(),
        n => {
            format!("an example is submitted once {n} people have ranked it, none of them seeing the others")
        }
    };
    let criteria: Vec<String> = protocol.criteria.iter().map(|criterion| criterion.name.clone()).collect();
    let rated = match criteria.as_slice() {
        [] => "there are no criteria to rate by".to_owned(),
        _ => format!("each response is rated from 1 to {} by each criterion", protocol.scale),
    };
    let mut lines = vec![
        ("rankings", protocol.rankings.to_string(), rankings),
        (
            "blind",
            yes(protocol.blind),
            pick(
                protocol.blind,
                "who wrote a response is hidden until one has submitted",
                "who wrote a response is shown",
            ),
        ),
        (
            "own-work",
            yes(protocol.own_work),
            pick(protocol.own_work, "people may review their own work", "nobody reviews their own work"),
        ),
        (
            "strength",
            yes(protocol.strength),
            pick(protocol.strength, "it is asked by how much the best is better", "only the order is asked"),
        ),
        ("scale", protocol.scale.to_string(), rated),
        ("repeats", protocol.repeats.to_string(), share(protocol.repeats, "one's own earlier example")),
        ("gold", protocol.gold.to_string(), share(protocol.gold, "a gold example")),
        ("criteria", list(&criteria), String::new()),
    ];
    let asks = protocol.criteria.iter().filter(|criterion| !criterion.about.is_empty());
    lines.extend(
        asks.map(|criterion| ("", format!("{}: {}", criterion.name, criterion.about), String::new())),
    );
    lines.extend([
        ("reasons", list(&protocol.reasons), String::new()),
        ("cannot", list(&protocol.cannot), String::new()),
        ("returns", list(&protocol.returns), String::new()),
    ]);
    lines
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_holds_without_a_protocol_is_told_too() {
        let lines = told(&Protocol::default());
        let line = |part: &str| lines.iter().find(|line| line.0 == part).map(|line| line.2.as_str());
        assert_eq!(line("rankings"), Some("an example is submitted once one person has ranked it"));
        assert_eq!(line("repeats"), Some("one's own earlier example never comes"));
        assert_eq!(line("gold"), Some("a gold example comes in 5 of 100 turns, unannounced"));
    }
}
