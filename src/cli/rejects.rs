//! What an import rejected: into a file that appears whole or not at all, or told on the standard error.

use std::io::{self, Write};
use std::path::Path;

use super::failure::{Failure, Result};
use crate::dataset::{Reject, RejectsFile};
use crate::text::count::thousands;
use crate::text::harmless::harmless;

/// Rejects that are told one by one where there is no file for them.
const TOLD: u64 = 10;

/// Where rejects go.
pub(super) enum Rejects {
    /// Into a file.
    File(RejectsFile),
    /// To the person.
    Told(u64),
}

impl Rejects {
    /// Opens the file now, so that an import does not begin where it can't be written.
    pub fn begin(path: Option<&Path>) -> Result<Self> {
        let Some(path) = path else { return Ok(Self::Told(0)) };
        if path == Path::new("-") {
            return Err(Failure::Said(
                "--rejects needs the name of a file; without it the first rejects are told on the standard error"
                    .to_owned(),
            ));
        }
        Ok(Self::File(RejectsFile::begin(path)?))
    }

    /// Takes one reject.
    pub fn take(&mut self, reject: &Reject) -> io::Result<()> {
        match self {
            Self::File(file) => file.take(reject),
            Self::Told(n) => {
                *n += 1;
                if *n <= TOLD {
                    // Whoever closed the standard error does not want to hear it.
                    let _ = writeln!(io::stderr(), "goldset: {}", harmless(&reject.to_string()));
                }
                Ok(())
            }
        }
    }

    /// All have come: the file appears, or the rest is counted.
    pub fn finish(self) -> Result<()> {
        match self {
            Self::File(file) => file.finish()?,
            Self::Told(n) if n > TOLD => {
                let _ = writeln!(
                    io::stderr(),
                    "goldset: … and {} more (use --rejects FILE to have them all)",
                    thousands(n - TOLD)
                );
            }
            Self::Told(_) => {}
        }
        Ok(())
    }
}
