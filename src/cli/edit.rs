//! `goldset edit`: one example as a page, in an editor or through a pipe.

use std::path::PathBuf;

use super::failure::{Ending, Failure, Result};
use super::input;
use super::out::Out;
use super::pages::{self, Edited};
use super::recent;
use super::record;
use super::session::{self, Session};
use super::tell;
use crate::dataset::{Error, Verb};
use crate::example::Changes;
use crate::formats::page::{self, Context};
use crate::text::harmless::harmless;

const EXAMPLES: &str = "\
Examples:
  goldset edit support.goldset 412
  goldset edit support.goldset 412 --print > 412.md
  goldset edit support.goldset 412 412.md
  goldset edit support.goldset 412 --print | sed s/cancel/pause/ | goldset edit support.goldset 412 -

A page: lines like `tags: intent:cancel` and `note: ask legal`, then the turns under headings like
`=== user`. What a page doesn't show stays; a response whose section is gone is removed.
Exit code: 0 done or nothing to change, 1 the page is wrong and nothing was changed, 2 not done.";

/// Change an example in your editor
///
/// Opens all that people write of it (prompt, responses, tools, tags, note, status) as one page in
/// the program that $VISUAL or $EDITOR names, and takes over what you changed as one action. What
/// can't be understood is told with its line, and the text is kept.
#[derive(Debug, clap::Args)]
#[command(after_help = EXAMPLES)]
pub(super) struct Args {
    /// The dataset
    dataset: PathBuf,
    /// The example's number (412 or #412) or its UUID
    #[arg(value_name = "ID")]
    example: String,
    /// Read the page from this file ("-": the standard input) and open no editor
    #[arg(value_name = "FILE", conflicts_with = "print")]
    input: Option<PathBuf>,
    /// Read the page from the standard input, as "-" does
    #[arg(long, conflicts_with_all = ["input", "print"])]
    stdin: bool,
    /// Print the page, and change nothing
    #[arg(long, conflicts_with = "json")]
    print: bool,
    /// Print the example as it is then, as JSON
    #[arg(long)]
    json: bool,
}

pub(super) fn run(args: &Args, session: &Session, out: &mut Out) -> Result<Ending> {
    let reader = session::reader(&args.dataset)?;
    let number = reader.find(&args.example)?;
    let none = || Failure::Dataset(Error::NoExample(args.example.clone()));
    let saved = reader.example(number)?.ok_or_else(none)?;
    let page = page::write_of(number, &saved, &saved);
    if args.print {
        pages::print(&page, out)?;
        return Ok(Ending::Done);
    }
    // That it can be written is known before somebody writes.
    let mut dataset = session.dataset(&args.dataset)?;
    let facets = reader.definitions()?.facets;
    let context = Context { facets: &facets, annotator: &session.annotator, values: None };
    let input = if args.stdin { Some(PathBuf::from("-")) } else { args.input.clone() };
    let read = if let Some(path) = input {
        let (name, text) = input::text(&path)?;
        match page::read_onto(&text, number, &saved, &context) {
            Ok(read) => Some(read),
            Err(errors) => {
                pages::tell_errors(&name, &errors);
                return Ok(Ending::Findings);
            }
        }
    } else {
        // Read onto the example as it is by then: what others did meanwhile is not written over.
        let read = |text: &str| {
            let now = reader.example(number).ok().flatten();
            page::read_onto(text, number, now.as_ref().unwrap_or(&saved), &context)
        };
        match pages::edit(&format!("goldset-{number}"), &page, read)? {
            Edited::Read(read) => Some(*read),
            Edited::Same => None,
            Edited::Wrong => return Ok(Ending::Findings),
        }
    };
    let mut sentence = "nothing was changed".to_owned();
    if let Some(read) = read {
        for remark in &read.remarks {
            tell(remark);
        }
        let now = reader.example(number)?.ok_or_else(none)?;
        let changes = Box::new(Changes::between(&now, &read.example));
        if !changes.is_empty() {
            sentence = dataset.perform(&Verb::Edit { example: number, changes })?.sentence;
            recent::remember(&session.folders, &args.dataset);
        }
    }
    if args.json {
        let example = dataset.reader()?.example(number)?.ok_or_else(none)?;
        out.json(&record::json(number, &example)?)?;
    } else {
        out.line(harmless(&sentence))?;
    }
    Ok(Ending::Done)
}
