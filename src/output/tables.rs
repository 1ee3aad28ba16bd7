//! CSV tables: one row type each, with what every column means.

use serde::Serialize;

use crate::analysis::Results;

/// A column: name, unit (`1` for pure numbers, empty for text and dates), meaning.
pub type Column = (&'static str, &'static str, &'static str);

/// A table of a result directory.
#[derive(Clone, Debug)]
pub struct Table {
    /// File name.
    pub name: &'static str,
    /// What a row is.
    pub about: &'static str,
    /// The columns, in order.
    pub columns: &'static [Column],
    /// The file.
    pub bytes: Vec<u8>,
}

const N: Column = ("n", "trials", "trials that ended well; every other number is about these");
const LOW: Column = ("low", "1", "lower end of the 95 % Wilson interval of the probability");
const HIGH: Column = ("high", "1", "upper end of the 95 % Wilson interval of the probability");
const Q05: Column =
    ("first_q05", "", "date: 5 % quantile of the first date among the trials in which it came");
const Q50: Column =
    ("first_q50", "", "date: median of the first date among the trials in which it came");
const Q95: Column =
    ("first_q95", "", "date: 95 % quantile of the first date among the trials in which it came");

const SUMMARY: &[Column] = &[
    ("metric", "", "isolation (0 connected to 1 isolated) or alignment (-1 opposed to 1 aligned)"),
    ("subject", "", "state or dyad"),
    ("date", "", "step date"),
    N,
    ("mean", "1", "mean over trials"),
    ("sd", "1", "standard deviation over trials"),
    ("q05", "1", "5 % quantile"),
    ("q25", "1", "25 % quantile"),
    ("q50", "1", "median"),
    ("q75", "1", "75 % quantile"),
    ("q95", "1", "95 % quantile"),
];

const OUTCOMES: &[Column] = &[
    ("outcome", "", "name in the scenario"),
    ("title", "", "title in the scenario"),
    N,
    ("yes", "trials", "trials in which the answer is yes"),
    ("probability", "1", "yes / n"),
    LOW,
    HIGH,
    ("failed", "trials", "further trials that failed and are not counted in n"),
    Q05,
    Q50,
    Q95,
];

const MEASURES: &[Column] = &[
    ("outcome", "", "name in the scenario"),
    ("title", "", "title in the scenario"),
    ("n", "trials", "trials that gave a number; every statistic is about these"),
    (
        "missing",
        "trials",
        "trials that ended well and gave none, such as a time since what never was",
    ),
    ("mean", "of the number", "mean over trials"),
    ("se", "of the number", "standard error of the mean"),
    ("sd", "of the number", "standard deviation over trials"),
    ("least", "of the number", "the least, to a thousandth of itself, as all that follow"),
    ("q05", "of the number", "5 % quantile"),
    ("q25", "of the number", "25 % quantile"),
    ("q50", "of the number", "median"),
    ("q75", "of the number", "75 % quantile"),
    ("q95", "of the number", "95 % quantile"),
    ("greatest", "of the number", "the greatest"),
    ("failed", "trials", "further trials that failed and are counted neither in n nor in missing"),
];

const FIRST_DATES: &[Column] = &[
    ("outcome", "", "name in the scenario"),
    ("date", "", "step date"),
    N,
    ("probability", "1", "share of trials in which it has come by this date"),
    LOW,
    HIGH,
];

const EVENTS: &[Column] = &[
    (
        "kind",
        "",
        "what: event (of the scenario), pact, sanction, dispute and so on (docs/results.md)",
    ),
    ("subject", "", "event, state, dyad, ordered pair (RUS>UKR), treaty, seat, war or clause"),
    N,
    ("trials", "trials", "trials in which it fired at least once"),
    ("probability", "1", "trials / n"),
    LOW,
    HIGH,
    ("mean_count", "1", "mean number of times it fired in a trial"),
    Q05,
    Q50,
    Q95,
];

/// All tables of a run.
///
/// # Errors
/// If a row cannot be serialised, which no row of this program should do.
pub fn all(results: &Results) -> Result<Vec<Table>, csv::Error> {
    Ok(vec![
        Table {
            name: "summary.csv",
            about: "a score of a state or dyad at a step date, over trials",
            columns: SUMMARY,
            bytes: bytes(SUMMARY, &results.summary)?,
        },
        Table {
            name: "outcomes.csv",
            about: "an outcome of the scenario that is yes or no",
            columns: OUTCOMES,
            bytes: bytes(OUTCOMES, &results.outcomes)?,
        },
        Table {
            name: "measures.csv",
            about: "a number that an outcome asks for, over trials",
            columns: MEASURES,
            bytes: bytes(MEASURES, &results.measures)?,
        },
        Table {
            name: "first_dates.csv",
            about: "an outcome that may come at any time, by a step date",
            columns: FIRST_DATES,
            bytes: bytes(FIRST_DATES, &results.first_dates)?,
        },
        Table {
            name: "events.csv",
            about: "something that happened: an event of the scenario, or what a process did or brought about",
            columns: EVENTS,
            bytes: bytes(EVENTS, &results.events)?,
        },
    ])
}

/// The header is written from `columns`, so that a table without rows has one too; a test holds it
/// against the fields of the row types.
fn bytes<R: Serialize>(columns: &[Column], rows: &[R]) -> Result<Vec<u8>, csv::Error> {
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
    use crate::analysis::{events, first_dates, measures, outcomes, summary};
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
            metric: "isolation",
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
            kind: "pact",
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
    }
}
