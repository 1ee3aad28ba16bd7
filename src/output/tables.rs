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
mod tests {
    use super::*;
    use crate::analysis::{
        cascades, events, first_dates, measures, network, outcomes, story_lines, summary, timeline,
        variance,
    };
    use jiff::civil::date;

    fn header<R: Serialize>(row: &R) -> Vec<String> {
        let mut writer = csv::Writer::from_writer(Vec::new());
        writer.serialize(row).unwrap();
        let text = String::from_utf8(writer.into_inner().unwrap()).unwrap();
        text.lines().next().unwrap().split(',').map(str::to_owned).collect()
    }

    fn names(columns: &[Column]) -> Vec<String> {
        columns.iter().map(|(name, ..)| (*name).to_owned()).collect()
    }

    #[test]
    fn columns_are_the_fields_of_the_rows() {
        let (day, text) = (date(2024, 6, 19), String::new());
        let summary = summary::Row {
            metric: "isolation".to_owned(),
            subject: text.clone(),
            date: day,
            n: 1,
            mean: 0.0,
            sd: 0.0,
            q05: 0.0,
            q25: 0.0,
            q50: 0.0,
            q75: 0.0,
            q95: 0.0,
        };
        assert_eq!(header(&summary), names(SUMMARY));
        let outcome = outcomes::Row {
            outcome: text.clone(),
            title: text.clone(),
            n: 1,
            yes: 0,
            probability: 0.0,
            low: 0.0,
            high: 0.0,
            failed: 0,
            first_q05: None,
            first_q50: None,
            first_q95: None,
        };
        assert_eq!(header(&outcome), names(OUTCOMES));
        let measure = measures::Row {
            outcome: text.clone(),
            title: text.clone(),
            n: 1,
            missing: 0,
            mean: None,
            se: None,
            sd: None,
            least: None,
            q05: None,
            q25: None,
            q50: None,
            q75: None,
            q95: None,
            greatest: None,
            failed: 0,
        };
        assert_eq!(header(&measure), names(MEASURES));
        let first = first_dates::Row {
            outcome: text.clone(),
            date: day,
            n: 1,
            probability: 0.0,
            low: 0.0,
            high: 0.0,
        };
        assert_eq!(header(&first), names(FIRST_DATES));
        let event = events::Row {
            kind: "pact".to_owned(),
            subject: text,
            n: 1,
            trials: 0,
            probability: 0.0,
            low: 0.0,
            high: 0.0,
            mean_count: 0.0,
            first_q05: None,
            first_q50: None,
            first_q95: None,
        };
        assert_eq!(header(&event), names(EVENTS));
        let occurrences = timeline::Row {
            kind: String::new(),
            subject: String::new(),
            date: day,
            scheduled: true,
            n: 1,
            count: 1,
            mean: 1.0,
            se: None,
            trials: 1,
            probability: 1.0,
            low: 0.0,
            high: 1.0,
        };
        assert_eq!(header(&occurrences), names(TIMELINE));
        let entry = cascades::Row {
            role: String::new(),
            state: String::new(),
            beside: None,
            against: String::new(),
            reason: String::new(),
            n: 1,
            trials: 1,
            count: 1,
            probability: 1.0,
            low: 0.0,
            high: 1.0,
            first_q50: None,
        };
        assert_eq!(header(&entry), names(CASCADES));
        let line = story_lines::Row {
            rank: 1,
            story_line: String::new(),
            n: 1,
            trials: 1,
            probability: 1.0,
            low: 0.0,
            high: 1.0,
            trial: 0,
            date_1: None,
            sd_1: None,
            date_2: None,
            sd_2: None,
            date_3: None,
            sd_3: None,
            date_4: None,
            sd_4: None,
            date_5: None,
            sd_5: None,
            date_6: None,
            sd_6: None,
        };
        assert_eq!(header(&line), names(STORY_LINES));
        let relation = network::Row {
            date: day,
            relation: String::new(),
            from: String::new(),
            to: String::new(),
            n: 1,
            trials: 1,
            probability: 1.0,
            low: 0.0,
            high: 1.0,
        };
        assert_eq!(header(&relation), names(NETWORK));
        let variance = variance::Row {
            metric: "outcome".to_owned(),
            subject: String::new(),
            date: None,
            pairs: 1,
            variance: None,
            numbers: None,
            chance: None,
            share: None,
            low: None,
            high: None,
        };
        assert_eq!(header(&variance), names(VARIANCE));
        let (block, first_trial, trials, sha256) = (0, 0, 64, String::new());
        assert_eq!(header(&blocks::Row { block, first_trial, trials, sha256 }), names(BLOCKS));
    }
}
