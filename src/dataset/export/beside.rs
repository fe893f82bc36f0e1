//! What goes with an export: the files that its consumers want, the data card, the manifest.

use std::path::{Path, PathBuf};

use serde_json::{Map, Value, json};

use super::super::{Error, Reader, Result};
use super::files::{Target, failed, names, write_beside};
use super::{ExportReport, Plan, card};
use crate::formats::{Format, SideFile};
use crate::text::utf8;

/// Writes what goes with the files of an export, where any were written.
pub(super) fn write(
    reader: &Reader,
    plan: &Plan,
    target: &Target,
    format: &'static dyn Format,
    mut report: ExportReport,
) -> Result<ExportReport> {
    let (folder, stem) = match target {
        _ if report.files.is_empty() => return Ok(report),
        Target::Nowhere | Target::Standard => return Ok(report),
        Target::File(path) => (path.parent().unwrap_or(Path::new(".")), file_name(path)),
        Target::Folder(folder) => (folder.as_path(), "dataset".to_owned()),
    };
    let shown = |name: &str| match target {
        Target::File(path) => path.with_file_name(name).display().to_string(),
        _ => name.to_owned(),
    };
    if !plan.bare {
        let names: Vec<String> = report.files.iter().map(|file| file_name(Path::new(&file.name))).collect();
        for side in format.side_files(&names) {
            let path = folder.join(&side.name);
            let text = if side.joins { joined(&path, &side)? } else { side.text };
            report.files.push(write_beside(&path, &shown(&side.name), text.as_bytes())?);
        }
    }
    if plan.card {
        let name = card_name(&stem);
        let text = card::of(reader, plan, &report)?;
        report.files.push(write_beside(&folder.join(&name), &shown(&name), text.as_bytes())?);
    }
    if plan.manifest {
        let name = manifest_name(&stem);
        let text = manifest(plan, &report)?;
        report.files.push(write_beside(&folder.join(&name), &shown(&name), text.as_bytes())?);
    }
    Ok(report)
}

/// Where files will appear that go with an export; those that entries are only added to are left out.
pub(super) fn places(plan: &Plan, target: &Target) -> Result<Vec<PathBuf>> {
    let (folder, stem, files): (&Path, String, Vec<String>) = match target {
        Target::Nowhere | Target::Standard => return Ok(Vec::new()),
        Target::File(path) => {
            (path.parent().unwrap_or(Path::new(".")), file_name(path), vec![file_name(path)])
        }
        Target::Folder(folder) => (folder, "dataset".to_owned(), names(plan.format()?).collect()),
    };
    let sides = if plan.bare { Vec::new() } else { plan.format()?.side_files(&files) };
    let mut places: Vec<PathBuf> =
        sides.iter().filter(|side| !side.joins).map(|side| folder.join(&side.name)).collect();
    places.extend(plan.card.then(|| folder.join(card_name(&stem))));
    places.extend(plan.manifest.then(|| folder.join(manifest_name(&stem))));
    Ok(places)
}

fn card_name(stem: &str) -> String {
    format!("{}.card.md", without_ending(stem))
}

fn manifest_name(stem: &str) -> String {
    format!("{}.manifest.json", without_ending(stem))
}

/// That what goes with an export will find its place, before anything is written: a file that entries are
/// added to must be one that they can be added to.
pub(super) fn check(plan: &Plan, target: &Target, format: &'static dyn Format) -> Result<()> {
    let folder = match target {
        Target::File(path) => path.parent().unwrap_or(Path::new(".")),
        Target::Folder(folder) => folder,
        Target::Nowhere | Target::Standard => return Ok(()),
    };
    if plan.bare {
        return Ok(());
    }
    // whatever the files are called, what they are entered in is called the same
    for side in format.side_files(&["any".to_owned()]).iter().filter(|side| side.joins) {
        joined(&folder.join(&side.name), side)?;
    }
    Ok(())
}

/// A JSON object with the entries that are there already, and those of the new one.
fn joined(path: &Path, side: &SideFile) -> Result<String> {
    let shown = path.display().to_string();
    let there = match std::fs::read(path).and_then(utf8::decode) {
        Ok(text) => text,
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => return Ok(side.text.clone()),
        Err(error) => return Err(failed(&shown)(error)),
    };
    let object = |text: &str| -> Result<Map<String, Value>> {
        serde_json::from_str(text).map_err(|error| {
            Error::Export(format!(
                "{shown} is there already, and is no JSON object that entries could be added to: {error}"
            ))
        })
    };
    let mut all = object(there.trim_start_matches('\u{feff}'))?;
    all.extend(object(&side.text)?);
    let mut text = serde_json::to_string_pretty(&all).map_err(|error| Error::Export(error.to_string()))?;
    text.push('\n');
    Ok(text)
}

fn manifest(plan: &Plan, report: &ExportReport) -> Result<String> {
    let manifest = json!({
        "goldset": env!("CARGO_PKG_VERSION"),
        "plan": plan,
        "examples": report.examples,
        "written": report.written,
        "records": report.records,
        "invalid": report.invalid,
        "files": report.files,
    });
    let mut text =
        serde_json::to_string_pretty(&manifest).map_err(|error| Error::Export(error.to_string()))?;
    text.push('\n');
    Ok(text)
}

fn file_name(path: &Path) -> String {
    path.file_name().map_or_else(String::new, |name| name.to_string_lossy().into_owned())
}

/// `train.jsonl.gz` is `train`.
fn without_ending(name: &str) -> &str {
    let stem = name.split_once('.').map_or(name, |(stem, _)| stem);
    if stem.is_empty() { name } else { stem }
}
