//! A page parted into its head and its sections, each with the lines where it stands.

use std::fmt::Write as _;

use super::PageError;
use super::heading::KINDS;
use super::texts::HEADING;
use super::words::{Word, words};

/// What the lines begin with by which an editor is told what was wrong.
const COMPLAINT: &str = "#! ";

/// A page, parted.
#[derive(Debug)]
pub(super) struct Parted<'a> {
    /// The lines of the head that say something, each with its number.
    pub head: Vec<(usize, &'a str)>,
    /// The sections in their order.
    pub sections: Vec<Section<'a>>,
    /// Lines of texts that were perhaps meant as headings.
    pub doubtful: Vec<usize>,
}

/// A heading and what stands under it.
#[derive(Debug)]
pub(super) struct Section<'a> {
    /// The line of the heading, counted from 1.
    pub line: usize,
    /// The words of the heading; the first is its kind.
    pub words: Vec<Word>,
    /// The lines under it.
    pub body: Vec<&'a str>,
}

/// Parts a page; headings that can't be read go to the errors.
pub(super) fn part<'a>(page: &'a str, errors: &mut Vec<PageError>) -> Parted<'a> {
    let page = page.strip_prefix('\u{feff}').unwrap_or(page);
    let mut parted = Parted { head: Vec::new(), sections: Vec::new(), doubtful: Vec::new() };
    for (line, text) in (1..).zip(page.split('\n')) {
        let text = text.strip_suffix('\r').unwrap_or(text);
        if let Some(heading) = text.strip_prefix(HEADING) {
            let words = words(heading).unwrap_or_else(|reason| {
                errors.push(PageError { line, reason });
                Vec::new()
            });
            parted.sections.push(Section { line, words, body: Vec::new() });
        } else if let Some(section) = parted.sections.last_mut() {
            if is_nearly_heading(text) {
                parted.doubtful.push(line);
            }
            section.body.push(text);
        } else if !text.trim().is_empty() && !text.starts_with('#') {
            parted.head.push((line, text));
        }
    }
    parted
}

/// `===user`, `== user`, `==== response 2`.
fn is_nearly_heading(line: &str) -> bool {
    let rest = line.trim_start().trim_start_matches('=');
    let marks = line.trim_start().len() - rest.len();
    let kind = rest.split_whitespace().next().unwrap_or_default();
    (2..=5).contains(&marks) && rest.len() < 60 && KINDS.contains(&kind)
}

/// The page with what is wrong with it at its top, in lines that are not read (in the place of those
/// of the last time), and the line of the first error there: for another try in an editor.
pub fn with_errors(page: &str, errors: &[PageError]) -> (String, usize) {
    let page = page.strip_prefix('\u{feff}').unwrap_or(page);
    let old = page.split_inclusive('\n').take_while(|line| line.starts_with(COMPLAINT)).count();
    let moved = |line: usize| (line + errors.len()).saturating_sub(old).max(1);
    let mut shown = String::with_capacity(page.len() + 80 * errors.len());
    for error in errors {
        let reason = error.reason.replace('\n', " ");
        // Writing to a string can't fail.
        let _ = writeln!(shown, "{COMPLAINT}line {}: {reason}", moved(error.line));
    }
    shown.extend(page.split_inclusive('\n').skip(old));
    let first = errors.iter().map(|error| moved(error.line)).min().unwrap_or(1);
    (shown, first)
}

/// The line to mend first, where the page says at its top what was wrong with it.
pub fn line_to_mend(page: &str) -> Option<usize> {
    let complaints = page.lines().map_while(|line| line.strip_prefix(COMPLAINT));
    complaints.filter_map(|said| said.strip_prefix("line ")?.split_once(':')?.0.parse().ok()).min()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn errors_stand_at_the_top_once_and_point_to_their_lines() {
        let error = |line| PageError { line, reason: "is wrong\nsomehow".to_owned() };
        let (once, first) = with_errors("note: x\n=== usr\n", &[error(2), error(1)]);
        assert_eq!(once, "#! line 4: is wrong somehow\n#! line 3: is wrong somehow\nnote: x\n=== usr\n");
        assert_eq!((first, line_to_mend(&once), line_to_mend("=== user\n")), (3, Some(3), None));
        let (again, first) = with_errors(&once, &[error(4)]);
        assert_eq!((again.as_str(), first), ("#! line 3: is wrong somehow\nnote: x\n=== usr\n", 3));
        assert_eq!(with_errors(&once, &[]).0, "note: x\n=== usr\n");
    }
}
