//! Which parts of a text are prose and which are code, so that prose alone is mended.
//!
//! Fences are those of `CommonMark` (section 4.5): a line of three or more backticks or tildes, at most
//! three blanks in, up to a line of at least as many of the same, or to the end of the text.

/// The lines of a text with their ends, and whether each belongs to a fenced block.
pub(super) fn lines(text: &str) -> impl Iterator<Item = (&str, bool)> {
    let mut open: Option<(char, usize)> = None;
    text.split_inclusive('\n').map(move |line| {
        let fence = fence(line);
        let inside = open.is_some() || fence.is_some();
        open = match (open, fence) {
            (None, Some(fence)) => Some((fence.mark, fence.len)),
            (Some((mark, len)), Some(fence)) if fence.mark == mark && fence.len >= len && fence.bare => None,
            (open, _) => open,
        };
        (line, inside)
    })
}

struct Fence {
    mark: char,
    len: usize,
    /// Whether nothing follows: only such a line closes a block.
    bare: bool,
}

fn fence(line: &str) -> Option<Fence> {
    let inner = line.trim_start_matches(' ');
    let mark = inner.chars().next().filter(|c| matches!(c, '`' | '~'))?;
    let rest = inner.trim_start_matches(mark);
    let len = inner.len() - rest.len();
    // What opens with backticks and has more of them is code within a line.
    let is_fence = line.len() - inner.len() < 4 && len >= 3 && !(mark == '`' && rest.contains('`'));
    is_fence.then(|| Fence { mark, len, bare: rest.trim().is_empty() })
}

/// A line of prose, parted into what is said and what is code between backticks (code span of
/// `CommonMark`, section 6.1, within one line).
pub(super) fn spans(line: &str) -> Vec<(&str, bool)> {
    let mut spans = Vec::new();
    let mut rest = line;
    while let Some(at) = rest.find('`') {
        let (before, ticks) = rest.split_at(at);
        let len = ticks.len() - ticks.trim_start_matches('`').len();
        let (run, after) = ticks.split_at(len);
        spans.push((before, false));
        let Some(end) = closing(after, len) else {
            spans.push((run, false));
            rest = after;
            continue;
        };
        let (code, later) = ticks.split_at(len + end + len);
        spans.push((code, true));
        rest = later;
    }
    spans.push((rest, false));
    spans
}

/// Where a run of exactly so many backticks begins.
fn closing(text: &str, len: usize) -> Option<usize> {
    let mut from = 0;
    loop {
        let at = from + text.get(from..)?.find('`')?;
        let rest = text.get(at..)?;
        let run = rest.len() - rest.trim_start_matches('`').len();
        if run == len {
            return Some(at);
        }
        from = at + run;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_fence_goes_to_its_own_end_or_to_that_of_the_text() {
        let code = |text: &str| lines(text).map(|(_, code)| code).collect::<Vec<_>>();
        assert_eq!(code("a\n```rust\nb\n```\nc"), [false, true, true, true, false]);
        assert_eq!(code("~~~~\n```\n~~~\n~~~~\nc\n"), [true, true, true, true, false]);
        assert_eq!(code("a\n```\nb"), [false, true, true]);
        assert_eq!(code("    ```\nb\n``` a ` b\n"), [false, false, false]);
    }

    #[test]
    fn code_within_a_line_is_between_as_many_backticks() {
        assert_eq!(spans("say `x` now"), [("say ", false), ("`x`", true), (" now", false)]);
        assert_eq!(spans("``a`b``"), [("", false), ("``a`b``", true), ("", false)]);
        assert_eq!(spans("don`t"), [("don", false), ("`", false), ("t", false)]);
    }
}
