//! `goldset export`: writes the file that a trainer reads.

mod args;
mod told;

use std::path::{Path, PathBuf};

use super::failure::{Ending, Result};
use super::out::Out;
use super::progress::Meter;
use super::session::{self, Session};
use crate::dataset::{ExportReport, Kept, Reader, Target, export};
use crate::text::count::plural;

pub(super) use args::Args;

pub(super) fn run(args: &Args, session: &Session, out: &mut Out) -> Result<Ending> {
    let reader = session::reader(&args.dataset)?;
    let before = args.again.map(|number| reader.export(number)).transpose()?;
    let plan = match &before {
        Some(kept) => kept.plan.clone(),
        None => args::plan(args)?,
    };
    if !plan.filter.trim().is_empty() {
        // a filter that can't be understood is shown with the place
        session::filter(&reader, &plan.filter)?;
    }
    let target = target(args, before.as_ref());
    let mut meter = Meter::start();
    let mut report = export(&reader, &plan, &target, &mut |progress| meter.hear(progress))?;
    meter.clear();
    if !report.files.is_empty() && !args.no_record && target != Target::Nowhere {
        match session
            .dataset(&args.dataset)
            .and_then(|mut dataset| Ok(dataset.keep_export(&plan, &target, &report)?))
        {
            Ok(number) => report.number = Some(number),
            Err(failure) => {
                super::tell(&format!(
                    "the export was made, but the dataset could not keep account of it: {failure}"
                ));
            }
        }
    }
    let json = told::json(&report, &plan, &target);
    if !args.json {
        told::print(&report, &plan, &target);
    } else if target == Target::Standard && !report.files.is_empty() {
        told::say(&json.to_string());
    } else {
        out.json(&json)?;
    }
    if let Some(kept) = before {
        compare(&reader, &kept, &report)?;
    }
    Ok(Ending::with_findings(report.is_stopped()))
}

fn target(args: &Args, before: Option<&Kept>) -> Target {
    if args.dry_run {
        return Target::Nowhere;
    }
    let said = args.output.clone().or_else(|| before.map(|kept| PathBuf::from(&kept.target)));
    match said {
        Some(path) if path.as_path() != Path::new("-") => {
            let is_folder = path.to_string_lossy().ends_with(['/', std::path::MAIN_SEPARATOR]);
            if is_folder || args.by_split { Target::Folder(path) } else { Target::File(path) }
        }
        _ => Target::Standard,
    }
}

/// Says whether an export that was made again is the same, byte for byte, and if not why.
fn compare(reader: &Reader, kept: &Kept, report: &ExportReport) -> Result<()> {
    let of_records = |files: &[crate::dataset::WrittenFile]| -> Vec<String> {
        files.iter().filter(|file| file.records.is_some()).map(|file| file.sha256.clone()).collect()
    };
    let number = kept.number;
    if report.files.is_empty() {
        return Ok(());
    }
    if of_records(&kept.files) == of_records(&report.files) {
        told::say(&format!("the same bytes as export {number}"));
        return Ok(());
    }
    let changed = reader.changed_since(kept.action)?.examples.len() as u64;
    told::say(&format!(
        "not the bytes of export {number}: {} changed since (`goldset diff` tells which)",
        plural(changed, "example")
    ));
    Ok(())
}
