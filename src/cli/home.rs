//! The first screen as text, for where there is no terminal: what there is to do, and how.

use std::path::Path;

use super::failure::Result;
use super::out::Out;
use crate::dataset::Counts;
use crate::text::count::{plural, thousands};
use crate::text::harmless::harmless;
use crate::tui::home_as_text;

/// Prints it.
pub(super) fn print(path: &Path, counts: &Counts, annotator: &str, out: &mut Out) -> Result<()> {
    let name = path.file_name().unwrap_or(path.as_os_str()).to_string_lossy();
    let (total, usable) = (plural(counts.total(), "example"), thousands(counts.usable()));
    out.heading(&format!("{}: {total}, {usable} usable (submitted or approved)", harmless(&name)))?;
    out.line("")?;
    let cells = u16::try_from(out.width()).unwrap_or(u16::MAX).clamp(60, 160);
    for line in home_as_text(path, annotator, cells)?.lines() {
        out.line(line)?;
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
