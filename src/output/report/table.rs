//! Tables: with caption and scopes, and what a script needs to sort them.

use askama::Template;

use crate::output::report::ReportError;

/// A table; the first cell of each row is its heading.
#[derive(Template)]
#[template(path = "report/table.html")]
pub struct Table {
    /// Its identity in the page.
    pub id: String,
    /// What it shows.
    pub caption: String,
    /// Whether a reader may sort and filter it.
    pub data: bool,
    /// The columns.
    pub columns: Vec<Column>,
    /// The rows.
    pub rows: Vec<Row>,
}

/// A column.
pub struct Column {
    /// Its heading.
    pub label: &'static str,
    /// Whether it holds numbers.
    pub numeric: bool,
}

/// A row.
pub struct Row {
    /// The cells, in the order of columns.
    pub cells: Vec<Cell>,
    /// Whether it is set off.
    pub marked: bool,
}

/// A cell.
pub struct Cell {
    text: String,
    /// What it is sorted by, if that is not its text.
    key: Option<String>,
    kind: &'static str,
}

impl Cell {
    fn class(&self) -> &'static str {
        self.kind
    }

    /// Words.
    pub fn text(text: impl Into<String>) -> Self {
        Self { text: text.into(), key: None, kind: "words" }
    }

    /// A number as shown, sorted by its value.
    pub fn number(text: impl Into<String>, value: Option<f64>) -> Self {
        let key = value.map(|value| value.to_string());
        Self { text: text.into(), key, kind: "number" }
    }

    /// Figures that are not sorted by value, such as an interval.
    pub fn figures(text: impl Into<String>) -> Self {
        Self { text: text.into(), key: None, kind: "number" }
    }

    /// A date in words, sorted by its ISO form, if there is one.
    pub fn date(known: Option<(String, String)>) -> Self {
        let (text, key) = known.unzip();
        Self { text: text.unwrap_or_default(), key, kind: "words" }
    }

    /// A hash or name of a program, in which every letter counts.
    pub fn code(text: impl Into<String>) -> Self {
        Self { text: text.into(), key: None, kind: "code" }
    }
}

/// A column of words.
pub fn words(label: &'static str) -> Column {
    Column { label, numeric: false }
}

/// A column of numbers.
pub fn numbers(label: &'static str) -> Column {
    Column { label, numeric: true }
}

/// A row like all others.
pub fn row(cells: Vec<Cell>) -> Row {
    Row { cells, marked: false }
}

impl Table {
    /// A table that a reader may sort and filter.
    pub fn new(id: &str, caption: &str, columns: Vec<Column>, rows: Vec<Row>) -> Self {
        let (id, caption) = (format!("table-{id}"), caption.to_owned());
        Self { id, caption, data: true, columns, rows }
    }

    /// The HTML; nothing without rows.
    pub fn html(&self) -> Result<String, ReportError> {
        if self.rows.is_empty() {
            return Ok(String::new());
        }
        Ok(self.render()?)
    }
}
