//! Opening and making dataset files: pragmas, and the refusal of what is not a dataset.

use std::collections::BTreeSet;
use std::fmt::Write as _;
use std::fs::File;
use std::io::Read;
use std::path::{Path, PathBuf};
use std::sync::Mutex;
use std::time::{Duration, Instant};

use rusqlite::config::DbConfig;
use rusqlite::{Connection, ErrorCode, MAIN_DB, OpenFlags};

use super::{Error, LATEST_VERSION, Result, migrate};

/// `GSet` in the header of the file (SQLite's `application_id`).
const APPLICATION_ID: u32 = 0x4753_6574;

/// How long a statement waits for another process before it gives up.
const PATIENCE: Duration = Duration::from_secs(10);
/// Between two tries of what SQLite does not wait for itself.
const PAUSE: Duration = Duration::from_millis(5);

/// Makes a new dataset file and opens it for writing.
pub fn create(path: &Path) -> Result<Connection> {
    // `create_new` is what makes two processes that make the same file end with one maker.
    File::options().write(true).create_new(true).open(path).map_err(|source| match source.kind() {
        std::io::ErrorKind::AlreadyExists => Error::Exists(path.to_owned()),
        _ => Error::File { path: path.to_owned(), source },
    })?;
    is_first_look(path);
    let mut connection = Connection::open(plain(path))?;
    connection.execute_batch(&format!(
        "PRAGMA page_size = 8192; PRAGMA application_id = {APPLICATION_ID}; PRAGMA auto_vacuum = NONE;"
    ))?;
    migrate::run(&mut connection, path)?;
    // Only now the write-ahead log: the header of the file itself says from the start what it is.
    configure_writer(&connection)?;
    Ok(connection)
}

/// Opens a dataset for writing, bringing its schema up to date.
pub fn open(path: &Path) -> Result<Connection> {
    inspect(path)?;
    let flags = OpenFlags::SQLITE_OPEN_READ_WRITE | OpenFlags::SQLITE_OPEN_NO_MUTEX;
    let mut connection = Connection::open_with_flags(plain(path), flags)?;
    // SQLite opens what is write-protected all the same, to read it.
    if connection.is_readonly(MAIN_DB)? {
        return Err(Error::Unwritable(path.to_owned()));
    }
    connection.busy_timeout(PATIENCE)?;
    identify(&connection, path).map_err(|error| unwritable(path, error))?;
    configure_writer(&connection).map_err(|error| unwritable(path, damaged(path, error)))?;
    migrate::run(&mut connection, path).map_err(|error| match error {
        Error::Database(error) => damaged(path, error.into()),
        other => other,
    })?;
    Ok(connection)
}

/// How a connection that reads sees the dataset.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum View {
    /// With what others write, when they have written it.
    Live,
    /// As the file lies there, because neither it nor its folder can be written.
    AsItLies {
        /// A write-ahead log whose changes are not seen.
        unseen: Option<PathBuf>,
    },
}

/// Opens a dataset for reading only. An older schema is brought up to date first.
pub fn open_reader(path: &Path) -> Result<(Connection, View)> {
    match open_up_to_date(path) {
        Err(older @ Error::Older { .. }) => match open(path) {
            Ok(writer) => {
                drop(writer);
                open_up_to_date(path)
            }
            Err(Error::Unwritable(_)) => Err(older),
            Err(other) => Err(other),
        },
        other => other,
    }
}

fn open_up_to_date(path: &Path) -> Result<(Connection, View)> {
    inspect(path)?;
    // A connection that may not write at all could neither turn back what a crashed import left in
    // its journal nor take the write-ahead log away when it is the last to leave; `query_only`
    // keeps this one from changing anything. Where the file is write-protected SQLite opens it so.
    let flags = OpenFlags::SQLITE_OPEN_READ_WRITE | OpenFlags::SQLITE_OPEN_NO_MUTEX;
    let connection = Connection::open_with_flags(plain(path), flags)?;
    let nobody_writes = ["-wal", "-journal"].iter().all(|suffix| !with_suffix(path, suffix).exists());
    // The log that SQLite would make beside a file that we may not write would be ours, and be in
    // the way of those who may.
    if nobody_writes && connection.is_readonly(MAIN_DB)? {
        return as_it_lies(path);
    }
    connection.busy_timeout(PATIENCE)?;
    // The first look at the file needs the log's index, which may have to be made.
    match identify(&connection, path) {
        Err(Error::Database(error)) if is_write_protection(&error) => return as_it_lies(path),
        other => other.and_then(|found| refuse_older(found, path))?,
    }
    configure_reader(&connection)?;
    Ok((connection, View::Live))
}

/// Opens a file that nobody can write here, past the locks and the log for which files would have
/// to be made (<https://sqlite.org/uri.html#uriimmutable>).
fn as_it_lies(path: &Path) -> Result<(Connection, View)> {
    let holds_something = |path: &Path| std::fs::metadata(path).is_ok_and(|file| file.len() > 0);
    let journal = with_suffix(path, "-journal");
    if holds_something(&journal) {
        return Err(Error::Interrupted { path: path.to_owned(), journal });
    }
    let flags =
        OpenFlags::SQLITE_OPEN_READ_ONLY | OpenFlags::SQLITE_OPEN_NO_MUTEX | OpenFlags::SQLITE_OPEN_URI;
    let connection = Connection::open_with_flags(format!("{}?immutable=1", uri(path)), flags)?;
    refuse_older(identify(&connection, path)?, path)?;
    configure_reader(&connection)?;
    let log = with_suffix(path, "-wal");
    let unseen = holds_something(&log).then_some(log);
    Ok((connection, View::AsItLies { unseen }))
}

/// A path that SQLite takes for one, whatever it is called: a name that begins with `file:` would be
/// a URI.
fn plain(path: &Path) -> PathBuf {
    if path.is_absolute() { path.to_owned() } else { Path::new(".").join(path) }
}

/// A path as SQLite reads it in a URI; what could mean something there is escaped.
fn uri(path: &Path) -> String {
    let mut uri = if path.is_absolute() { "file://".to_owned() } else { "file:".to_owned() };
    for &byte in path.as_os_str().as_encoded_bytes() {
        match byte {
            b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' | b'/' | b'-' | b'_' | b'.' | b'~' => {
                uri.push(char::from(byte));
            }
            // A text takes whatever is written into it.
            byte => {
                let _ = write!(uri, "%{byte:02X}");
            }
        }
    }
    uri
}

/// Plans a statement once, whatever values it is given. Otherwise SQLite would look at each value in the
/// light of indexes that hold a part of their table, and plan anew for every row that is asked for.
fn plan_once(connection: &Connection) -> Result<()> {
    connection.set_db_config(DbConfig::SQLITE_DBCONFIG_ENABLE_QPSG, true)?;
    Ok(())
}

fn configure_reader(connection: &Connection) -> Result<()> {
    plan_once(connection)?;
    connection
        .execute_batch("PRAGMA query_only = ON; PRAGMA cache_size = -8000; PRAGMA temp_store = MEMORY;")?;
    connection.set_prepared_statement_cache_capacity(64);
    Ok(())
}

fn configure_writer(connection: &Connection) -> Result<()> {
    plan_once(connection)?;
    connection.busy_timeout(PATIENCE)?;
    use_log(connection, PATIENCE)?;
    connection.execute_batch(
        "PRAGMA synchronous = FULL;
         PRAGMA foreign_keys = ON;
         PRAGMA temp_store = MEMORY;
         PRAGMA cache_size = -16000;",
    )?;
    connection.set_prepared_statement_cache_capacity(128);
    Ok(())
}

/// Has the file written by way of a write-ahead log, so that nobody who reads waits for who writes.
/// While another process imports without one this waits: SQLite itself does not, because it has
/// begun to read when it sees that it can't write.
pub fn use_log(connection: &Connection, patience: Duration) -> Result<()> {
    let begun = Instant::now();
    loop {
        match connection.query_row("PRAGMA journal_mode = WAL", [], |_| Ok(())) {
            Err(error) if is_busy(&error) && begun.elapsed() < patience => std::thread::sleep(PAUSE),
            other => return Ok(other?),
        }
    }
}

/// Whether the file is written by way of a write-ahead log.
pub fn has_log(connection: &Connection) -> Result<bool> {
    let mode = connection.pragma_query_value(None, "journal_mode", |row| row.get::<_, String>(0))?;
    Ok(mode.eq_ignore_ascii_case("wal"))
}

fn is_busy(error: &rusqlite::Error) -> bool {
    matches!(error.sqlite_error_code(), Some(ErrorCode::DatabaseBusy | ErrorCode::DatabaseLocked))
}

fn is_write_protection(error: &rusqlite::Error) -> bool {
    matches!(error.sqlite_error_code(), Some(ErrorCode::CannotOpen | ErrorCode::ReadOnly))
}

fn unwritable(path: &Path, error: Error) -> Error {
    match error {
        Error::Database(inner) if is_write_protection(&inner) => Error::Unwritable(path.to_owned()),
        other => other,
    }
}

fn damaged(path: &Path, error: Error) -> Error {
    use rusqlite::ErrorCode::{DatabaseCorrupt, NotADatabase};
    match error {
        Error::Database(inner)
            if matches!(inner.sqlite_error_code(), Some(DatabaseCorrupt | NotADatabase)) =>
        {
            Error::Damaged { path: path.to_owned(), reason: inner.to_string() }
        }
        other => other,
    }
}

/// Files that this process has looked into past SQLite. To close a file drops every lock that the
/// process has on it (<https://sqlite.org/howtocorrupt.html>, 2.2), so each is looked into once, before
/// SQLite has it open.
static LOOKED_INTO: Mutex<BTreeSet<PathBuf>> = Mutex::new(BTreeSet::new());

/// Whether this is the first look into the file.
fn is_first_look(path: &Path) -> bool {
    let path = path.canonicalize().unwrap_or_else(|_| path.to_owned());
    // A set of names is as good after a panic as before.
    LOOKED_INTO.lock().unwrap_or_else(std::sync::PoisonError::into_inner).insert(path)
}

fn foreign(path: &Path, reason: &str) -> Error {
    Error::Foreign { path: path.to_owned(), reason: reason.to_owned() }
}

/// Looks at the file before SQLite may touch it: SQLite would turn back the journal of a stranger.
fn inspect(path: &Path) -> Result<()> {
    let file_error = |source: std::io::Error| match source.kind() {
        std::io::ErrorKind::NotFound => Error::Missing(path.to_owned()),
        _ => Error::File { path: path.to_owned(), source },
    };
    let metadata = std::fs::metadata(path).map_err(file_error)?;
    if metadata.is_dir() {
        return Err(foreign(path, "it is a folder"));
    }
    if metadata.len() == 0 {
        return Err(foreign(path, "it is empty"));
    }
    if !is_first_look(path) {
        return Ok(());
    }
    let mut header = [0_u8; 100];
    if let Err(error) = File::open(path).map_err(file_error)?.read_exact(&mut header) {
        return match error.kind() {
            std::io::ErrorKind::UnexpectedEof => Err(foreign(path, "it is too short")),
            _ => Err(file_error(error)),
        };
    }
    if !header.starts_with(b"SQLite format 3\0") {
        return Err(foreign(path, "it is not an SQLite file"));
    }
    let word = |at: usize| u32::from_be_bytes([header[at], header[at + 1], header[at + 2], header[at + 3]]);
    if word(68) != APPLICATION_ID {
        return Err(foreign(path, "it is another program's SQLite file"));
    }
    // The header holds the page size (1 stands for 65,536) and the number of pages; a shorter file
    // was cut off, unless a write-ahead log still holds what is to be copied into it, or a journal
    // what a crash is turned back with.
    let page_size = match u64::from(word(16) >> 16) {
        1 => 65_536,
        size => size,
    };
    let expected = page_size * u64::from(word(28));
    let holds_something =
        |suffix| std::fs::metadata(with_suffix(path, suffix)).is_ok_and(|file| file.len() > 0);
    // Measured after the header was read: somebody may be writing.
    let length = std::fs::metadata(path).map_err(file_error)?.len();
    if length < expected && !holds_something("-wal") && !holds_something("-journal") {
        let reason = format!("it is cut off: {length} of {expected} bytes are there");
        return Err(Error::Damaged { path: path.to_owned(), reason });
    }
    Ok(())
}

/// What [`inspect`] asks of the header, asked of SQLite, which has the file open now; and whether a
/// newer program wrote it. Answers the version of the schema.
fn identify(connection: &Connection, path: &Path) -> Result<u32> {
    let number = |pragma: &str| {
        connection.pragma_query_value(None, pragma, |row| row.get::<_, u32>(0)).map_err(|error| {
            match error.sqlite_error_code() {
                Some(ErrorCode::NotADatabase) => foreign(path, "it is not an SQLite file"),
                _ => damaged(path, error.into()),
            }
        })
    };
    if number("application_id")? != APPLICATION_ID {
        return Err(foreign(path, "it is another program's SQLite file"));
    }
    let found = number("user_version")?;
    if found > LATEST_VERSION {
        return Err(Error::Newer { path: path.to_owned(), found, known: LATEST_VERSION });
    }
    Ok(found)
}

fn refuse_older(found: u32, path: &Path) -> Result<()> {
    if found < LATEST_VERSION { Err(Error::Older { path: path.to_owned() }) } else { Ok(()) }
}

pub(super) fn with_suffix(path: &Path, suffix: &str) -> std::path::PathBuf {
    let mut name = path.as_os_str().to_owned();
    name.push(suffix);
    name.into()
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;

    #[test]
    fn the_bundled_sqlite_has_no_wal_reset_race() {
        // SQLite before 3.51.3 can lose a commit when a checkpoint and a write meet.
        assert!(rusqlite::version_number() >= 3_051_003, "{}", rusqlite::version());
    }

    #[test]
    fn a_new_dataset_opens_again_and_is_not_made_twice() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("a.goldset");
        drop(create(&path).unwrap());
        drop(open(&path).unwrap());
        assert!(matches!(create(&path), Err(Error::Exists(_))));
    }

    #[test]
    fn what_is_not_a_dataset_is_refused_and_left_as_it_was() {
        let folder = tempfile::tempdir().unwrap();
        let other = folder.path().join("other.db");
        Connection::open(&other)
            .unwrap()
            .execute_batch("CREATE TABLE t (a); INSERT INTO t VALUES (1);")
            .unwrap();
        let cases: [(&str, Vec<u8>); 4] = [
            ("empty", Vec::new()),
            ("short", b"SQLite format 3\0".to_vec()),
            ("text", "hello ".repeat(50).into_bytes()),
            ("sqlite", std::fs::read(&other).unwrap()),
        ];
        for (name, bytes) in cases {
            let path = folder.path().join(name);
            std::fs::write(&path, &bytes).unwrap();
            assert!(matches!(open(&path), Err(Error::Foreign { .. })), "{name}");
            assert!(matches!(open_reader(&path), Err(Error::Foreign { .. })), "{name}");
            assert_eq!(std::fs::read(&path).unwrap(), bytes, "{name}");
        }
        assert!(matches!(open(&folder.path().join("none")), Err(Error::Missing(_))));
        assert!(matches!(open(folder.path()), Err(Error::Foreign { .. } | Error::File { .. })));
    }

    #[test]
    fn a_truncated_dataset_is_refused_and_left_as_it_was() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("a.goldset");
        drop(create(&path).unwrap());
        let whole = std::fs::read(&path).unwrap();
        let cut = &whole[..whole.len() / 2];
        std::fs::write(&path, cut).unwrap();
        assert!(matches!(open(&path), Err(Error::Damaged { .. })));
        assert_eq!(std::fs::read(&path).unwrap(), cut);
    }

    #[test]
    fn a_damaged_dataset_is_an_error_not_a_panic() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("a.goldset");
        drop(create(&path).unwrap());
        let whole = std::fs::read(&path).unwrap();
        for start in (100..whole.len()).step_by(whole.len() / 40) {
            let mut bytes = whole.clone();
            let end = (start + 700).min(bytes.len());
            bytes[start..end].fill(0x5a);
            std::fs::write(&path, &bytes).unwrap();
            if let Ok(connection) = open(&path) {
                let _ = super::super::recount_differences(&connection);
            }
            let _ = std::fs::remove_file(with_suffix(&path, "-wal"));
            let _ = std::fs::remove_file(with_suffix(&path, "-shm"));
        }
    }

    #[test]
    fn what_nobody_can_write_is_read_as_it_lies_unless_an_import_was_interrupted() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("a ?b#%41.goldset");
        drop(create(&path).unwrap());
        let (connection, view) = as_it_lies(&path).unwrap();
        assert_eq!(view, View::AsItLies { unseen: None });
        let examples: i64 =
            connection.query_row("SELECT count(*) FROM example", [], |row| row.get(0)).unwrap();
        assert_eq!(examples, 0);
        assert!(connection.execute("DELETE FROM example", []).is_err());
        assert_eq!(std::fs::read_dir(folder.path()).unwrap().count(), 1, "nothing is made beside it");
        let log = with_suffix(&path, "-wal");
        std::fs::write(&log, "not empty").unwrap();
        assert_eq!(as_it_lies(&path).unwrap().1, View::AsItLies { unseen: Some(log) });
        std::fs::write(with_suffix(&path, "-journal"), "not empty").unwrap();
        assert!(matches!(as_it_lies(&path), Err(Error::Interrupted { .. })));
    }

    #[test]
    fn a_newer_dataset_is_refused() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("a.goldset");
        create(&path).unwrap().pragma_update(None, "user_version", LATEST_VERSION + 1).unwrap();
        let error = open(&path).unwrap_err();
        assert!(matches!(error, Error::Newer { .. }), "{error}");
    }
}
