//! Where something stands in a file, as an editor would say it.

/// A line and a column, both from 1; columns count characters.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Position {
    pub line: u64,
    pub column: u64,
}

impl Position {
    pub const START: Self = Self { line: 1, column: 1 };

    pub const fn line(line: u64) -> Self {
        Self { line, column: 1 }
    }

    /// The position behind these bytes.
    pub fn after(self, bytes: &[u8]) -> Self {
        match bytes.iter().rposition(|&byte| byte == b'\n') {
            Some(last) => Self {
                line: self.line + count(bytes, |byte| byte == b'\n'),
                column: 1 + characters(bytes.get(last + 1..).unwrap_or_default()),
            },
            None => Self { line: self.line, column: self.column + characters(bytes) },
        }
    }

    /// The position of an error that `serde_json` found in `text`, which begins here. Its lines
    /// count from 1 and its columns are the bytes of the line up to and with the wrong one.
    pub fn of_json_error(self, text: &[u8], error: &serde_json::Error) -> Self {
        let line = text.split(|&byte| byte == b'\n').nth(error.line().saturating_sub(1)).unwrap_or_default();
        let wrong = error.column().min(line.len()).saturating_sub(1);
        let before = characters(line.get(..wrong).unwrap_or_default());
        let first = if error.line() <= 1 { self.column } else { 1 };
        Self { line: self.line + (error.line().max(1) as u64 - 1), column: first + before }
    }
}

fn characters(bytes: &[u8]) -> u64 {
    count(bytes, |byte| byte & 0xC0 != 0x80)
}

fn count(bytes: &[u8], wanted: impl Fn(u8) -> bool) -> u64 {
    bytes.iter().map(|&byte| u64::from(wanted(byte))).sum()
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;

    #[test]
    fn columns_count_characters_and_lines_count_line_feeds() {
        let start = Position { line: 3, column: 5 };
        assert_eq!(start.after("äö".as_bytes()), Position { line: 3, column: 7 });
        assert_eq!(start.after("a\r\n\nbä".as_bytes()), Position { line: 5, column: 3 });
    }

    #[test]
    fn an_error_is_where_the_wrong_character_is() {
        let at = |text: &str| {
            let error = serde_json::from_str::<serde_json::Value>(text).unwrap_err();
            let Position { line, column } =
                Position { line: 7, column: 10 }.of_json_error(text.as_bytes(), &error);
            (line, column)
        };
        assert_eq!(at("[\"ä\", x]"), (7, 16));
        assert_eq!(at("[1,\n \"ä\" 2]"), (8, 6));
    }
}
