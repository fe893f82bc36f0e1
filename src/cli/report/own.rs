//! A page says at its end which bytes it was written as: so one that nobody has changed can be told, and made again.

use std::fmt::Write as _;
use std::fs::File;
use std::io::{self, Read as _};
use std::path::Path;

use sha2::{Digest as _, Sha256};

/// What stands before the hash, and behind it.
const BEFORE: &str = "<!-- a goldset report; sha256 of all before this line: ";
const BEHIND: &str = " -->\n";
/// A longer file is none of ours.
const LONGEST: u64 = 64 << 20;

/// The hash of a text, in hexadecimal.
pub(super) fn hash(text: &str) -> String {
    Sha256::digest(text).iter().fold(String::with_capacity(64), |mut hex, byte| {
        // Writing to a string can't fail.
        let _ = write!(hex, "{byte:02x}");
        hex
    })
}

/// The page with its last line.
pub(super) fn signed(html: &str) -> String {
    format!("{html}{BEFORE}{}{BEHIND}", hash(html))
}

/// Whether it is a page as this program wrote it.
fn is_own(text: &str) -> bool {
    let found = text.rsplit_once(BEFORE).and_then(|(html, rest)| Some((html, rest.strip_suffix(BEHIND)?)));
    found.is_some_and(|(html, said)| hash(html) == said)
}

/// Whether there is a file at that place that would be lost. What is empty, or no ordinary file, loses nothing.
pub(super) fn is_in_the_way(path: &Path) -> io::Result<bool> {
    let there = match path.metadata() {
        Ok(there) if there.is_file() && there.len() > 0 => there,
        Ok(_) => return Ok(false),
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(false),
        Err(error) => return Err(error),
    };
    if there.len() > LONGEST {
        return Ok(true);
    }
    let mut bytes = Vec::new();
    File::open(path)?.take(LONGEST).read_to_end(&mut bytes)?;
    Ok(!std::str::from_utf8(&bytes).is_ok_and(is_own))
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;

    #[test]
    fn only_a_page_that_nobody_changed_is_written_over() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("a.html");
        assert!(!is_in_the_way(&path).unwrap());
        let page = signed("<html></html>\n");
        for (text, is_lost) in [
            (page.clone(), false),
            (String::new(), false),
            ("my own notes".to_owned(), true),
            (page.replace("<html>", "<html><!-- mine -->"), true),
            (format!("{page}more"), true),
        ] {
            std::fs::write(&path, &text).unwrap();
            assert_eq!(is_in_the_way(&path).unwrap(), is_lost, "{text}");
        }
    }
}
