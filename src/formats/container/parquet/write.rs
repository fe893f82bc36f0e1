//! Writes a Parquet file: rows wait in a file of their own until the last one has been seen, since only then
//! it is known what their columns are.

use std::fs::File;
use std::io::{self, BufRead, BufReader, BufWriter, Seek, SeekFrom, Write};
use std::sync::Arc;

use ::parquet::basic::{Compression, LogicalType, Repetition, Type as Physical};
use ::parquet::data_type::{BoolType, ByteArray, ByteArrayType, DoubleType, Int64Type};
use ::parquet::errors::ParquetError;
use ::parquet::file::metadata::KeyValue;
use ::parquet::file::properties::{EnabledStatistics, WriterProperties};
use ::parquet::file::writer::SerializedFileWriter;
use ::parquet::schema::types::{Type, TypePtr};
use serde_json::{Value, json};

use super::shape::Shape;
use super::{DEEPEST, JSON_COLUMNS, failed, wrong};

/// Rows of a row group at most.
const ROWS: usize = 10_000;
/// Bytes of JSON, at most, that the rows of a row group have together, save the last row.
const BYTES: usize = 32 << 20;

/// The rows of a file that is not written yet.
pub(in super::super) struct Table {
    shape: Shape,
    rows: BufWriter<File>,
}

impl Table {
    pub fn new() -> io::Result<Self> {
        Ok(Self { shape: Shape::Object(Vec::new()), rows: BufWriter::new(tempfile::tempfile()?) })
    }

    /// Takes a row.
    pub fn hold(&mut self, record: &Value) -> io::Result<()> {
        if !record.is_object() {
            return Err(wrong("a row of a Parquet file must be an object"));
        }
        self.shape.see(record);
        serde_json::to_writer(&mut self.rows, record)?;
        self.rows.write_all(b"\n")
    }

    /// Writes all rows.
    pub fn release(self, out: &mut impl Write) -> io::Result<()> {
        let mut rows = self.rows.into_inner().map_err(io::IntoInnerError::into_error)?;
        rows.seek(SeekFrom::Start(0))?;
        let Shape::Object(fields) = self.shape.settled() else {
            return Err(wrong("a Parquet file has from 1 to 500 columns; these records have more, or none"));
        };
        let mut columns = Columns::of(&fields);
        // what writes Parquet wants to hand its target to other threads, which not every target allows
        let mut file = columns.begin(BufWriter::new(tempfile::tempfile()?), &fields).map_err(failed)?;
        let (mut waiting, mut bytes) = (0, 0);
        for line in BufReader::new(rows).lines() {
            let line = line?;
            columns.hold(&serde_json::from_str(&line)?);
            waiting += 1;
            bytes += line.len();
            if waiting == ROWS || bytes >= BYTES {
                columns.write(&mut file).map_err(failed)?;
                (waiting, bytes) = (0, 0);
            }
        }
        if waiting > 0 {
            columns.write(&mut file).map_err(failed)?;
        }
        let written = file.into_inner().map_err(failed)?;
        let mut written = written.into_inner().map_err(io::IntoInnerError::into_error)?;
        written.seek(SeekFrom::Start(0))?;
        io::copy(&mut written, out)?;
        Ok(())
    }
}

/// The columns of a row group that is being filled.
struct Columns(Vec<(String, Column)>);

/// One field, all of whose values may be null.
enum Column {
    Leaf(Leaf),
    List(Box<Column>),
    Object(Vec<(String, Column)>),
}

/// Values, and for each value or null how far it is defined and where in which list it stands.
struct Leaf {
    values: Values,
    defined: Vec<i16>,
    repeated: Vec<i16>,
}

enum Values {
    Bool(Vec<bool>),
    Int(Vec<i64>),
    Float(Vec<f64>),
    Text(Vec<ByteArray>),
    Json(Vec<ByteArray>),
}

/// Where in the levels of its column a value stands.
#[derive(Clone, Copy)]
struct Place {
    /// How much of what is around it is there.
    defined: i16,
    /// In which of the lists around it this is a further element; 0 for the first of a row.
    repeated: i16,
    /// How many lists are around it.
    lists: i16,
}

impl Columns {
    fn of(fields: &[(String, Shape)]) -> Self {
        Self(Column::of_fields(fields))
    }

    fn begin<W: Write + Send>(
        &self,
        target: W,
        fields: &[(String, Shape)],
    ) -> Result<SerializedFileWriter<W>, ParquetError> {
        let mut json_columns = Vec::new();
        let mut path = Vec::new();
        for (name, column) in &self.0 {
            column.json_columns(name, &mut path, &mut json_columns);
        }
        let note = (!json_columns.is_empty()).then(|| {
            vec![KeyValue { key: JSON_COLUMNS.to_owned(), value: Some(json!(json_columns).to_string()) }]
        });
        let properties = WriterProperties::builder()
            .set_compression(Compression::SNAPPY)
            // bounds of long texts help nobody
            .set_statistics_enabled(EnabledStatistics::None)
            .set_created_by(concat!("goldset ", env!("CARGO_PKG_VERSION")).to_owned())
            .set_key_value_metadata(note)
            .build();
        let fields: Vec<TypePtr> =
            fields.iter().map(|(name, shape)| type_of(name, shape, 0)).collect::<Result<_, _>>()?;
        let schema = Type::group_type_builder("schema").with_fields(fields).build()?;
        SerializedFileWriter::new(target, Arc::new(schema), Arc::new(properties))
    }

    fn hold(&mut self, row: &Value) {
        for (name, column) in &mut self.0 {
            column.hold(row.get(name.as_str()), Place { defined: 0, repeated: 0, lists: 0 });
        }
    }

    fn write<W: Write + Send>(&mut self, file: &mut SerializedFileWriter<W>) -> Result<(), ParquetError> {
        let mut leaves = Vec::new();
        for (_, column) in &mut self.0 {
            column.leaves(&mut leaves);
        }
        let mut group = file.next_row_group()?;
        for leaf in leaves {
            let Some(mut column) = group.next_column()? else { break };
            let (defined, repeated) = (Some(leaf.defined.as_slice()), Some(leaf.repeated.as_slice()));
            match &leaf.values {
                Values::Bool(values) => column.typed::<BoolType>().write_batch(values, defined, repeated),
                Values::Int(values) => column.typed::<Int64Type>().write_batch(values, defined, repeated),
                Values::Float(values) => column.typed::<DoubleType>().write_batch(values, defined, repeated),
                Values::Text(values) | Values::Json(values) => {
                    column.typed::<ByteArrayType>().write_batch(values, defined, repeated)
                }
            }?;
            column.close()?;
            leaf.clear();
        }
        group.close()?;
        Ok(())
    }
}

impl Column {
    fn of(shape: &Shape) -> Self {
        let leaf = |values| Self::Leaf(Leaf { values, defined: Vec::new(), repeated: Vec::new() });
        match shape {
            Shape::Bool => leaf(Values::Bool(Vec::new())),
            Shape::Int { .. } => leaf(Values::Int(Vec::new())),
            Shape::Float => leaf(Values::Float(Vec::new())),
            Shape::Nothing | Shape::Text => leaf(Values::Text(Vec::new())),
            Shape::Json => leaf(Values::Json(Vec::new())),
            Shape::List(element) => Self::List(Box::new(Self::of(element))),
            Shape::Object(fields) => Self::Object(Self::of_fields(fields)),
        }
    }

    fn of_fields(fields: &[(String, Shape)]) -> Vec<(String, Self)> {
        fields.iter().map(|(name, shape)| (name.clone(), Self::of(shape))).collect()
    }

    fn hold(&mut self, value: Option<&Value>, place: Place) {
        let Some(value) = value.filter(|value| !value.is_null()) else { return self.null(place) };
        let inside = Place { defined: place.defined + 1, ..place };
        match self {
            Self::Leaf(leaf) => leaf.hold(value, inside),
            Self::Object(fields) => {
                for (name, column) in fields {
                    column.hold(value.get(name.as_str()), inside);
                }
            }
            Self::List(element) => {
                let list = value.as_array().map(Vec::as_slice).unwrap_or_default();
                if list.is_empty() {
                    return element.null(inside);
                }
                let lists = place.lists + 1;
                for (at, value) in list.iter().enumerate() {
                    let repeated = if at == 0 { place.repeated } else { lists };
                    element.hold(Some(value), Place { defined: inside.defined + 1, repeated, lists });
                }
            }
        }
    }

    /// Nothing is here: every leaf below says so.
    fn null(&mut self, place: Place) {
        match self {
            Self::Leaf(leaf) => leaf.at(place),
            Self::List(element) => element.null(place),
            Self::Object(fields) => fields.iter_mut().for_each(|(_, column)| column.null(place)),
        }
    }

    fn leaves<'a>(&'a mut self, leaves: &mut Vec<&'a mut Leaf>) {
        match self {
            Self::Leaf(leaf) => leaves.push(leaf),
            Self::List(element) => element.leaves(leaves),
            Self::Object(fields) => fields.iter_mut().for_each(|(_, column)| column.leaves(leaves)),
        }
    }

    /// The paths of the leaves whose text is JSON.
    fn json_columns<'a>(&'a self, name: &'a str, path: &mut Vec<&'a str>, found: &mut Vec<Vec<String>>) {
        path.push(name);
        match self {
            Self::Leaf(leaf) => {
                if matches!(leaf.values, Values::Json(_)) {
                    found.push(path.iter().map(|&part| part.to_owned()).collect());
                }
            }
            Self::List(element) => {
                path.push(LIST);
                element.json_columns(ELEMENT, path, found);
                path.pop();
            }
            Self::Object(fields) => {
                for (name, column) in fields {
                    column.json_columns(name, path, found);
                }
            }
        }
        path.pop();
    }
}

impl Values {
    fn len(&self) -> usize {
        match self {
            Self::Bool(values) => values.len(),
            Self::Int(values) => values.len(),
            Self::Float(values) => values.len(),
            Self::Text(values) | Self::Json(values) => values.len(),
        }
    }
}

impl Leaf {
    fn at(&mut self, place: Place) {
        self.defined.push(place.defined);
        self.repeated.push(place.repeated);
    }

    /// Takes a value. One that the shape does not have would be a null: the shape was learnt from all.
    fn hold(&mut self, value: &Value, place: Place) {
        let before = self.values.len();
        let bytes = |text: String| ByteArray::from(text.into_bytes());
        match (&mut self.values, value) {
            (Values::Bool(values), Value::Bool(value)) => values.push(*value),
            (Values::Int(values), Value::Number(number)) => values.extend(number.as_i64()),
            (Values::Float(values), Value::Number(number)) => values.extend(number.as_f64()),
            (Values::Text(values), Value::String(text)) => values.push(bytes(text.clone())),
            (Values::Json(values), value) => values.push(bytes(value.to_string())),
            _ => {}
        }
        let held = self.values.len() > before;
        self.at(if held { place } else { Place { defined: place.defined - 1, ..place } });
    }

    fn clear(&mut self) {
        match &mut self.values {
            Values::Bool(values) => values.clear(),
            Values::Int(values) => values.clear(),
            Values::Float(values) => values.clear(),
            Values::Text(values) | Values::Json(values) => values.clear(),
        }
        self.defined.clear();
        self.repeated.clear();
    }
}

/// What the parts of a list are called in the schema.
const LIST: &str = "list";
const ELEMENT: &str = "element";

fn type_of(name: &str, shape: &Shape, depth: usize) -> Result<TypePtr, ParquetError> {
    if depth > DEEPEST {
        return Err(ParquetError::General(format!("{name} is nested more than {DEEPEST} deep")));
    }
    let leaf = |physical, logical| {
        Type::primitive_type_builder(name, physical)
            .with_repetition(Repetition::OPTIONAL)
            .with_logical_type(logical)
            .build()
    };
    let group = |logical, fields| {
        Type::group_type_builder(name)
            .with_repetition(Repetition::OPTIONAL)
            .with_logical_type(logical)
            .with_fields(fields)
            .build()
    };
    let made = match shape {
        Shape::Bool => leaf(Physical::BOOLEAN, None),
        Shape::Int { .. } => leaf(Physical::INT64, None),
        Shape::Float => leaf(Physical::DOUBLE, None),
        Shape::Nothing | Shape::Text | Shape::Json => leaf(Physical::BYTE_ARRAY, Some(LogicalType::String)),
        Shape::List(element) => {
            let element = type_of(ELEMENT, element, depth + 1)?;
            let list = Type::group_type_builder(LIST)
                .with_repetition(Repetition::REPEATED)
                .with_fields(vec![element])
                .build()?;
            group(Some(LogicalType::List), vec![Arc::new(list)])
        }
        Shape::Object(fields) => {
            let fields: Vec<TypePtr> = fields
                .iter()
                .map(|(name, shape)| type_of(name, shape, depth + 1))
                .collect::<Result<_, _>>()?;
            group(None, fields)
        }
    }?;
    Ok(Arc::new(made))
}
