//! What can be said of an export on the command line.

use std::path::PathBuf;

use clap::builder::{PossibleValuesParser, RangedU64ValueParser};

use super::super::failure::{Failure, Result};
use crate::dataset::{Balance, Plan};
use crate::example::{Split, Status};
use crate::formats::{self, Choice, PairMode, WriteOptions, mends};

const EXAMPLES: &str = "\
Examples:
  goldset export support.goldset --format openai-chat -o train.jsonl --where intent:refund --split train
  goldset export support.goldset --format openai-chat --dry-run        only what stands in the way
  goldset export support.goldset --format mlx-chat -o data/            train, valid and test files
  goldset export support.goldset --format trl-preference -o pairs.jsonl.gz --pairs best-worst --min-agreement 0.75
  goldset export support.goldset --format alpaca -o a.json --mend all --skip-invalid --balance intent=cap:200
  goldset export support.goldset --again 3 -o same.jsonl
  goldset export support.goldset --format goldset | gzip > copy.jsonl.gz

--json prints one object: format, examples, written, records, invalid, failures: [{rule, demand, reason,
examples, places: [{number, what}], mends, advice}], mended, left_out, other_statuses, balanced, files: [{name,
records, bytes, sha256}], number, first (the first record, as text); with --again same. Where no file was made written and records are 0.
Exit code: 0 all that was asked for was written (or would be), 1 something does not hold: no file was made, or
with --skip-invalid some examples were left out, or --again made other bytes; 2 it could not be done.";

/// Write examples in a training format
///
/// Every example is judged by the rules of whoever takes the format before the file appears: who
/// speaks when, what may be empty, how long it may be. What does not hold is listed by rule, with
/// what would mend it; no file is made then, unless --skip-invalid says that such examples may stay
/// away. The file appears whole or not at all; its name may end in .jsonl, .json, .csv, .tsv or .parquet, and in
/// .gz or .zst. A folder gets a file for each split. A file that is there is written over where it is as an earlier
/// export of the dataset made it, and else only with --force. The same dataset gives the same bytes. Formats for
/// training take what is done (submitted or approved), and `goldset`, which is for copies, takes all.
/// Each export is kept in the dataset: `goldset exports` lists them.
#[derive(Debug, clap::Args)]
#[command(after_help = EXAMPLES)]
#[allow(clippy::struct_excessive_bools)] // each is a flag of the command line
pub(in crate::cli) struct Args {
    /// The dataset
    pub dataset: PathBuf,
    /// The format; `goldset formats` tells about them
    #[arg(long, value_name = "ID", value_parser = writable_formats(), hide_possible_values = true,
          required_unless_present = "again")]
    format: Option<String>,
    /// The file to write, or a folder (which ends in /) for a file of each split [default: the standard output]
    #[arg(short, long, value_name = "FILE")]
    pub output: Option<PathBuf>,
    /// A file for each split, in the folder that -o names; examples without a split go with train
    #[arg(long, requires = "output")]
    pub by_split: bool,
    /// Write over a file that is there, though it is not one that an export of this dataset made
    #[arg(long)]
    pub force: bool,
    /// Only tell what would be written, and what stands in the way
    #[arg(long)]
    pub dry_run: bool,
    /// Make an export again as the one of that number was made
    #[arg(long, value_name = "N", conflicts_with_all = ["format", "filter", "split", "status"])]
    pub again: Option<i64>,

    /// Only the examples that this filter finds
    #[arg(
        long = "where",
        value_name = "FILTER",
        allow_hyphen_values = true,
        help_heading = "Which examples"
    )]
    filter: Option<String>,
    /// Only the examples of this split
    #[arg(long, help_heading = "Which examples")]
    split: Option<Split>,
    /// Only these statuses (`approved,submitted`), or `all`
    #[arg(long, value_name = "LIST", value_delimiter = ',', help_heading = "Which examples")]
    status: Vec<String>,
    /// How often which go out, by a facet: FACET=cap:N, under, over, targets, or shares (intent=refund:2,cancel:1);
    /// @SEED may follow
    #[arg(long, value_name = "FACET=HOW", help_heading = "Which examples")]
    balance: Option<Balance>,

    /// Which pairs of a ranking: all, best-worst, adjacent, best-rest
    #[arg(long, value_name = "WHICH", value_parser = pair_mode, help_heading = "Which responses")]
    pairs: Option<PairMode>,
    /// At most so many pairs of an example
    #[arg(long, value_name = "N", value_parser = at_least_one(), help_heading = "Which responses")]
    max_pairs: Option<usize>,
    /// Only where annotators' mean strength of preference is at least that, of 1 to 4
    #[arg(long, value_name = "X", help_heading = "Which responses")]
    min_strength: Option<f64>,
    /// Only where at least that share of the annotators agrees, of 0.5 to 1
    #[arg(long, value_name = "X", help_heading = "Which responses")]
    min_agreement: Option<f64>,
    /// Only where the best or chosen response has at least that mean rating
    #[arg(long, value_name = "X", help_heading = "Which responses")]
    min_rating: Option<f64>,
    /// Responses that were called bad stay out of pairs, also as rejected ones
    #[arg(long, help_heading = "Which responses")]
    without_bad: bool,

    /// Mends that may be made on the way, or `all`; the dataset stays as it is
    #[arg(long, value_name = "LIST", value_delimiter = ',', value_parser = mend_names(), help_heading = "What stands in the way")]
    mend: Vec<String>,
    /// Leave examples that do not hold out, and say how many
    #[arg(long, help_heading = "What stands in the way")]
    skip_invalid: bool,
    /// Rules that need not hold
    #[arg(long, value_name = "LIST", value_delimiter = ',', help_heading = "What stands in the way")]
    allow: Vec<String>,

    /// Write the fields that came along from elsewhere in training formats too, save those whose
    /// names mean something to trainers (`goldset`, `columns` and `outputs` write all of them anyway)
    #[arg(long, help_heading = "How it is written")]
    extra_fields: bool,
    /// Write into a field `judgement` what people said: outcome, agreement, rankings, reviews, authors
    /// (`goldset` writes it in full and `outputs` has it anyway; `columns` has no room)
    #[arg(long, help_heading = "How it is written")]
    judgements: bool,
    /// Begin the file with a byte order mark, as some versions of Azure want it
    #[arg(long, help_heading = "How it is written")]
    bom: bool,
    /// Leave out the files that go with the format (`dataset_info.json`, settings of a trainer)
    #[arg(long, help_heading = "What goes with it")]
    bare: bool,
    /// Write a data card beside it: what it is, how it was made, counts, agreement, limits
    #[arg(long, requires = "output", help_heading = "What goes with it")]
    card: bool,
    /// Write a manifest with the hashes of all files beside it
    #[arg(long, requires = "output", help_heading = "What goes with it")]
    manifest: bool,
    /// Keep no account of it in the dataset
    #[arg(long, help_heading = "What goes with it")]
    pub no_record: bool,
    /// Print the report as JSON (on the standard error, where the examples go to the standard output)
    #[arg(long)]
    pub json: bool,
}

fn writable_formats() -> PossibleValuesParser {
    let writable = formats::all().filter(|format| format.writer(&WriteOptions::default()).is_some());
    PossibleValuesParser::new(writable.map(formats::Format::id))
}

fn at_least_one() -> RangedU64ValueParser<usize> {
    RangedU64ValueParser::new().range(1..)
}

fn mend_names() -> PossibleValuesParser {
    PossibleValuesParser::new(mends::ALL.iter().map(|mend| mend.id()).chain(["all"]))
}

fn pair_mode(word: &str) -> std::result::Result<PairMode, String> {
    PairMode::ALL.iter().copied().find(|mode| mode.as_str() == word).ok_or_else(|| {
        let known: Vec<&str> = PairMode::ALL.iter().map(|mode| mode.as_str()).collect();
        format!("it is one of {}", known.join(", "))
    })
}

/// The plan that was said.
pub(super) fn plan(args: &Args) -> Result<Plan> {
    let mends = if args.mend.iter().any(|id| id == "all") {
        mends::ALL.iter().map(|mend| mend.id().to_owned()).collect()
    } else {
        args.mend.clone()
    };
    for (name, value, least, most) in [
        ("--min-strength", args.min_strength, 1.0, 4.0),
        ("--min-agreement", args.min_agreement, 0.5, 1.0),
        ("--min-rating", args.min_rating, 1.0, 100.0),
    ] {
        if value.is_some_and(|value| !(least..=most).contains(&value)) {
            return Err(Failure::Said(format!("{name} is a number from {least} to {most}")));
        }
    }
    Ok(Plan {
        format: args.format.clone().unwrap_or_default(),
        filter: args.filter.clone().unwrap_or_default(),
        statuses: statuses(&args.status)?,
        split: args.split,
        choice: Choice {
            pairs: args.pairs.unwrap_or_default(),
            min_strength: args.min_strength,
            min_agreement: args.min_agreement,
            min_rating: args.min_rating,
            max_pairs: args.max_pairs,
            without_bad: args.without_bad,
        },
        extra_fields: args.extra_fields,
        judgements: args.judgements,
        mends,
        allow: args.allow.clone(),
        skip_invalid: args.skip_invalid,
        balance: args.balance.clone(),
        bom: args.bom,
        bare: args.bare,
        card: args.card,
        manifest: args.manifest,
    })
}

fn statuses(words: &[String]) -> Result<Option<Vec<Status>>> {
    if words.is_empty() {
        return Ok(None);
    }
    if words.iter().any(|word| word == "all") {
        return Ok(Some(Status::ALL.to_vec()));
    }
    let status = |word: &String| {
        word.trim().parse().map_err(|error: crate::example::UnknownWord| Failure::Said(error.to_string()))
    };
    words.iter().map(status).collect::<Result<_>>().map(Some)
}
