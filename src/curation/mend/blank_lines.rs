//! Runs of blank lines: one is enough to part paragraphs.

use super::fences::lines;
use super::{Normaliser, changed};

pub(super) const NORMALISER: Normaliser = Normaliser {
    id: "blank-lines",
    title: "runs of blank lines",
    about: "three or more blank lines in a row become one; code between fences stays",
    usual: true,
    mend,
};

/// From so many on, blank lines are a run.
const RUN: usize = 3;

fn mend(text: &str) -> Option<String> {
    let mut mended = String::with_capacity(text.len());
    let mut run: Vec<&str> = Vec::new();
    for (line, is_code) in lines(text) {
        if !is_code && line.ends_with('\n') && line.trim_matches([' ', '\t', '\r', '\n']).is_empty() {
            run.push(line);
            continue;
        }
        end_run(&mut run, &mut mended);
        mended.push_str(line);
    }
    end_run(&mut run, &mut mended);
    changed(text, mended)
}

fn end_run(run: &mut Vec<&str>, mended: &mut String) {
    let keep = if run.len() >= RUN { 1 } else { run.len() };
    mended.extend(run.drain(..).take(keep));
}

#[cfg(test)]
mod tests {
    use super::mend;

    #[test]
    fn a_run_becomes_one_blank_line_and_two_stay() {
        assert_eq!(mend("a\n\n\n\n \nb\n\n\nc").as_deref(), Some("a\n\nb\n\n\nc"));
        assert_eq!(mend("a\n\n\nb"), None);
        assert_eq!(mend("\n\n\u{a0}\n\n"), None, "a space that doesn't break is something");
    }

    #[test]
    fn code_keeps_its_lines() {
        assert_eq!(mend("```\na\n\n\n\n\nb\n```"), None);
    }
}
