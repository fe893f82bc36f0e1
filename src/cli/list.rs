//! `goldset list`: the examples that a filter finds, a line each.

use std::path::PathBuf;

use super::failure::{Ending, Failure, Result};
use super::out::Out;
use super::record;
use super::session::{self, Session};
use crate::dataset::{ListRow, Reader};
use crate::example::Kind;
use crate::query::Filter;
use crate::text::count::{short, thousands};
use crate::text::width::{first_line, pad, pad_left};

/// Lines of a table where nobody said how many.
const USUAL_LIMIT: u64 = 50;
/// Examples that are read at a time.
const PORTION: usize = 256;

const EXAMPLES: &str = "\
Examples:
  goldset list support.goldset
  goldset list support.goldset --where 'status:draft,submitted intent:refund -flag:*' --limit 200
  goldset list support.goldset --where status:pending,draft --order gaps --limit 5
  goldset list support.goldset --where '\"late fees\" tokens>400' --json | jq .number

Filters:
  refund \"late fees\" ~part      words by their beginnings, exact phrases, any part of the text
  status:draft,submitted        a field and its values, by commas where any of them will do
  intent:refund intent:none     facets by their names
  tokens>400 id:10..20 #412     numbers
  -flag:* -(a or b)             not
--json prints one example a line, as `goldset show --json` does.";

/// List examples
///
/// One line an example: its number, status, kind, answered responses, estimated tokens, open
/// flags, and what is asked. The table fits the width of the terminal (or COLUMNS, or 80).
#[derive(Debug, clap::Args)]
#[command(after_help = EXAMPLES)]
pub(super) struct Args {
    /// The dataset
    dataset: PathBuf,
    /// Only the examples that this filter finds
    #[arg(long = "where", value_name = "FILTER", allow_hyphen_values = true)]
    filter: Option<String>,
    /// In which order: as they came, or first what helps the gaps most
    #[arg(long, value_name = "ORDER", value_enum, default_value_t = Order::Number)]
    order: Order,
    /// At most so many; 0 for all [default: 50, with --json all]
    #[arg(long, value_name = "N")]
    limit: Option<u64>,
    /// Print whole examples as JSON Lines
    #[arg(long)]
    json: bool,
}

/// An order of the list.
#[derive(Debug, Clone, Copy, PartialEq, Eq, clap::ValueEnum)]
enum Order {
    /// By their numbers: as they came
    Number,
    /// First what fills most of what is missing to targets and of pairs of values
    Gaps,
}

pub(super) fn run(args: &Args, _: &Session, out: &mut Out) -> Result<Ending> {
    let reader = session::reader(&args.dataset)?;
    let filter = match &args.filter {
        Some(text) => session::filter(&reader, text)?,
        None => Filter::everything(),
    };
    let limit = match args.limit {
        Some(0) => u64::MAX,
        Some(limit) => limit,
        None if args.json => u64::MAX,
        None => USUAL_LIMIT,
    };
    let ids = match args.order {
        Order::Number => ids(&reader, &filter, limit)?,
        Order::Gaps => {
            let mut all = reader.by_worth(ids(&reader, &filter, u64::MAX)?)?;
            all.truncate(usize::try_from(limit).unwrap_or(usize::MAX));
            all
        }
    };
    if args.json {
        for &id in &ids {
            if let Some(example) = reader.example(id)? {
                out.json(&record::json(id, &example)?)?;
            }
        }
        return Ok(Ending::Done);
    }
    let layout = Layout::of(out.width(), ids.iter().max().copied().unwrap_or_default());
    if !ids.is_empty() {
        out.heading(&layout.head())?;
    }
    for portion in ids.chunks(PORTION) {
        for row in reader.rows(portion)? {
            out.line(layout.row(&row))?;
        }
    }
    let found = reader.count(&filter)?;
    let shown = ids.len() as u64;
    out.flush()?;
    if found == 0 {
        eprint(if filter.is_everything() {
            "there are no examples yet; `goldset import` brings some in"
        } else {
            "no example fits"
        });
    } else if found > shown {
        eprint(&format!("… and {} more (--limit 0 shows all)", thousands(found - shown)));
    }
    Ok(Ending::Done)
}

/// Talk, which goes to the standard error; whoever closed it does not want to hear it.
fn eprint(line: &str) {
    use std::io::Write as _;
    let _ = writeln!(std::io::stderr(), "{line}");
}

fn ids(reader: &Reader, filter: &Filter, limit: u64) -> Result<Vec<i64>> {
    let limit = usize::try_from(limit).unwrap_or(usize::MAX);
    let mut ids: Vec<i64> = Vec::new();
    reader
        .ids(filter, |portion| {
            let room = limit.saturating_sub(ids.len());
            ids.extend(portion.into_iter().take(room));
            ids.len() < limit
        })
        .map_err(Failure::from)?;
    Ok(ids)
}

/// Which columns there is room for.
struct Layout {
    number: usize,
    detailed: bool,
    tags: usize,
    question: usize,
}

const STATUS: usize = 9;
/// Kind, answers, tokens and flags with their gaps.
const DETAILS: usize = 4 + 6 + 7 + 6 + 2;

impl Layout {
    fn of(width: usize, last: i64) -> Self {
        let number = last.to_string().len().max(2) + 1;
        let narrow = number + 2 + STATUS + 2;
        let detailed = width >= narrow + DETAILS + 24;
        let rest = width.saturating_sub(narrow + if detailed { DETAILS } else { 0 });
        // Tags take part of what a wide terminal has beyond what a question needs.
        let tags = if rest > 70 { (rest / 3).min(48) } else { 0 };
        let question = rest.saturating_sub(if tags > 0 { tags + 2 } else { 0 }).max(4);
        Self { number, detailed, tags, question }
    }

    fn head(&self) -> String {
        let details = ["kind", "resp", "tokens", "flags"].map(str::to_owned);
        self.join("#", "status", &details, "tags", "question")
    }

    fn row(&self, row: &ListRow) -> String {
        let kind = match row.kind {
            Kind::Sft => "sft",
            Kind::Preference => "pref",
        };
        let flags = if row.flags == 0 { String::new() } else { row.flags.to_string() };
        let details = [kind.to_owned(), row.answered.to_string(), short(u64::from(row.tokens)), flags];
        let number = format!("#{}", row.id);
        self.join(&number, row.status.as_str(), &details, &row.tags.join(" "), &row.question)
    }

    fn join(&self, number: &str, status: &str, details: &[String; 4], tags: &str, question: &str) -> String {
        let mut line = format!("{}  {}  ", pad_left(number, self.number), pad(status, STATUS));
        if self.detailed {
            let [kind, responses, tokens, flags] = details;
            line.push_str(&pad(kind, 4));
            for (cell, cells) in [(responses, 4 + 2), (tokens, 6 + 1), (flags, 5 + 1)] {
                line.push_str(&pad_left(cell, cells));
            }
            line.push_str("  ");
        }
        if self.tags > 0 {
            line.push_str(&pad(&first_line(tags, self.tags), self.tags));
            line.push_str("  ");
        }
        line.push_str(&first_line(question, self.question));
        line.truncate(line.trim_end().len());
        line
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::example::Status;
    use crate::text::width::width;

    #[test]
    fn no_line_is_wider_than_the_terminal() {
        let row = ListRow {
            id: 1_234_567,
            kind: Kind::Preference,
            status: Status::Submitted,
            split: None,
            answered: 5,
            tokens: 123_456,
            flags: 12,
            question: "Was ist die Summe aller Bücher? 本 ".repeat(20),
            tags: vec!["intent:refund".to_owned(), "topic:\u{202e}late fees".to_owned()],
        };
        for columns in [20, 33, 40, 60, 80, 132, 300] {
            let layout = Layout::of(columns, row.id);
            assert!(width(&layout.row(&row)) <= columns.max(28), "{columns}: {}", layout.row(&row));
            assert!(width(&layout.head()) <= columns.max(28), "{columns}: {}", layout.head());
        }
    }
}
