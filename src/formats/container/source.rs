//! Opens a file: decompresses it, skips its byte order mark and finds out what surrounds its records.

use std::fs::File;
use std::io::{self, BufReader, Cursor, Read, Seek};
use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

use super::detect::{Layout, detect};
use super::document::Document;
use super::lines::{JsonLines, TextLines};
use super::parquet;
use super::records::{Cutter, ReadError, Records};
use super::table::Table;
use super::{Compression, Kind};

const BUFFER: usize = 256 << 10;
/// As much of a file as is looked at to find out what it is.
const HEAD: usize = 64 << 10;
const BYTE_ORDER_MARK: &[u8] = b"\xEF\xBB\xBF";

pub(super) type Input = BufReader<Box<dyn Read + Send>>;

/// Opens a file, or the standard input where the path is `-`. `kind` is what the user says of it;
/// without it the name and the first bytes decide.
pub fn open_path(path: &Path, kind: Option<Kind>) -> Result<Records, ReadError> {
    if path == Path::new("-") {
        return open(io::stdin(), "-", kind);
    }
    let name = path.display().to_string();
    let opened = File::open(path).and_then(|file| Ok((file.metadata()?, file)));
    match opened {
        Ok((about, _)) if about.is_dir() => Err(ReadError::Open {
            name,
            source: io::Error::new(io::ErrorKind::IsADirectory, "it is a folder"),
        }),
        Ok((about, file)) => {
            let mut records = match looks_like_parquet(&file) {
                Ok(true) => open_parquet(file, &name, Arc::default())?,
                _ => open(file, &name, kind)?,
            };
            records.total = about.is_file().then_some(about.len());
            Ok(records)
        }
        Err(source) => Err(ReadError::Open { name, source }),
    }
}

/// Opens what can be read, under the name that it goes by (its ending helps to tell what it is).
pub fn open(
    source: impl Read + Send + 'static,
    name: &str,
    kind: Option<Kind>,
) -> Result<Records, ReadError> {
    let read = Arc::new(AtomicU64::new(0));
    let counted = Counted { source, read: Arc::clone(&read) };
    let broken = |source| ReadError::Broken { name: name.to_owned(), line: 0, source };

    let (mut head, rest) = peek(counted, 4).map_err(broken)?;
    let whole = Cursor::new(head.clone()).chain(rest);
    let mut plain: Box<dyn Read + Send> = match Compression::of_bytes(&head) {
        Compression::Gzip => {
            Box::new(flate2::bufread::MultiGzDecoder::new(BufReader::with_capacity(BUFFER, whole)))
        }
        Compression::Zstd => Box::new(zstd::stream::read::Decoder::new(whole).map_err(broken)?),
        Compression::None => Box::new(whole),
    };

    head = Vec::new();
    if let Err(source) = plain.by_ref().take(HEAD as u64).read_to_end(&mut head) {
        // what came before a cut is there to be read
        if head.is_empty() {
            return Err(broken(source));
        }
        plain = Box::new(Cut(Some(source)));
    }
    if head.starts_with(parquet::MAGIC) {
        return open_parquet(spooled(Cursor::new(head).chain(plain)).map_err(broken)?, name, read);
    }
    let named = Compression::strip(name);
    if kind.or_else(|| Kind::of_name(named)) == Some(Kind::Parquet) {
        let reason = "it is no Parquet file: those begin with PAR1";
        let source = io::Error::new(io::ErrorKind::InvalidData, reason);
        return Err(ReadError::Open { name: name.to_owned(), source });
    }
    if let [0xFF, 0xFE, ..] | [0xFE, 0xFF, ..] = head.as_slice() {
        let reason = "it is UTF-16: save it as UTF-8";
        let source = io::Error::new(io::ErrorKind::InvalidData, reason);
        return Err(ReadError::Open { name: name.to_owned(), source });
    }
    if head.starts_with(BYTE_ORDER_MARK) {
        head.drain(..BYTE_ORDER_MARK.len());
    }
    // as computers before 2001 ended their lines
    if head.contains(&b'\r') && !head.contains(&b'\n') {
        head.iter_mut().for_each(line_feed);
        plain = Box::new(LineFeeds(plain));
    }
    let layout = kind.and_then(Layout::of).unwrap_or_else(|| detect(&head, named));
    let is_guessed = kind.is_none() && Kind::of_name(named).is_none();
    let is_text = matches!(layout, Layout::Lines | Layout::Csv | Layout::Tsv);
    if is_guessed && is_text && head.contains(&0) {
        let reason =
            "it is no text, but a picture, a program, a dataset or the like: nothing in it can be read";
        let source = io::Error::new(io::ErrorKind::InvalidData, reason);
        return Err(ReadError::Open { name: name.to_owned(), source });
    }
    let input: Input = BufReader::with_capacity(BUFFER, Box::new(Cursor::new(head).chain(plain)));
    let (kind, cutter): (Kind, Box<dyn Cutter>) = match layout {
        Layout::JsonLines => (Kind::JsonLines, Box::new(JsonLines::new(input))),
        Layout::JsonArray => (Kind::JsonArray, Box::new(Document::array(input))),
        Layout::JsonValues => (Kind::JsonLines, Box::new(Document::values(input))),
        Layout::Wrapped { before } => {
            (Kind::JsonArray, Box::new(Document::wrapped(input, before).map_err(broken)?))
        }
        Layout::Csv => (Kind::Csv, Box::new(Table::new(input, b','))),
        Layout::Tsv => (Kind::Tsv, Box::new(Table::new(input, b'\t'))),
        Layout::Lines => (Kind::Lines, Box::new(TextLines::new(input))),
    };
    Ok(Records { cutter, name: name.to_owned(), kind, total: None, read, seen: 0, line: 0, over: false })
}

/// Whether a file begins as Parquet files do. What can't be read twice (a pipe) is not asked.
fn looks_like_parquet(mut file: &File) -> io::Result<bool> {
    if !file.metadata()?.is_file() {
        return Ok(false);
    }
    let mut head = Vec::new();
    file.take(parquet::MAGIC.len() as u64).read_to_end(&mut head)?;
    file.rewind()?;
    Ok(head == parquet::MAGIC)
}

/// A Parquet file is read from its end, so that it must be there whole.
fn open_parquet(file: File, name: &str, read: Arc<AtomicU64>) -> Result<Records, ReadError> {
    let rows = parquet::Rows::open(file, Arc::clone(&read))
        .map_err(|source| ReadError::Open { name: name.to_owned(), source })?;
    let (name, kind) = (name.to_owned(), Kind::Parquet);
    Ok(Records { cutter: Box::new(rows), name, kind, total: None, read, seen: 0, line: 0, over: false })
}

/// All that comes, in a file of its own.
fn spooled(mut source: impl Read) -> io::Result<File> {
    let mut file = tempfile::tempfile()?;
    io::copy(&mut source, &mut file)?;
    file.rewind()?;
    Ok(file)
}

fn line_feed(byte: &mut u8) {
    if *byte == b'\r' {
        *byte = b'\n';
    }
}

/// A file whose lines end in carriage returns alone.
struct LineFeeds(Box<dyn Read + Send>);

impl Read for LineFeeds {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let count = self.0.read(buffer)?;
        buffer.iter_mut().take(count).for_each(line_feed);
        Ok(count)
    }
}

/// The first bytes, at most `length`, and what follows them.
fn peek<R: Read>(mut source: R, length: usize) -> io::Result<(Vec<u8>, R)> {
    let mut head = Vec::new();
    source.by_ref().take(length as u64).read_to_end(&mut head)?;
    Ok((head, source))
}

/// Nothing but why there is no more.
struct Cut(Option<io::Error>);

impl Read for Cut {
    fn read(&mut self, _: &mut [u8]) -> io::Result<usize> {
        Err(self.0.take().unwrap_or_else(|| io::ErrorKind::UnexpectedEof.into()))
    }
}

/// Counts what is read from the file, for progress.
struct Counted<R> {
    source: R,
    read: Arc<AtomicU64>,
}

impl<R: Read> Read for Counted<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let count = self.source.read(buffer)?;
        self.read.fetch_add(count as u64, Ordering::Relaxed);
        Ok(count)
    }
}
