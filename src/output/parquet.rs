//! Parquet: a table with the types of its columns, for pandas, R, DuckDB and whatever else reads it.
//!
//! A file follows from its table alone: the same table gives the same bytes.

use std::sync::Arc;

use jiff::civil::Date;
use parquet::basic::{Compression, LogicalType, Repetition, Type as Physical};
use parquet::data_type::{
    BoolType, ByteArray, ByteArrayType, DataType, DoubleType, Int32Type, Int64Type,
};
use parquet::errors::ParquetError;
use parquet::file::metadata::KeyValue;
use parquet::file::properties::WriterProperties;
use parquet::file::writer::{SerializedColumnWriter, SerializedFileWriter};
use parquet::schema::types::{Type, TypePtr};

use crate::output::manifest::{File, PROGRAM};
use crate::output::stored::{Cell, Column, Columns, Values};

const VERSION: &str = env!("CARGO_PKG_VERSION");

/// Why a table was not written as Parquet.
#[derive(Debug, thiserror::Error)]
pub enum WriteError {
    /// The writer refused.
    #[error("cannot write {table} as Parquet: {source}")]
    Parquet {
        /// Which table.
        table: String,
        /// What the writer said.
        source: ParquetError,
    },
    /// What its columns mean cannot be serialised, which it always can.
    #[error("cannot describe a table: {0}")]
    Meaning(#[from] serde_json::Error),
}

/// The file of a table that the manifest lists. What the manifest says of it and of its columns goes into
/// the metadata, as `about` and, in JSON, `columns`.
///
/// # Errors
/// If the writer refuses.
pub fn file(listed: &File, table: &Columns) -> Result<Vec<u8>, WriteError> {
    let entry = |key: &str, value: String| KeyValue::new(key.to_owned(), value);
    let meaning = serde_json::to_string(&listed.columns)?;
    let metadata = vec![entry("about", listed.about.clone()), entry("columns", meaning)];
    bytes(table, metadata)
        .map_err(|source| WriteError::Parquet { table: listed.name.clone(), source })
}

fn bytes(table: &Columns, metadata: Vec<KeyValue>) -> Result<Vec<u8>, ParquetError> {
    let properties = WriterProperties::builder()
        .set_created_by(format!("{PROGRAM} version {VERSION}"))
        .set_compression(Compression::SNAPPY)
        .set_key_value_metadata(Some(metadata))
        .build();
    let schema = schema(table)?;
    let mut writer = SerializedFileWriter::new(Vec::new(), schema, Arc::new(properties))?;
    let mut group = writer.next_row_group()?;
    for (column, values) in &table.columns {
        let mut writer = group.next_column()?.expect("the schema has every column");
        write(&mut writer, column, values)?;
        writer.close()?;
    }
    group.close()?;
    writer.into_inner()
}

fn schema(table: &Columns) -> Result<TypePtr, ParquetError> {
    let fields: Result<_, _> = table.columns.iter().map(|(column, _)| field(column)).collect();
    Ok(Arc::new(Type::group_type_builder("table").with_fields(fields?).build()?))
}

fn field(column: &Column) -> Result<TypePtr, ParquetError> {
    let (physical, logical) = match column.cell {
        Cell::Text => (Physical::BYTE_ARRAY, Some(LogicalType::String)),
        Cell::Count => (Physical::INT64, None),
        Cell::Number(..) => (Physical::DOUBLE, None),
        Cell::Day => (Physical::INT32, Some(LogicalType::Date)),
        Cell::Flag => (Physical::BOOLEAN, None),
    };
    let repetition = if column.optional { Repetition::OPTIONAL } else { Repetition::REQUIRED };
    let field = Type::primitive_type_builder(column.name, physical);
    Ok(Arc::new(field.with_logical_type(logical).with_repetition(repetition).build()?))
}

fn write(
    writer: &mut SerializedColumnWriter<'_>,
    column: &Column,
    values: &Values,
) -> Result<(), ParquetError> {
    match values {
        Values::Text(values) => {
            batch::<ByteArrayType, _>(writer, column, values, |text: &String| {
                ByteArray::from(text.as_str())
            })
        }
        Values::Counts(values) => batch::<Int64Type, _>(writer, column, values, |&count| count),
        Values::Numbers(values) => batch::<DoubleType, _>(writer, column, values, |&number| number),
        Values::Days(values) => batch::<Int32Type, _>(writer, column, values, days),
        Values::Flags(values) => batch::<BoolType, _>(writer, column, values, |&flag| flag),
    }
}

/// Writes what is there, and of a column that may be empty also where.
fn batch<D: DataType, T>(
    writer: &mut SerializedColumnWriter<'_>,
    column: &Column,
    values: &[Option<T>],
    stored: impl Fn(&T) -> D::T,
) -> Result<(), ParquetError> {
    let there: Vec<_> = values.iter().flatten().map(stored).collect();
    let levels: Option<Vec<_>> =
        column.optional.then(|| values.iter().map(|value| i16::from(value.is_some())).collect());
    writer.typed::<D>().write_batch(&there, levels.as_deref(), None)?;
    Ok(())
}

/// Days since 1970-01-01.
fn days(date: &Date) -> i32 {
    (*date - Date::constant(1970, 1, 1)).get_days()
}
