//! Writes records to a file, in any container.

use std::fs::File;
use std::io::{self, BufRead, BufReader, BufWriter, Seek, SeekFrom, Write};

use serde_json::Value;

use super::escape::write_json;
use super::{Compression, Kind, parquet};

/// Where records go, one after the other. [`Sink::finish`] must be called: what is dropped before
/// is not a whole file.
pub struct Sink<W: Write> {
    out: Packed<W>,
    kind: Kind,
    count: u64,
    text: Vec<u8>,
    held: Option<Held>,
}

/// Rows that wait for the last one.
enum Held {
    Table(Table),
    Parquet(parquet::Table),
}

impl<W: Write> Sink<W> {
    /// Begins a file of that kind; `name` says by its ending whether it is compressed.
    pub fn new(writer: W, kind: Kind, name: &str) -> io::Result<Self> {
        let out = match Compression::of_name(name) {
            Compression::None => Packed::Plain(BufWriter::with_capacity(1 << 17, writer)),
            Compression::Gzip => {
                Packed::Gzip(flate2::write::GzEncoder::new(writer, flate2::Compression::default()))
            }
            Compression::Zstd => Packed::Zstd(zstd::stream::write::Encoder::new(writer, 0)?),
        };
        let held = match kind {
            Kind::Csv => Some(Held::Table(Table::new(b',')?)),
            Kind::Tsv => Some(Held::Table(Table::new(b'\t')?)),
            Kind::Parquet => Some(Held::Parquet(parquet::Table::new()?)),
            Kind::JsonLines | Kind::JsonArray | Kind::Lines => None,
        };
        Ok(Self { out, kind, count: 0, text: Vec::new(), held })
    }

    /// Writes one record.
    pub fn write(&mut self, record: &Value) -> io::Result<()> {
        self.count += 1;
        match &mut self.held {
            Some(Held::Table(table)) => return table.hold(record),
            Some(Held::Parquet(table)) => return table.hold(record),
            None => {}
        }
        match self.kind {
            Kind::JsonArray => {
                self.out.write_all(if self.count == 1 { b"[\n" } else { b",\n" })?;
                self.json(record)
            }
            Kind::Lines => {
                let line = record.as_str().map_or_else(|| record.to_string(), str::to_owned);
                if line.contains(['\n', '\r']) {
                    let reason = "a text with a line break has no place in a file of lines";
                    return Err(io::Error::new(io::ErrorKind::InvalidData, reason));
                }
                self.out.write_all(line.as_bytes())?;
                self.out.write_all(b"\n")
            }
            _ => {
                self.json(record)?;
                self.out.write_all(b"\n")
            }
        }
    }

    fn json(&mut self, record: &Value) -> io::Result<()> {
        // one write for a record, not one for each of its commas
        self.text.clear();
        write_json(&mut self.text, record)?;
        self.out.write_all(&self.text)
    }

    /// How many records were written.
    pub const fn count(&self) -> u64 {
        self.count
    }

    /// Writes what is still missing and gives the writer back.
    pub fn finish(mut self) -> io::Result<W> {
        match self.held.take() {
            Some(Held::Table(table)) => table.release(&mut self.out)?,
            Some(Held::Parquet(table)) => table.release(&mut self.out)?,
            None => {}
        }
        if self.kind == Kind::JsonArray {
            self.out.write_all(if self.count == 0 { b"[]\n" } else { b"\n]\n" })?;
        }
        self.out.finish()
    }
}

enum Packed<W: Write> {
    Plain(BufWriter<W>),
    Gzip(flate2::write::GzEncoder<W>),
    Zstd(zstd::stream::write::Encoder<'static, W>),
}

impl<W: Write> Packed<W> {
    fn finish(self) -> io::Result<W> {
        let mut writer = match self {
            Self::Plain(buffered) => buffered.into_inner().map_err(io::IntoInnerError::into_error)?,
            Self::Gzip(encoder) => encoder.finish()?,
            Self::Zstd(encoder) => encoder.finish()?,
        };
        writer.flush()?;
        Ok(writer)
    }
}

impl<W: Write> Write for Packed<W> {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        match self {
            Self::Plain(writer) => writer.write(bytes),
            Self::Gzip(writer) => writer.write(bytes),
            Self::Zstd(writer) => writer.write(bytes),
        }
    }

    fn flush(&mut self) -> io::Result<()> {
        match self {
            Self::Plain(writer) => writer.flush(),
            Self::Gzip(writer) => writer.flush(),
            Self::Zstd(writer) => writer.flush(),
        }
    }
}

/// The rows of a table wait in a file of their own until the last one has been seen: only then is
/// it known which columns there are.
struct Table {
    delimiter: u8,
    columns: Vec<String>,
    rows: BufWriter<File>,
}

impl Table {
    fn new(delimiter: u8) -> io::Result<Self> {
        Ok(Self { delimiter, columns: Vec::new(), rows: BufWriter::new(tempfile::tempfile()?) })
    }

    fn hold(&mut self, record: &Value) -> io::Result<()> {
        let Some(object) = record.as_object() else {
            return Err(io::Error::new(io::ErrorKind::InvalidData, "a row of a table must be an object"));
        };
        for name in object.keys() {
            if !self.columns.contains(name) {
                self.columns.push(name.clone());
            }
        }
        serde_json::to_writer(&mut self.rows, record)?;
        self.rows.write_all(b"\n")
    }

    fn release(self, out: &mut impl Write) -> io::Result<()> {
        let mut rows = self.rows.into_inner().map_err(io::IntoInnerError::into_error)?;
        rows.seek(SeekFrom::Start(0))?;
        let mut writer = csv::WriterBuilder::new().delimiter(self.delimiter).from_writer(out);
        if !self.columns.is_empty() {
            writer.write_record(&self.columns)?;
        }
        for line in BufReader::new(rows).lines() {
            let row: Value = serde_json::from_str(&line?)?;
            writer.write_record(self.columns.iter().map(|name| cell(row.get(name))))?;
        }
        writer.flush()
    }
}

/// Texts as they are, nothing for null, JSON for the rest.
fn cell(value: Option<&Value>) -> String {
    match value {
        None | Some(Value::Null) => String::new(),
        Some(Value::String(text)) => text.clone(),
        Some(other) => other.to_string(),
    }
}
