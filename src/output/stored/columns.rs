//! A table of a result by column, with the values that its cells write.

use std::str::FromStr;

use jiff::civil::Date;
use sha2::{Digest, Sha256};

use crate::output::hex;
use crate::output::manifest::File;
use crate::output::stored::table::{Cell, Column, Form, Wrong, records};
use crate::output::stored::{Stored, StoredError, forms};

/// The values of a column from top to bottom; of a cell that is empty, none.
#[derive(Clone, Debug, PartialEq)]
pub enum Values {
    /// Words.
    Text(Vec<Option<String>>),
    /// Whole numbers from 0.
    Counts(Vec<Option<i64>>),
    /// Numbers.
    Numbers(Vec<Option<f64>>),
    /// Days.
    Days(Vec<Option<Date>>),
    /// What holds or not.
    Flags(Vec<Option<bool>>),
}

/// A table.
#[derive(Clone, Debug)]
pub struct Columns {
    /// Every column with its values, in order.
    pub columns: Vec<(Column, Values)>,
    /// Whether it is not as the manifest recorded it.
    pub altered: bool,
}

impl Stored {
    /// Reads a table that the manifest lists.
    ///
    /// # Errors
    /// If it cannot be read, or is none that this program writes under that name.
    pub fn columns(&self, file: &File) -> Result<Columns, StoredError> {
        let wrong = |wrong| StoredError::Table { path: self.path.join(&file.name), wrong };
        let form = forms::of(&file.name).ok_or_else(|| {
            let rule = "this version of detente writes no such table".to_owned();
            wrong(Wrong { line: None, column: None, rule })
        })?;
        let bytes = self.table(&file.name)?;
        let columns = columns(&bytes, form).map_err(wrong)?;
        Ok(Columns { columns, altered: file.sha256 != hex(&Sha256::digest(&bytes)) })
    }
}

fn columns(bytes: &[u8], form: &Form) -> Result<Vec<(Column, Values)>, Wrong> {
    let empty = |column: &Column| (*column, Values::none(column.cell));
    let mut columns: Vec<_> = form.columns.iter().map(empty).collect();
    records(bytes, form, None, |record, line| {
        for ((column, values), cell) in columns.iter_mut().zip(record) {
            values.push(cell).map_err(|rule| Wrong::at(line, column.name, rule))?;
        }
        Ok(())
    })?;
    Ok(columns)
}

impl Values {
    fn none(cell: Cell) -> Self {
        match cell {
            Cell::Text => Self::Text(Vec::new()),
            Cell::Count => Self::Counts(Vec::new()),
            Cell::Number(..) => Self::Numbers(Vec::new()),
            Cell::Day => Self::Days(Vec::new()),
            Cell::Flag => Self::Flags(Vec::new()),
        }
    }

    /// Adds the value of a cell, which has been held to what its column may hold.
    fn push(&mut self, cell: &str) -> Result<(), String> {
        match self {
            Self::Text(values) => push(values, cell),
            // The one that may fail: a cell may hold more than files of other programs can.
            Self::Counts(values) => push(values, cell),
            Self::Numbers(values) => push(values, cell),
            Self::Days(values) => push(values, cell),
            Self::Flags(values) => push(values, cell),
        }
    }
}

fn push<T: FromStr>(values: &mut Vec<Option<T>>, cell: &str) -> Result<(), String> {
    let parse = || cell.parse().map_err(|_| format!("expected less than 2^63, found {cell}"));
    values.push(if cell.is_empty() { None } else { Some(parse()?) });
    Ok(())
}
