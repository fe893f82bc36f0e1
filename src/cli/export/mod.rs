//! `goldset export`: writes the file that a trainer reads.

mod args;
mod told;

use std::path::{Path, PathBuf};

use super::failure::{Ending, Failure, Result};
use super::out::Out;
use super::progress::Meter;
use super::session::{self, Session};
use crate::dataset::{Error, ExportReport, Kept, Reader, Target, export};
use crate::formats::container::Kind;
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
    let target = target(args, before.as_ref())?;
    if !args.force
        && let Some(path) = reader.in_the_way(&plan, &target)?
    {
        return Err(Failure::Said(format!(
            "{} is there already, and is not as an export of this dataset made it: choose another name, or write over \
             it with --force",
            path.display()
        )));
    }
    let mut meter = Meter::start();
    let made = export(&reader, &plan, &target, &mut |progress| meter.hear(progress));
    meter.clear();
    if let (true, Err(Error::NothingToExport(report))) = (args.json, &made) {
        out.json(&told::json(report, &plan, &target))?;
    }
    let mut report = made?;
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
    let same = before.as_ref().and_then(|kept| is_same(kept, &report));
    let mut json = told::json(&report, &plan, &target);
    if let (Some(same), Some(object)) = (same, json.as_object_mut()) {
        object.insert("same".to_owned(), same.into());
    }
    if !args.json {
        told::print(&report, &plan, &target);
    } else if target == Target::Standard && !report.files.is_empty() {
        told::say(&json.to_string());
    } else {
        out.json(&json)?;
    }
    if let Some((kept, same)) = before.as_ref().zip(same) {
        compare(&reader, kept, same)?;
    }
    Ok(Ending::with_findings(report.is_stopped() || same == Some(false)))
}

/// Where it goes.
fn target(args: &Args, before: Option<&Kept>) -> Result<Target> {
    if args.by_split {
        check_folder(args.output.as_deref().unwrap_or(Path::new("-")))?;
    }
    if args.dry_run {
        return Ok(Target::Nowhere);
    }
    let said = args.output.clone().or_else(|| before.map(|kept| PathBuf::from(&kept.target)));
    Ok(match said {
        Some(path) if path.as_path() != Path::new("-") => {
            let is_folder = path.to_string_lossy().ends_with(['/', std::path::MAIN_SEPARATOR]);
            if is_folder || args.by_split { Target::Folder(path) } else { Target::File(path) }
        }
        _ => Target::Standard,
    })
}

/// That what is to get a file for each split is a folder, or can be made one.
fn check_folder(path: &Path) -> Result<()> {
    let name = path.display().to_string();
    let is_file = path.is_file()
        || name == "-"
        || !name.ends_with(['/', std::path::MAIN_SEPARATOR]) && Kind::of_name(&name).is_some();
    if path.is_dir() || !is_file {
        return Ok(());
    }
    Err(Failure::Said(format!(
        "--by-split writes a file for each split, so -o should name a folder, and {name} is a file or called like one: \
         say -o FOLDER/"
    )))
}

/// Whether an export that was made again is the same, byte for byte; `None` where no file was made.
fn is_same(kept: &Kept, report: &ExportReport) -> Option<bool> {
    let of_records = |files: &[crate::dataset::WrittenFile]| -> Vec<String> {
        files.iter().filter(|file| file.records.is_some()).map(|file| file.sha256.clone()).collect()
    };
    (!report.files.is_empty()).then(|| of_records(&kept.files) == of_records(&report.files))
}

/// Says whether it is the same, and if not why.
fn compare(reader: &Reader, kept: &Kept, same: bool) -> Result<()> {
    let number = kept.number;
    if same {
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
