//! What an export would write over.

use std::fs::File;
use std::io;
use std::path::{Path, PathBuf};

use sha2::{Digest, Sha256};

use super::super::{Reader, Result};
use super::beside;
use super::files::{self, Target, failed};
use super::plan::Plan;

impl Reader {
    /// A file at the place of an export that would be lost: it is there, it is not empty, and it is not as an
    /// export that the dataset keeps account of has made it. What one has made oneself can be made again.
    pub fn in_the_way(&self, plan: &Plan, target: &Target) -> Result<Option<PathBuf>> {
        let places = match target {
            Target::Nowhere | Target::Standard => return Ok(None),
            Target::File(path) => vec![path.clone()],
            Target::Folder(folder) => files::names(plan.format()?).map(|name| folder.join(name)).collect(),
        };
        let places: Vec<PathBuf> = places.into_iter().chain(beside::places(plan, target)?).collect();
        // what is no ordinary file (a pipe, a device) is written into, not over
        let there =
            places.into_iter().filter(|path| path.metadata().is_ok_and(|it| it.is_file() && it.len() > 0));
        let there: Vec<PathBuf> = there.collect();
        if there.is_empty() {
            return Ok(None);
        }
        let exports = self.exports()?;
        for path in there {
            let hash = hash(&path).map_err(failed(&path.display().to_string()))?;
            if !exports.iter().flat_map(|kept| &kept.files).any(|file| file.sha256 == hash) {
                return Ok(Some(path));
            }
        }
        Ok(None)
    }
}

fn hash(path: &Path) -> io::Result<String> {
    let mut hash = Sha256::new();
    io::copy(&mut File::open(path)?, &mut hash)?;
    Ok(files::hex(&hash.finalize()))
}
