//! A text that is read whole: from a file, or from the standard input where it is called `-`.

use std::io::Read;
use std::path::Path;

use super::failure::{Failure, Result};
use crate::text::utf8;

/// What errors call it, and all that stands in it.
pub(super) fn text(path: &Path) -> Result<(String, String)> {
    let is_stdin = path == Path::new("-");
    let name = if is_stdin { "the standard input".to_owned() } else { path.display().to_string() };
    let read = || {
        let mut bytes = Vec::new();
        if is_stdin {
            std::io::stdin().read_to_end(&mut bytes)?;
        } else {
            bytes = std::fs::read(path)?;
        }
        utf8::decode(bytes)
    };
    match read() {
        Ok(text) => Ok((name, text)),
        Err(source) => Err(Failure::File { name, source }),
    }
}
