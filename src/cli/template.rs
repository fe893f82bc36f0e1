//! `goldset template`: the pages that new examples are begun from.

use std::path::{Path, PathBuf};

use serde_json::json;

use super::failure::{Ending, Failure, Result};
use super::input;
use super::out::{Column, Out};
use super::pages;
use super::recent;
use super::session::{self, Session};
use crate::dataset::{Error, Verb};
use crate::example::{Template, placeholders};
use crate::formats::page::{self, Context};
use crate::text::harmless::harmless;

const EXAMPLES: &str = "\
Examples:
  goldset template support.goldset
  goldset template support.goldset --from 412 --name refund
  goldset template support.goldset --show refund > refund.md
  goldset template support.goldset --set refund refund.md
  goldset add support.goldset --template refund --set order=88-1204

A template is a page (see `goldset help edit`) with placeholders where something is to be filled
in: {{order}}. --json prints a list of objects: name, placeholders, page.";

/// List, keep, show and remove templates
///
/// A template is an example to begin new ones from, with {{placeholders}} in its texts. Without
/// options, lists the dataset's.
#[derive(Debug, clap::Args)]
#[command(after_help = EXAMPLES)]
pub(super) struct Args {
    /// The dataset
    dataset: PathBuf,
    /// Keep the page in FILE ("-": the standard input) under this name, in the place of one that has it
    #[arg(long, num_args = 2, value_names = ["NAME", "FILE"], conflicts_with_all = ["from", "show", "remove"])]
    set: Option<Vec<String>>,
    /// Keep an example as a template
    #[arg(long, value_name = "ID", requires = "name", conflicts_with_all = ["show", "remove"])]
    from: Option<String>,
    /// What the template of --from is called
    #[arg(long, value_name = "NAME", requires = "from")]
    name: Option<String>,
    /// Print a template's page
    #[arg(long, value_name = "NAME", conflicts_with = "remove")]
    show: Option<String>,
    /// Take a template away
    #[arg(long, value_name = "NAME")]
    remove: Option<String>,
    /// Print JSON
    #[arg(long, conflicts_with_all = ["set", "from", "show", "remove"])]
    json: bool,
}

pub(super) fn run(args: &Args, session: &Session, out: &mut Out) -> Result<Ending> {
    let reader = session::reader(&args.dataset)?;
    let definitions = reader.definitions()?;
    let verb = match (args.set.as_deref(), &args.from, &args.name) {
        (Some([name, file]), _, _) => {
            let (called, text) = input::text(Path::new(file))?;
            let context =
                Context { facets: &definitions.facets, annotator: &session.annotator, values: Some(&[]) };
            if let Err(errors) = page::read_template(&text, &context) {
                pages::tell_errors(&called, &errors);
                return Ok(Ending::Findings);
            }
            Verb::PutTemplate(named(name, text)?)
        }
        (_, Some(id), Some(name)) => {
            let number = reader.find(id)?;
            let example = reader.example(number)?.ok_or_else(|| Error::NoExample(id.clone()))?;
            Verb::PutTemplate(named(name, page::write_template(&example))?)
        }
        _ => match (&args.show, &args.remove) {
            (Some(name), _) => {
                pages::print(&pages::template(&definitions.templates, name)?.page, out)?;
                return Ok(Ending::Done);
            }
            (_, Some(name)) => {
                Verb::RemoveTemplate(pages::template(&definitions.templates, name)?.name.clone())
            }
            (None, None) => {
                list(&definitions.templates, args.json, out)?;
                return Ok(Ending::Done);
            }
        },
    };
    let done = session.dataset(&args.dataset)?.perform(&verb)?;
    recent::remember(&session.folders, &args.dataset);
    out.line(harmless(&done.sentence))?;
    Ok(Ending::Done)
}

fn named(name: &str, page: String) -> Result<Template> {
    let name = name.trim().to_owned();
    if name.is_empty() {
        return Err(Failure::Said("a template needs a name".to_owned()));
    }
    Ok(Template { name, page })
}

fn list(templates: &[Template], as_json: bool, out: &mut Out) -> Result<()> {
    if as_json {
        let list = templates.iter().map(|template| {
            json!({"name": template.name, "placeholders": placeholders(&template.page), "page": template.page})
        });
        out.json(&list.collect())?;
        return Ok(());
    }
    if templates.is_empty() {
        out.line("no templates yet; `goldset help template` says how to keep one")?;
        return Ok(());
    }
    let rows: Vec<Vec<String>> = templates
        .iter()
        .map(|template| vec![template.name.clone(), placeholders(&template.page).join(", ")])
        .collect();
    out.table(&[Column::text("template"), Column::text("to be filled in")], &rows)?;
    Ok(())
}
