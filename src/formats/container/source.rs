//! Opens a file: decompresses it, skips its byte order mark and finds out what surrounds its records.

use std::fs::File;
use std::io::{self, BufReader, Cursor, Read};
use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

use super::detect::{Layout, detect};
use super::document::Document;
use super::lines::{JsonLines, TextLines};
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
            let mut records = open(file, &name, kind)?;
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

    (head, plain) = peek(plain, HEAD).map_err(broken)?;
    if head.starts_with(BYTE_ORDER_MARK) {
        head.drain(..BYTE_ORDER_MARK.len());
    }
    let layout = kind.map_or_else(|| detect(&head, Compression::strip(name)), Layout::from);
    let input: Input = BufReader::with_capacity(BUFFER, Box::new(Cursor::new(head).chain(plain)));
    let (kind, cutter): (Kind, Box<dyn Cutter>) = match layout {
        Layout::JsonLines => (Kind::JsonLines, Box::new(JsonLines::new(input))),
        Layout::JsonArray => (Kind::JsonArray, Box::new(Document::array(input))),
        Layout::JsonValues => (Kind::JsonLines, Box::new(Document::values(input))),
        Layout::Csv => (Kind::Csv, Box::new(Table::new(input, b','))),
        Layout::Tsv => (Kind::Tsv, Box::new(Table::new(input, b'\t'))),
        Layout::Lines => (Kind::Lines, Box::new(TextLines::new(input))),
    };
    Ok(Records { cutter, name: name.to_owned(), kind, total: None, read, seen: 0, line: 0, over: false })
}

/// The first bytes, at most `length`, and what follows them.
fn peek<R: Read>(mut source: R, length: usize) -> io::Result<(Vec<u8>, R)> {
    let mut head = Vec::new();
    source.by_ref().take(length as u64).read_to_end(&mut head)?;
    Ok((head, source))
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
