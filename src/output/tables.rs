//! CSV tables: one row type each, with what every column means.

use serde::Serialize;

use crate::analysis::{Results, blocks};

mod columns;
pub mod comparison;

use columns::{
    BLOCKS, CASCADES, EVENTS, FIRST_DATES, MEASURES, NETWORK, OUTCOMES, STORY_LINES, SUMMARY,
    TIMELINE, VARIANCE,
};

/// A column: name, unit (`1` for pure numbers, empty for text and dates), meaning.
pub type Column = (&'static str, &'static str, &'static str);

/// A table of a result directory.
#[derive(Clone, Debug)]
pub struct Table {
    /// File name, with a folder before it in a comparison.
    pub name: String,
    /// What a row is.
    pub about: &'static str,
    /// The columns, in order.
    pub columns: &'static [Column],
    /// The file.
    pub bytes: Vec<u8>,
}

/// All tables of a run.
///
/// # Errors
/// If a row cannot be serialised, which no row of this program should do.
pub fn all(results: &Results) -> Result<Vec<Table>, csv::Error> {
    let mut tables = of_arm(results)?;
    if !results.variance.is_empty() {
        let about =
            "how much of the variance of an outcome or series the uncertain numbers explain";
        tables.push(table("variance.csv", about, VARIANCE, &results.variance)?);
    }
    if !results.blocks.is_empty() {
        tables.push(fingerprint_table(&results.blocks)?);
    }
    Ok(tables)
}

/// The tables that every scenario run has, alone or in a comparison.
fn of_arm(results: &Results) -> Result<Vec<Table>, csv::Error> {
    Ok(vec![
        table(
            "summary.csv",
            "a score of a state or dyad at a step date, over trials",
            SUMMARY,
            &results.summary,
        )?,
        table(
            "outcomes.csv",
            "an outcome of the scenario that is yes or no",
            OUTCOMES,
            &results.outcomes,
        )?,
        table(
            "measures.csv",
            "a number that an outcome asks for, over trials",
            MEASURES,
            &results.measures,
        )?,
        table(
            "first_dates.csv",
            "an outcome that may come at any time, by a step date",
            FIRST_DATES,
            &results.first_dates,
        )?,
        table(
            "events.csv",
            "something that happened: an event of the scenario, or what a process did or brought about",
            EVENTS,
            &results.events,
        )?,
        table(
            "timeline.csv",
            "an event of the scenario, or a kind of thing that processes do, in a step",
            TIMELINE,
            &results.timeline,
        )?,
        table(
            "cascades.csv",
            "a way in which a state entered a war: as an attacker, or beside another",
            CASCADES,
            &results.cascades,
        )?,
        table(
            "story_lines.csv",
            "an order in which outcomes of the scenario came about",
            STORY_LINES,
            &results.story_lines,
        )?,
        table(
            "network.csv",
            "a relation between two states on one of up to 14 step dates",
            NETWORK,
            &results.network,
        )?,
    ])
}

fn fingerprint_table(rows: &[blocks::Row]) -> Result<Table, csv::Error> {
    table("blocks.csv", "a block of trials, by which the result can be verified", BLOCKS, rows)
}

fn table<R: Serialize>(
    name: &'static str,
    about: &'static str,
    columns: &'static [Column],
    rows: &[R],
) -> Result<Table, csv::Error> {
    Ok(Table { name: name.to_owned(), about, columns, bytes: bytes(columns, rows)? })
}

/// The header is written from `columns`, so that a table without rows has one too; tests, and every
/// debug build, hold it against the fields of the row types.
fn bytes<R: Serialize>(columns: &[Column], rows: &[R]) -> Result<Vec<u8>, csv::Error> {
    if cfg!(debug_assertions)
        && let Some(row) = rows.first()
    {
        let mut writer = csv::Writer::from_writer(Vec::new());
        writer.serialize(row)?;
        let fields = writer.into_inner().map_err(csv::IntoInnerError::into_error)?;
        let names: Vec<_> = columns.iter().map(|&(name, ..)| name).collect();
        let header = names.join(",") + "\n";
        assert!(fields.starts_with(header.as_bytes()), "columns are the fields: {header}");
    }
    let mut writer = csv::WriterBuilder::new().has_headers(false).from_writer(Vec::new());
    writer.write_record(columns.iter().map(|(name, ..)| name))?;
    for row in rows {
        writer.serialize(row)?;
    }
    writer.into_inner().map_err(|error| error.into_error().into())
}

#[cfg(test)]
mod tests;
