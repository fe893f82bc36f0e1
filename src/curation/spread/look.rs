//! What a response looks like to who does not read it: how much Markdown it has, and whether it refuses.

use crate::text::refusal::is_refusal;

/// What a text looks like.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Look {
    /// Marks of Markdown: headings, items of lists, rows of tables, fences, quotations, and words set bold or
    /// as code.
    pub marks: u32,
    /// Whether it begins with a refusal.
    pub refuses: bool,
}

impl Look {
    /// What that text looks like.
    pub fn of(text: &str) -> Self {
        let lines = text.lines().filter(|line| is_marked(line.trim_start())).count();
        // a word is bold or code between two marks
        let words = text.matches("**").count() / 2
            + (text.matches('`').count() - 3 * text.matches("```").count()) / 2;
        Self { marks: u32::try_from(lines + words).unwrap_or(u32::MAX), refuses: is_refusal(text) }
    }

    /// What two texts after each other look like: it is the first that refuses.
    #[must_use]
    pub fn and(self, next: Self) -> Self {
        Self { marks: self.marks.saturating_add(next.marks), refuses: self.refuses }
    }
}

/// Whether a line begins as a block of Markdown does.
fn is_marked(line: &str) -> bool {
    let after_hashes = line.trim_start_matches('#');
    let hashes = line.len() - after_hashes.len();
    let after_digits = line.trim_start_matches(|c: char| c.is_ascii_digit());
    let digits = line.len() - after_digits.len();
    ((1..=6).contains(&hashes) && after_hashes.starts_with(' '))
        || ["- ", "* ", "+ ", "> ", "```", "|"].iter().any(|mark| line.starts_with(mark))
        || ((1..=3).contains(&digits) && (after_digits.starts_with(". ") || after_digits.starts_with(") ")))
}
