//! A table as it stands in a file: every cell is held to what its column may hold before anything is
//! made of it, so that a mistake has a place.

use jiff::civil::Date;
use serde::de::DeserializeOwned;

use crate::output::manifest::plain;

/// What the cells of a column may hold.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Cell {
    /// Anything.
    Text,
    /// A whole number from 0.
    Count,
    /// A finite number within a range.
    Number(f64, f64),
    /// A day, as ISO 8601 writes it.
    Day,
    /// `true` or `false`.
    Flag,
}

/// A column.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Column {
    /// Its name in the header.
    pub name: &'static str,
    /// What its cells may hold.
    pub cell: Cell,
    /// Whether they may be empty.
    pub optional: bool,
}

/// What the file of a table has to look like.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Form {
    /// The columns, in order.
    pub columns: &'static [Column],
    /// Columns none of which may be less than the one before it.
    pub ascending: &'static [&'static [&'static str]],
}

/// What is wrong with a table, and where.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Wrong {
    /// The line, from 1; none if it is about all of them.
    pub line: Option<u64>,
    /// The column by its name; none if it is about all of them.
    pub column: Option<String>,
    /// The rule that does not hold.
    pub rule: String,
}

/// The cells by which rows are told apart, with the names of their columns.
pub(super) type Key = Vec<(&'static str, String)>;

/// A column of any text.
pub(super) const fn text(name: &'static str) -> Column {
    Column { name, cell: Cell::Text, optional: true }
}

/// A column of whole numbers from 0.
pub(super) const fn count(name: &'static str) -> Column {
    Column { name, cell: Cell::Count, optional: false }
}

/// A column of numbers from `low` to `high`.
pub(super) const fn number(name: &'static str, low: f64, high: f64) -> Column {
    Column { name, cell: Cell::Number(low, high), optional: false }
}

/// A column of numbers of any size.
pub(super) const fn any(name: &'static str) -> Column {
    number(name, f64::MIN, f64::MAX)
}

/// A column of days.
pub(super) const fn day(name: &'static str) -> Column {
    Column { name, cell: Cell::Day, optional: false }
}

/// A column of what holds or not.
pub(super) const fn flag(name: &'static str) -> Column {
    Column { name, cell: Cell::Flag, optional: false }
}

/// The same column, whose cells may also be empty.
pub(super) const fn maybe(column: Column) -> Column {
    Column { optional: true, ..column }
}

impl Cell {
    /// The type of the column, in the words of manifests.
    pub const fn word(self) -> &'static str {
        match self {
            Self::Text => "text",
            Self::Count => "integer",
            Self::Number(..) => "number",
            Self::Day => "date",
            Self::Flag => "boolean",
        }
    }
}

impl Wrong {
    pub(super) fn at(line: u64, column: &str, rule: String) -> Self {
        Self { line: Some(line), column: Some(column.to_owned()), rule }
    }

    fn line(line: u64, rule: String) -> Self {
        Self { line: Some(line), column: None, rule }
    }
}

/// The rows of a table. Where rows have an order of their own, `expected` says which row comes next:
/// its key.
///
/// # Errors
/// With the first thing that is wrong.
pub(super) fn rows<R: DeserializeOwned>(
    bytes: &[u8],
    form: &Form,
    expected: Option<&mut dyn Iterator<Item = Key>>,
    check: impl Fn(&R) -> Result<(), (&'static str, String)>,
) -> Result<Vec<R>, Wrong> {
    let names: csv::StringRecord = form.columns.iter().map(|column| column.name).collect();
    let mut rows = Vec::new();
    records(bytes, form, expected, |record, line| {
        let row: R = record
            .deserialize(Some(&names))
            .map_err(|error| Wrong::line(line, plain(&error.to_string())))?;
        check(&row).map_err(|(column, rule)| Wrong::at(line, column, rule))?;
        rows.push(row);
        Ok(())
    })?;
    Ok(rows)
}

/// Hands on every record of a table below its header, with the line in which it begins.
///
/// # Errors
/// With the first thing that is wrong.
pub(super) fn records(
    bytes: &[u8],
    form: &Form,
    mut expected: Option<&mut dyn Iterator<Item = Key>>,
    mut take: impl FnMut(&csv::StringRecord, u64) -> Result<(), Wrong>,
) -> Result<(), Wrong> {
    let mut reader = csv::ReaderBuilder::new().has_headers(false).flexible(true).from_reader(bytes);
    let mut record = csv::StringRecord::new();
    let mut line = 0;
    let mut headed = false;
    while next(&mut reader, &mut record, &mut line)? {
        if !headed {
            header(&record, form, line)?;
            headed = true;
            continue;
        }
        cells(&record, form, line)?;
        if let Some(keys) = &mut expected {
            in_turn(&record, form, keys.next(), line)?;
        }
        take(&record, line)?;
    }
    if !headed {
        return Err(Wrong::line(1, "the header is missing; the file is empty".to_owned()));
    }
    match expected.and_then(Iterator::next) {
        None => Ok(()),
        Some(key) => Err(Wrong::line(
            line + 1,
            format!("expected {}, found the end of the file", said(&key)),
        )),
    }
}

/// Reads the next record, and says in which line it begins.
fn next(
    reader: &mut csv::Reader<&[u8]>,
    record: &mut csv::StringRecord,
    line: &mut u64,
) -> Result<bool, Wrong> {
    let more = reader.read_record(record).map_err(|error| {
        let place = error.position().map_or(*line + 1, csv::Position::line);
        let utf8 = matches!(error.kind(), csv::ErrorKind::Utf8 { .. });
        let rule = if utf8 { "not UTF-8 text".to_owned() } else { plain(&error.to_string()) };
        Wrong::line(place, rule)
    })?;
    if more {
        *line = record.position().map_or(*line + 1, csv::Position::line);
    }
    Ok(more)
}

fn header(record: &csv::StringRecord, form: &Form, line: u64) -> Result<(), Wrong> {
    for (n, column) in form.columns.iter().enumerate() {
        let name = column.name;
        match record.get(n) {
            Some(found) if found == name => {}
            Some(found) => {
                let rule =
                    format!("expected column {} to be `{name}`, found `{}`", n + 1, plain(found));
                return Err(Wrong::line(line, rule));
            }
            None => return Err(Wrong::line(line, format!("column `{name}` is missing"))),
        }
    }
    match record.get(form.columns.len()) {
        None => Ok(()),
        Some(more) => {
            Err(Wrong::line(line, format!("`{}` is no column of this table", plain(more))))
        }
    }
}

fn cells(record: &csv::StringRecord, form: &Form, line: u64) -> Result<(), Wrong> {
    let (found, expected) = (record.len(), form.columns.len());
    if found != expected {
        return Err(Wrong::line(line, format!("expected {expected} cells, found {found}")));
    }
    for (column, cell) in form.columns.iter().zip(record) {
        column.check(cell).map_err(|rule| Wrong::at(line, column.name, rule))?;
    }
    for chain in form.ascending {
        let places = chain.iter().map(|name| form.place(name));
        let known: Vec<_> = places.filter(|&place| !record[place].is_empty()).collect();
        for pair in known.windows(2) {
            let [one, other] = [pair[0], pair[1]].map(|place| &record[place]);
            if less(other, one) {
                let [before, name] = [pair[0], pair[1]].map(|place| form.columns[place].name);
                let rule = format!("expected no less than `{before}`, {one}, found {other}");
                return Err(Wrong::at(line, name, rule));
            }
        }
    }
    Ok(())
}

/// Whether a number or a day comes before another.
fn less(one: &str, other: &str) -> bool {
    match (one.parse::<f64>(), other.parse::<f64>()) {
        (Ok(one), Ok(other)) => one < other,
        _ => one < other,
    }
}

fn in_turn(
    record: &csv::StringRecord,
    form: &Form,
    key: Option<Key>,
    line: u64,
) -> Result<(), Wrong> {
    let Some(key) = key else {
        let rule = "expected the end of the file, found more rows than the scenario makes";
        return Err(Wrong::line(line, rule.to_owned()));
    };
    for (column, value) in &key {
        let found = &record[form.place(column)];
        if found != value {
            let rule = format!("expected {}, found `{}`", said(&key), plain(found));
            return Err(Wrong::at(line, column, rule));
        }
    }
    Ok(())
}

/// The row of a key, in words.
fn said(key: &Key) -> String {
    let values: Vec<_> = key.iter().map(|(_, value)| plain(value)).collect();
    format!("the row of `{}`", values.join(" "))
}

impl Form {
    fn place(&self, name: &str) -> usize {
        let place = self.columns.iter().position(|column| column.name == name);
        place.expect("a form names its own columns")
    }
}

impl Column {
    fn check(&self, cell: &str) -> Result<(), String> {
        if cell.is_empty() && self.optional {
            return Ok(());
        }
        let expected = match self.cell {
            Cell::Text => return Ok(()),
            Cell::Count if cell.parse::<u64>().is_ok() => return Ok(()),
            Cell::Count => "a whole number from 0".to_owned(),
            Cell::Number(low, high) if within(cell, low, high) => return Ok(()),
            Cell::Number(f64::MIN, _) => "a number".to_owned(),
            Cell::Number(low, f64::MAX) => format!("a number from {low}"),
            Cell::Number(low, high) => format!("a number from {low} to {high}"),
            Cell::Day if cell.parse::<Date>().is_ok_and(|day| day.to_string() == cell) => {
                return Ok(());
            }
            Cell::Day => "a date such as 2024-06-19".to_owned(),
            Cell::Flag if matches!(cell, "true" | "false") => return Ok(()),
            Cell::Flag => "`true` or `false`".to_owned(),
        };
        let or = if self.optional { ", or nothing" } else { "" };
        let found =
            if cell.is_empty() { "nothing".to_owned() } else { format!("`{}`", plain(cell)) };
        Err(format!("expected {expected}{or}, found {found}"))
    }
}

/// Whether a cell is a number within a range. Neither `nan` nor `inf` is.
fn within(cell: &str, low: f64, high: f64) -> bool {
    cell.parse::<f64>().is_ok_and(|value| value.is_finite() && (low..=high).contains(&value))
}
