//! The first screen as text, for where there is no terminal: what there is to do, and how.

use std::path::Path;

use super::failure::Result;
use super::out::{Column, Out};
use crate::dataset::{Counts, FacetCount, Queue};
use crate::example::Status;
use crate::text::count::{plural, thousands};
use crate::text::harmless::harmless;
use crate::text::width::shown_width;

/// The cells of `3 of 11 targets met`, with numbers as long as they get.
const MET: usize = 22;

/// Prints it.
pub(super) fn print(path: &Path, counts: &Counts, out: &mut Out) -> Result<()> {
    let name = path.file_name().unwrap_or(path.as_os_str()).to_string_lossy();
    let total = plural(counts.total(), "example");
    let usable = thousands(counts.usable());
    out.heading(&format!("{}: {total}, {usable} usable (submitted or approved)", harmless(&name)))?;

    out.line("")?;
    out.heading("To do")?;
    let review = counts.count(|count| count.status == Status::Submitted);
    let todo = [
        (Queue::Write.len(counts), "to write"),
        (Queue::Rank.len(counts), "to rank"),
        (review, "to review"),
        (counts.open_flags(), "open flags"),
    ];
    let rows: Vec<Vec<String>> =
        todo.iter().map(|(n, what)| vec![format!("  {}", thousands(*n)), (*what).to_owned()]).collect();
    out.table(&[Column::number(""), Column::text("")], &rows)?;

    let widest = counts.facets.iter().map(|facet| shown_width(&facet.name)).max().unwrap_or_default();
    let room = out.width().saturating_sub(widest + MET + 6);
    let rows: Vec<Vec<String>> = counts.facets.iter().filter_map(|facet| coverage(facet, room)).collect();
    if !rows.is_empty() {
        out.line("")?;
        out.heading("Coverage")?;
        out.table(&[Column::text(""), Column::text(""), Column::text("")], &rows)?;
    }

    let dataset = quoted(path);
    out.line("")?;
    out.heading("Try next")?;
    let tries = [
        ("goldset demo".to_owned(), "in a terminal: the workbench itself"),
        (format!("goldset list {dataset} --where 'status:pending responses>=2'"), "what waits to be ranked"),
        (format!("goldset stats {dataset}"), "all counts, by facet and person"),
        (
            format!("goldset export {dataset} --format openai-chat --where status:approved"),
            "what a trainer reads",
        ),
        ("goldset new mine.goldset".to_owned(), "a dataset of your own"),
        ("goldset import mine.goldset FILE".to_owned(), "with what you have already"),
    ];
    for (command, what) in tries {
        out.line(format!("  {}", harmless(&command)))?;
        out.line(format!("      {what}"))?;
    }
    Ok(())
}

/// `intent  3 of 11 targets met  missing most: warranty 0/8, login 2/10`, as many as
/// there is room for.
fn coverage(facet: &FacetCount, room: usize) -> Option<Vec<String>> {
    let mut targets: Vec<(&str, u64, u64)> = facet
        .values
        .iter()
        .filter_map(|value| Some((value.name.as_str(), value.usable(), u64::from(value.target?))))
        .filter(|(_, _, target)| *target > 0)
        .collect();
    if targets.is_empty() {
        return None;
    }
    let all = targets.len();
    targets.retain(|(_, usable, target)| usable < target);
    let met = all - targets.len();
    // The smallest part of its target first; by cross-multiplication, which needs no fractions.
    targets.sort_by(|(_, one, of), (_, other, of_other)| (one * of_other).cmp(&(other * of)));
    let mut off = String::new();
    for (name, usable, target) in targets {
        let next = if off.is_empty() { "missing most: " } else { ", " };
        let next = format!("{next}{name} {usable}/{target}");
        if !off.is_empty() && shown_width(&off) + shown_width(&next) > room {
            break;
        }
        off.push_str(&next);
    }
    Some(vec![format!("  {}", facet.name), format!("{met} of {all} targets met"), off])
}

/// A path or a name as a shell takes it.
pub(super) fn quoted(path: &Path) -> String {
    let text = path.display().to_string();
    let plain = |c: char| c.is_ascii_alphanumeric() || "/._-+:@%,=".contains(c);
    if !text.is_empty() && text.chars().all(plain) {
        return text;
    }
    format!("'{}'", text.replace('\'', "'\\''"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_path_is_quoted_where_a_shell_would_part_it() {
        assert_eq!(quoted(Path::new("/a/b.goldset")), "/a/b.goldset");
        assert_eq!(quoted(Path::new("/a b/it's")), r"'/a b/it'\''s'");
    }
}
