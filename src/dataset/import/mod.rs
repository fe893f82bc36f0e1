//! Importing files: every record becomes part of an example or a reject, and all is one action.
//!
//! One thread reads, decompresses and parses ([`reading`]); the other writes ([`writing`]). The rows
//! go in by [`BulkInsert`](crate::store::BulkInsert), in one transaction, so an import is there whole
//! or not at all.

mod options;
mod reading;
mod rejects;
mod report;
mod tag_cache;
mod writing;

use std::path::Path;
use std::time::Duration;

use rusqlite::params;

use super::{Dataset, Error, OnProgress, Result, count_examples, transact, verbs};
use crate::formats::Mapping;
use crate::formats::container::{self, Records};
use crate::store::{self, Mode};

pub use options::{ImportOptions, Source};
use reading::Joining;
pub use rejects::RejectsFile;
pub use report::{ImportReport, Reject};
use tag_cache::TagCache;
use writing::Writing;

/// How long to wait for other processes.
const PATIENCE: Duration = Duration::from_secs(10);

impl Dataset {
    /// Imports files as one action. Rejects are handed over as they are met; progress counts the
    /// bytes read of each file.
    pub fn import(
        &mut self,
        sources: &[Source],
        options: &ImportOptions,
        on_reject: &mut dyn FnMut(&Reject) -> std::io::Result<()>,
        on_progress: OnProgress<'_>,
    ) -> Result<ImportReport> {
        let mut inputs = Vec::new();
        for source in sources {
            inputs.push(if source.as_os_str() == "-" { Input::Standard } else { Input::Open(open(source)?) });
        }
        self.import_inputs(inputs, options, on_reject, on_progress)
    }

    /// The same with files that are open already.
    pub fn import_records(
        &mut self,
        files: Vec<Records>,
        options: &ImportOptions,
        on_reject: &mut dyn FnMut(&Reject) -> std::io::Result<()>,
        on_progress: OnProgress<'_>,
    ) -> Result<ImportReport> {
        let inputs = files.into_iter().map(Input::Open).collect();
        self.import_inputs(inputs, options, on_reject, on_progress)
    }

    fn import_inputs(
        &mut self,
        inputs: Vec<Input>,
        options: &ImportOptions,
        on_reject: &mut dyn FnMut(&Reject) -> std::io::Result<()>,
        on_progress: OnProgress<'_>,
    ) -> Result<ImportReport> {
        // Appended pages need no copy in a rollback journal, but are written twice by a
        // write-ahead log. SQLite allows the change only while nobody else has the file open. A dry
        // run leaves even this as it is.
        let alone = !options.dry_run && self.leave_log();
        // What a row of an import refers to comes with it; `verify` checks what is there.
        self.connection.pragma_update(None, "foreign_keys", false)?;
        let report = self.import_files(inputs, options, on_reject, on_progress);
        self.connection.pragma_update(None, "foreign_keys", true)?;
        if alone {
            // Whoever opens the file next to write does it, where somebody reads for so long.
            let _ = store::use_log(&self.connection, PATIENCE);
        }
        report
    }

    /// Leaves the write-ahead log, at once or not at all; answers whether it did.
    fn leave_log(&self) -> bool {
        let _ = self.connection.busy_timeout(Duration::ZERO);
        let now =
            self.connection.query_row("PRAGMA journal_mode = DELETE", [], |row| row.get::<_, String>(0));
        let _ = self.connection.busy_timeout(PATIENCE);
        now.is_ok_and(|now| now.eq_ignore_ascii_case("delete"))
    }

    fn import_files(
        &mut self,
        inputs: Vec<Input>,
        options: &ImportOptions,
        on_reject: &mut dyn FnMut(&Reject) -> std::io::Result<()>,
        on_progress: OnProgress<'_>,
    ) -> Result<ImportReport> {
        let annotator = self.annotator().to_owned();
        let names: Vec<String> = inputs.iter().map(|input| input.name().to_owned()).collect();
        let transaction = self.begin()?;
        let action = store::begin_action(&transaction, &annotator, "import", "", Mode::Do)?;
        let mut writing = Writing {
            connection: &transaction,
            action,
            options,
            tags: TagCache::default(),
            ids_come_along: false,
            report: ImportReport::default(),
            joining: Joining::default(),
            on_reject,
        };
        for tag in &options.tags {
            verbs::ensure_facet(&transaction, &tag.facet)?;
        }
        // What no example could carry is told before the first one is read.
        writing.tags = TagCache::giving(&transaction, &options.tags)?;
        for mapped in options.mapping.iter().flat_map(Mapping::facets) {
            verbs::ensure_facet(&transaction, mapped)?;
        }
        for input in inputs {
            writing.file(input, on_progress)?;
        }
        writing.joined()?;
        let mut report = writing.report;
        if options.dry_run || report.examples + report.definitions == 0 {
            return Ok(report);
        }
        let from = match names.as_slice() {
            [only] if only == "-" => "the standard input".to_owned(),
            [only] => only.clone(),
            several => format!("{} files", several.len()),
        };
        let what = match (report.examples, report.definitions) {
            (0, 1) => "1 definition".to_owned(),
            (0, definitions) => format!("{definitions} definitions"),
            (examples, _) => count_examples(examples),
        };
        let sentence = format!("imported {what} from {from}");
        transaction.execute("UPDATE action SET sentence = ?2 WHERE id = ?1", params![action, sentence])?;
        transact::end(transaction)?;
        report.action = Some(action);
        Ok(report)
    }
}

/// What is to be read.
enum Input {
    /// A file that could be opened.
    Open(Records),
    /// The standard input, which is opened by the thread that reads: it may have to wait for it.
    Standard,
}

impl Input {
    fn name(&self) -> &str {
        match self {
            Self::Open(records) => records.name(),
            Self::Standard => "-",
        }
    }

    fn open(self) -> Result<Records> {
        match self {
            Self::Open(records) => Ok(records),
            Self::Standard => open(Path::new("-")),
        }
    }
}

fn open(path: &Path) -> Result<Records> {
    container::open_path(path, None).map_err(|error| Error::Import(error.to_string()))
}
