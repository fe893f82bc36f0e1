//! Reads a Parquet file: rows as objects, put together from columns.

use std::fs::File;
use std::io;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

use ::parquet::basic::Compression;
use ::parquet::column::reader::{ColumnReader, ColumnReaderImpl};
use ::parquet::data_type::DataType;
use ::parquet::file::metadata::{ColumnChunkMetaData, RowGroupMetaData};
use ::parquet::file::reader::{FileReader, SerializedFileReader};
use ::parquet::schema::types::{ColumnDescPtr, ColumnDescriptor};
use serde_json::Value;

use super::super::records::{Cutter, Record};
use super::kinds::{Meaning, number};
use super::levels::{Node, fields_of, object, torn};
use super::{JSON_COLUMNS, MAGIC, failed, wrong};

/// Rows that are read at a time.
const ROWS: usize = 64;

/// Cuts a Parquet file into rows.
pub(in super::super) struct Rows {
    file: SerializedFileReader<File>,
    fields: Vec<(String, Node)>,
    meanings: Vec<Meaning>,
    /// The next row group.
    group: usize,
    columns: Vec<Column>,
    /// Rows of this group that were not read from its columns yet.
    unread: u64,
    /// Rows that were read from the columns and not given yet.
    ready: usize,
    /// Rows that were given.
    given: u64,
    /// Rows of the file.
    total: u64,
    bytes: u64,
    progress: Arc<AtomicU64>,
}

impl Rows {
    /// Opens a file; `progress` hears how many bytes of it are done.
    pub fn open(file: File, progress: Arc<AtomicU64>) -> io::Result<Self> {
        let bytes = file.metadata()?.len();
        if !ends_whole(&file)? {
            return Err(wrong("the file is cut off: a Parquet file has its table of contents at its end"));
        }
        let file = guarded(|| SerializedFileReader::new(file).map_err(failed))?;
        let about = file.metadata();
        for column in about.row_groups().iter().flat_map(RowGroupMetaData::columns) {
            check_place(column, bytes)?;
            let packed = match column.compression() {
                Compression::BROTLI(_) => "Brotli",
                Compression::LZ4 | Compression::LZ4_RAW => "LZ4",
                Compression::LZO => "LZO",
                _ => continue,
            };
            return Err(wrong(format!(
                "its columns are compressed by {packed}; write it with Snappy, gzip, Zstandard or without compression"
            )));
        }
        let notes = about.file_metadata().key_value_metadata();
        let json: Vec<Vec<String>> = notes
            .and_then(|notes| notes.iter().find(|note| note.key == JSON_COLUMNS)?.value.as_deref())
            .and_then(|text| serde_json::from_str(text).ok())
            .unwrap_or_default();
        let schema = about.file_metadata().schema_descr();
        let meaning = |column: &ColumnDescPtr| {
            Meaning::of(column, json.iter().any(|path| path.as_slice() == column.path().parts()))
        };
        Ok(Self {
            fields: fields_of(schema.root_schema())?,
            meanings: schema.columns().iter().map(meaning).collect(),
            total: u64::try_from(about.file_metadata().num_rows()).unwrap_or(0),
            group: 0,
            columns: Vec::new(),
            unread: 0,
            ready: 0,
            given: 0,
            bytes,
            progress,
            file,
        })
    }

    /// Reads on in the columns; whether there is a row.
    fn fill(&mut self) -> io::Result<bool> {
        while self.unread == 0 {
            if self.group == self.file.num_row_groups() {
                return Ok(false);
            }
            let group = self.file.get_row_group(self.group).map_err(failed)?;
            self.unread = u64::try_from(group.metadata().num_rows()).unwrap_or(0);
            self.columns.clear();
            for (index, &meaning) in self.meanings.iter().enumerate() {
                let reader = group.get_column_reader(index).map_err(failed)?;
                self.columns.push(Column::new(
                    reader,
                    group.metadata().column(index).column_descr(),
                    meaning,
                ));
            }
            self.group += 1;
        }
        self.ready = usize::try_from(self.unread).unwrap_or(ROWS).min(ROWS);
        self.unread -= self.ready as u64;
        for column in &mut self.columns {
            column.fill(self.ready)?;
        }
        Ok(true)
    }
}

impl Cutter for Rows {
    fn next(&mut self) -> io::Result<Option<Record>> {
        if self.ready == 0 && !guarded(|| self.fill())? {
            self.progress.store(self.bytes, Ordering::Relaxed);
            return Ok(None);
        }
        self.ready -= 1;
        self.given += 1;
        if self.ready == 0 {
            let done = u128::from(self.bytes) * u128::from(self.given) / u128::from(self.total.max(1));
            self.progress.store(u64::try_from(done).unwrap_or(self.bytes).min(self.bytes), Ordering::Relaxed);
        }
        let value = Value::Object(object(&self.fields, &mut self.columns)?);
        Ok(Some(Record { line: self.given, raw: value.to_string().into_bytes(), value: Ok(value) }))
    }
}

/// A damaged file may lead the decoder to what it holds to be impossible. It ends reading, and nothing else.
fn guarded<T>(read: impl FnOnce() -> io::Result<T>) -> io::Result<T> {
    catch_unwind(AssertUnwindSafe(read)).unwrap_or_else(|_| Err(wrong("the file is damaged")))
}

/// That a column lies in the file.
fn check_place(column: &ColumnChunkMetaData, bytes: u64) -> io::Result<()> {
    let start = column.dictionary_page_offset().unwrap_or_else(|| column.data_page_offset());
    let within = |offset: i64| u64::try_from(offset).is_ok_and(|offset| offset <= bytes);
    let end = start.checked_add(column.compressed_size());
    let lies_within = [Some(start), Some(column.data_page_offset()), Some(column.compressed_size()), end];
    if column.num_values() < 0 || !lies_within.into_iter().all(|offset| offset.is_some_and(within)) {
        return Err(wrong("the file is damaged: it names columns that are not in it"));
    }
    Ok(())
}

/// Whether the last bytes are those that every Parquet file ends with.
fn ends_whole(mut file: &File) -> io::Result<bool> {
    use std::io::{Read, Seek, SeekFrom};
    let mut end = [0; 4];
    let whole = file.metadata()?.len() >= 12;
    if whole {
        file.seek(SeekFrom::End(-4))?;
        file.read_exact(&mut end)?;
        file.rewind()?;
    }
    Ok(whole && end == MAGIC)
}

/// A column, of which some rows were read.
pub(super) struct Column {
    reader: ColumnReader,
    meaning: Meaning,
    levels: Levels,
    values: std::vec::IntoIter<Value>,
}

/// The levels of what was read. A column that is always there has no definition levels, and one outside lists
/// no repetition levels.
struct Levels {
    most: (i16, i16),
    defined: Vec<i16>,
    repeated: Vec<i16>,
    at: usize,
    count: usize,
}

impl Column {
    fn new(reader: ColumnReader, column: &ColumnDescriptor, meaning: Meaning) -> Self {
        let most = (column.max_def_level(), column.max_rep_level());
        let levels = Levels { most, defined: Vec::new(), repeated: Vec::new(), at: 0, count: 0 };
        Self { reader, meaning, levels, values: Vec::new().into_iter() }
    }

    /// Reads so many rows, in the place of those before.
    fn fill(&mut self, rows: usize) -> io::Result<()> {
        let (levels, meaning) = (&mut self.levels, self.meaning);
        let values = match &mut self.reader {
            ColumnReader::BoolColumnReader(reader) => levels.fill(reader, rows, Value::Bool),
            ColumnReader::Int32ColumnReader(reader) => levels.fill(reader, rows, |n| meaning.of_i32(n)),
            ColumnReader::Int64ColumnReader(reader) => levels.fill(reader, rows, |n| meaning.of_i64(n)),
            ColumnReader::Int96ColumnReader(reader) => {
                let nanos = Meaning::Timestamp { per_second: 1_000_000_000, utc: true };
                levels.fill(reader, rows, |time| nanos.of_i64(time.to_nanos()))
            }
            ColumnReader::FloatColumnReader(reader) => levels.fill(reader, rows, number),
            ColumnReader::DoubleColumnReader(reader) => levels.fill(reader, rows, number),
            ColumnReader::ByteArrayColumnReader(reader) => {
                levels.fill(reader, rows, |bytes| meaning.of_bytes(bytes.data()))
            }
            ColumnReader::FixedLenByteArrayColumnReader(reader) => {
                levels.fill(reader, rows, |bytes| meaning.of_bytes(bytes.data()))
            }
        }?;
        self.values = values.into_iter();
        Ok(())
    }

    /// How much of the next value is there; `None` behind the last one.
    pub fn defined(&self) -> Option<i16> {
        self.levels.level(&self.levels.defined, self.levels.most.0)
    }

    /// In which list the next value is a further element; `None` behind the last one.
    pub fn repeated(&self) -> Option<i16> {
        self.levels.level(&self.levels.repeated, self.levels.most.1)
    }

    /// The next value, which is there.
    pub fn take(&mut self) -> io::Result<Value> {
        self.skip();
        self.values.next().ok_or_else(torn)
    }

    /// Steps over a value that is not there.
    pub fn skip(&mut self) {
        self.levels.at += 1;
    }
}

impl Levels {
    fn level(&self, levels: &[i16], most: i16) -> Option<i16> {
        if most > 0 { levels.get(self.at).copied() } else { (self.at < self.count).then_some(0) }
    }

    fn fill<T: DataType>(
        &mut self,
        reader: &mut ColumnReaderImpl<T>,
        rows: usize,
        meant: impl Fn(T::T) -> Value,
    ) -> io::Result<Vec<Value>> {
        self.defined.clear();
        self.repeated.clear();
        (self.at, self.count) = (0, 0);
        let mut values: Vec<T::T> = Vec::new();
        let mut read = 0;
        while read < rows {
            let (defined, repeated) = (&mut self.defined, &mut self.repeated);
            let (more, _, levels) = reader
                .read_records(rows - read, Some(defined), Some(repeated), &mut values)
                .map_err(failed)?;
            if more == 0 {
                return Err(torn());
            }
            read += more;
            self.count += levels;
        }
        Ok(values.into_iter().map(meant).collect())
    }
}
