//! The tables of a comparison.

use crate::analysis::comparison::Comparison;
use crate::analysis::{Results, blocks};
use crate::output::tables::{Column, Table, fingerprint_table, of_arm, table};

const VARIANT: Column = ("variant", "", "what is compared with the base");
const LOW: Column = (
    "low",
    "of the quantity",
    "lower end of the 95 % interval of the difference; empty for a mean whose difference is the same in every pair",
);
const HIGH: Column =
    ("high", "of the quantity", "upper end of that interval; empty where `low` is");
const SE: Column = ("se", "of the quantity", "standard error of the difference, from the pairs");
/// Of tables in which it is never empty.
const MEAN_LOW: Column = (
    "low",
    "1",
    "lower end of its 95 % interval; where se is 0 it is the difference, the same in every pair",
);
const REDUCTION: Column = (
    "variance_reduction",
    "1",
    "variance of the difference of two independent runs of n trials, over that of the pairs; empty if no pair differs",
);

const DIFFERENCES: &[Column] = &[
    VARIANT,
    ("outcome", "", "name in the scenario"),
    ("title", "", "title in the scenario"),
    ("quantity", "", "probability, or mean of a number"),
    ("n", "pairs", "pairs of trials that gave an answer; every other number is about these"),
    ("missing", "pairs", "pairs that gave none: a trial failed, or gave no number"),
    ("base", "of the quantity", "in the base"),
    ("value", "of the quantity", "in the variant"),
    ("difference", "of the quantity", "variant less base"),
    SE,
    LOW,
    HIGH,
    (
        "low_all",
        "of the quantity",
        "lower end of the interval that holds at 95 % for all rows of this table together; empty where `low` is",
    ),
    ("high_all", "of the quantity", "upper end of that interval"),
    ("base_only", "pairs", "pairs with a yes in the base only; empty for a mean"),
    ("variant_only", "pairs", "pairs with a yes in the variant only; empty for a mean"),
    (
        "relative_risk",
        "1",
        "probability in the variant over that in the base; empty for a mean, or if the base has no yes",
    ),
    ("relative_low", "1", "lower end of its 95 % interval"),
    ("relative_high", "1", "upper end of its 95 % interval"),
    REDUCTION,
    (
        "settled",
        "",
        "true if the scripts, with every process still, already answer it differently; else false",
    ),
];

const SERIES: &[Column] = &[
    VARIANT,
    ("metric", "", "isolation, capability or alignment"),
    ("subject", "", "state or dyad"),
    ("date", "", "step date"),
    ("n", "pairs", "pairs of which both trials ended well"),
    ("base", "1", "mean in the base"),
    ("value", "1", "mean in the variant"),
    ("difference", "1", "mean over pairs of variant less base"),
    ("se", "1", "standard error of the difference, from the pairs"),
    MEAN_LOW,
    ("high", "1", "upper end of its 95 % interval"),
    ("q05", "1", "5 % quantile of the differences of pairs"),
    ("q25", "1", "25 % quantile"),
    ("q50", "1", "median"),
    ("q75", "1", "75 % quantile"),
    ("q95", "1", "95 % quantile"),
    REDUCTION,
];

const EVENTS: &[Column] = &[
    VARIANT,
    ("kind", "", "what fired, as in events.csv"),
    ("subject", "", "event, state, dyad and so on; empty for all of the kind together"),
    ("n", "pairs", "pairs of which both trials ended well"),
    ("base", "1", "mean number of times a trial in the base"),
    ("value", "1", "mean number of times a trial in the variant"),
    ("difference", "1", "variant less base"),
    ("se", "1", "standard error of the difference, from the pairs"),
    MEAN_LOW,
    ("high", "1", "upper end of its 95 % interval"),
    REDUCTION,
    ("base_only", "pairs", "pairs in which it fired in the base only"),
    ("variant_only", "pairs", "pairs in which it fired in the variant only"),
    ("any_difference", "1", "variant less base: probability that it fires at all"),
    ("any_low", "1", "lower end of its 95 % interval"),
    ("any_high", "1", "upper end of its 95 % interval"),
];

const PARTINGS: &[Column] = &[
    VARIANT,
    (
        "level",
        "",
        "how closely pairs are looked at: scores, anything, story, answers or open answers",
    ),
    ("kind", "", "what parted them, as in events.csv; empty for all pairs of the level"),
    ("subject", "", "to whom or what"),
    ("first_in", "", "where it happened first, or at all: base or variant"),
    ("n", "pairs", "pairs of which both trials ended well"),
    ("parted", "pairs", "those that part, by this if something is named"),
    ("share", "1", "parted / n"),
    ("low", "1", "lower end of its 95 % Wilson interval"),
    ("high", "1", "upper end of its 95 % Wilson interval"),
    ("date_q05", "", "date: 5 % quantile of the date of parting, among those that part"),
    ("date_q50", "", "date: its median"),
    ("date_q95", "", "date: its 95 % quantile"),
    (
        "trial",
        "",
        "a typical pair: of the 64 lowest numbers that one which parts nearest the median date",
    ),
    ("date", "", "when that pair parts"),
    (
        "chance",
        "",
        "what decided in that pair: hazard or probability; looked up for the ten most frequent causes of anything and story; empty where nothing was decided then, as on a date or when a threat falls due",
    ),
    ("base_rate", "1/year or 1", "the hazard or probability in the base; empty if there was none"),
    ("variant_rate", "1/year or 1", "in the variant; empty if there was none"),
    (
        "draw",
        "1",
        "the draw it met: a threshold of unit rate for a hazard, a uniform number for a probability; empty if none of its own decided",
    ),
];

/// The tables of a comparison, then those of every arm in a folder of its name.
///
/// # Errors
/// If a row cannot be serialised, which no row of this program should do.
pub fn all(
    comparison: &Comparison,
    fingerprints: &[blocks::Row],
    arms: &[(&str, &Results)],
) -> Result<Vec<Table>, csv::Error> {
    let mut tables = vec![
        table(
            "differences.csv",
            "an outcome in a variant and in the base, from pairs of trials",
            DIFFERENCES,
            &comparison.differences,
        )?,
        table(
            "difference_series.csv",
            "a score of a state or dyad at a step date, variant less base",
            SERIES,
            &comparison.series,
        )?,
        table(
            "difference_events.csv",
            "how often something fired, variant less base",
            EVENTS,
            &comparison.counts,
        )?,
        table(
            "partings.csv",
            "how often the two trials of a pair part, when and by what",
            PARTINGS,
            &comparison.partings,
        )?,
        fingerprint_table(fingerprints)?,
    ];
    for (name, results) in arms {
        for mut table in of_arm(results)? {
            table.name = format!("{name}/{}", table.name);
            tables.push(table);
        }
    }
    Ok(tables)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::engine::ensemble::{self, Plan};
    use crate::engine::experiment::{Experiment, Findings};

    /// The header is written from the columns; the rows have as many fields under the same names.
    #[test]
    fn columns_are_the_fields_of_the_rows() {
        let text = include_str!("../../../scenarios/classroom.toml");
        let base = crate::scenario::parse(text, None).unwrap();
        let other = crate::scenario::parse(text, base_variant(text)).unwrap();
        let experiment = Experiment::comparison(&base, &[&other]).unwrap();
        let mut findings = Findings::new(&experiment);
        ensemble::extend(&experiment, &mut findings, Plan::new(64), &|_| {}).unwrap();
        let names = ["base".to_owned(), "other".to_owned()];
        let comparison = Comparison::new(&experiment, &names, &findings);
        fn header<R: serde::Serialize>(rows: &[R]) -> Vec<String> {
            let mut writer = csv::Writer::from_writer(Vec::new());
            writer.serialize(&rows[0]).unwrap();
            let text = String::from_utf8(writer.into_inner().unwrap()).unwrap();
            text.lines().next().unwrap().split(',').map(str::to_owned).collect()
        }
        let names = |columns: &[Column]| -> Vec<String> {
            columns.iter().map(|(name, ..)| (*name).to_owned()).collect()
        };
        assert_eq!(header(&comparison.differences), names(DIFFERENCES));
        assert_eq!(header(&comparison.series), names(SERIES));
        assert_eq!(header(&comparison.counts), names(EVENTS));
        assert_eq!(header(&comparison.partings), names(PARTINGS));
    }

    fn base_variant(text: &str) -> Option<&str> {
        text.lines().find_map(|line| line.strip_prefix("[variant.")?.strip_suffix(']'))
    }
}
