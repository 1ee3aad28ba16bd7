//! The tables of a result, read back. Whatever was not written by this program, or has been changed
//! since, is refused at its place: what is made of them must not have to wonder.

use jiff::civil::Date;
use serde::de::DeserializeOwned;
use sha2::{Digest, Sha256};

use crate::analysis::comparison::{Comparison, counts, differences, partings, series};
use crate::analysis::wording::numbers::counted;
use crate::analysis::{
    Results, blocks, cascades, events, first_dates, measures, outcomes, story_lines, summary,
    timeline, variance,
};
use crate::engine::digest::BLOCK;
use crate::engine::experiment::Experiment;
use crate::output::hex;
use crate::output::manifest::{RUN, plain};
use crate::output::stored::table::{Form, Key, rows};
use crate::output::stored::{Stored, StoredError, forms, keys};
use crate::scenario::setup::Setup;

/// The tables of a result directory.
#[derive(Clone, Debug, PartialEq)]
pub enum Tables {
    /// Of a run.
    Run(Results),
    /// Of a comparison.
    Comparison(Comparison),
}

/// What was read.
#[derive(Clone, Debug)]
pub struct Read {
    /// The tables.
    pub tables: Tables,
    /// Those that are not as the manifest recorded them.
    pub altered: Vec<String>,
}

/// Whether a row is one that could be there; else its column and the rule that does not hold.
pub(super) type Checked = Result<(), (&'static str, String)>;

/// What a reading goes by.
pub(super) struct Reader<'a> {
    pub(super) stored: &'a Stored,
    pub(super) altered: Vec<String>,
}

impl Stored {
    /// Reads the tables of the result; `experiment` is what was run, compiled from the manifest's texts.
    /// The tables of the arms of a comparison are not among them. Nothing is simulated.
    ///
    /// # Errors
    /// If a table cannot be read, or is none that this scenario could have left.
    pub fn tables(&self, experiment: &Experiment<'_>) -> Result<Read, StoredError> {
        let mut reader = Reader { stored: self, altered: Vec::new() };
        let tables = if self.manifest.kind == RUN {
            Tables::Run(reader.run(experiment.arms()[0])?)
        } else {
            Tables::Comparison(reader.comparison(experiment)?)
        };
        Ok(Read { tables, altered: reader.altered })
    }
}

impl Reader<'_> {
    fn run(&mut self, setup: &Setup) -> Result<Results, StoredError> {
        let manifest = &self.stored.manifest;
        let well = manifest.trials.saturating_sub(manifest.failed);
        let all = |n: u64| equal("n", n, well);
        let listed = |name: &str| manifest.files.iter().any(|file| file.name == name);
        let has_variance = listed("variance.csv");
        Ok(Results {
            summary: self.table("summary.csv", &forms::SUMMARY, keys::summary(setup), |row| {
                let row: &summary::Row = row;
                all(row.n)
            })?,
            outcomes: self.table(
                "outcomes.csv",
                &forms::OUTCOMES,
                keys::outcome(setup, false),
                |row| {
                    let row: &outcomes::Row = row;
                    all(row.n)
                },
            )?,
            measures: self.table(
                "measures.csv",
                &forms::MEASURES,
                keys::outcome(setup, true),
                |row| {
                    let row: &measures::Row = row;
                    equal("missing", row.missing, well.saturating_sub(row.n))
                },
            )?,
            first_dates: self.table(
                "first_dates.csv",
                &forms::FIRST_DATES,
                keys::date(setup),
                |row| {
                    let row: &first_dates::Row = row;
                    all(row.n)
                },
            )?,
            events: self.unordered("events.csv", &forms::EVENTS, |row| {
                let row: &events::Row = row;
                all(row.n)
            })?,
            timeline: self.unordered("timeline.csv", &forms::TIMELINE, |row| {
                let row: &timeline::Row = row;
                all(row.n).and_then(|()| on_step_date(setup, row.date))
            })?,
            cascades: self.unordered("cascades.csv", &forms::CASCADES, |row| {
                let row: &cascades::Row = row;
                all(row.n)?;
                known(setup, "state", &row.state)?;
                row.beside.as_ref().map_or(Ok(()), |code| known(setup, "beside", code))?;
                known(setup, "against", &row.against)
            })?,
            story_lines: self.unordered("story_lines.csv", &forms::STORY_LINES, |row| {
                let row: &story_lines::Row = row;
                all(row.n).and_then(|()| possible(setup, row))
            })?,
            network: self.network("network.csv", setup, well)?,
            variance: if has_variance {
                let keys = keys::variance(setup);
                self.table("variance.csv", &forms::VARIANCE, keys, |_: &variance::Row| Ok(()))?
            } else {
                Vec::new()
            },
            blocks: self.blocks()?,
        })
    }

    fn comparison(&mut self, experiment: &Experiment<'_>) -> Result<Comparison, StoredError> {
        let manifest = &self.stored.manifest;
        let trials = manifest.trials;
        let names: Vec<_> = manifest.arms.iter().map(|arm| arm.name.as_str()).collect();
        let variants = names.get(1..).unwrap_or_default();
        let pairs = |variant: &str, n: u64| {
            if !variants.contains(&variant) {
                return Err(("variant", format!("expected one of: {}", variants.join(", "))));
            }
            if n > trials {
                return Err(("n", format!("expected {trials} at the most, found {n}")));
            }
            Ok(())
        };
        let others = || experiment.pairings().iter().zip(variants.iter().copied());
        let differing =
            others().flat_map(|(pairing, name)| keys::difference(experiment, pairing, name));
        let known = others().enumerate().filter(|(n, _)| {
            manifest.compared.get(*n).is_none_or(|other| other.pairs_failed < trials)
        });
        let scores = known.flat_map(|(_, (pairing, name))| keys::series(experiment, pairing, name));
        let comparison = Comparison {
            differences: self.table("differences.csv", &forms::DIFFERENCES, differing, |row| {
                let row: &differences::Row = row;
                pairs(&row.variant, row.n).and_then(|()| of_shares(row))
            })?,
            series: self.table("difference_series.csv", &forms::SERIES, scores, |row| {
                let row: &series::Row = row;
                pairs(&row.variant, row.n)
            })?,
            counts: self.unordered("difference_events.csv", &forms::COUNTS, |row| {
                let row: &counts::Row = row;
                pairs(&row.variant, row.n)
            })?,
            partings: self.unordered("partings.csv", &forms::PARTINGS, |row| {
                let row: &partings::Row = row;
                pairs(&row.variant, row.n)
            })?,
        };
        self.blocks()?;
        Ok(comparison)
    }

    fn blocks(&mut self) -> Result<Vec<blocks::Row>, StoredError> {
        let trials = self.stored.manifest.trials;
        let key = |block: u64| {
            let first = block * BLOCK;
            let cells =
                [("block", block), ("first_trial", first), ("trials", BLOCK.min(trials - first))];
            cells.map(|(name, value)| (name, value.to_string())).to_vec()
        };
        let keys = (0..trials.div_ceil(BLOCK)).map(key);
        self.table("blocks.csv", &forms::BLOCKS, keys, |row: &blocks::Row| {
            let digits =
                row.sha256.len() == 32 && row.sha256.bytes().all(|b| b.is_ascii_hexdigit());
            let rule = || "expected 32 hexadecimal digits".to_owned();
            if digits { Ok(()) } else { Err(("sha256", rule())) }
        })
    }

    /// A table whose rows follow from the scenario.
    fn table<R: DeserializeOwned>(
        &mut self,
        name: &str,
        form: &Form,
        mut keys: impl Iterator<Item = Key>,
        check: impl Fn(&R) -> Checked,
    ) -> Result<Vec<R>, StoredError> {
        self.read(name, form, Some(&mut keys), check)
    }

    /// A table whose rows follow from what happened.
    pub(super) fn unordered<R: DeserializeOwned>(
        &mut self,
        name: &str,
        form: &Form,
        check: impl Fn(&R) -> Checked,
    ) -> Result<Vec<R>, StoredError> {
        self.read(name, form, None, check)
    }

    fn read<R: DeserializeOwned>(
        &mut self,
        name: &str,
        form: &Form,
        keys: Option<&mut dyn Iterator<Item = Key>>,
        check: impl Fn(&R) -> Checked,
    ) -> Result<Vec<R>, StoredError> {
        let bytes = self.stored.table(name)?;
        let recorded = self.stored.manifest.files.iter().find(|file| file.name == name);
        if recorded.is_none_or(|file| file.sha256 != hex(&Sha256::digest(&bytes))) {
            self.altered.push(name.to_owned());
        }
        rows(&bytes, form, keys, check)
            .map_err(|wrong| StoredError::Table { path: self.stored.path.join(name), wrong })
    }
}

pub(super) fn equal(column: &'static str, found: u64, expected: u64) -> Checked {
    if found == expected {
        return Ok(());
    }
    Err((column, format!("expected {expected}, as the manifest has it, found {found}")))
}

pub(super) fn on_step_date(setup: &Setup, date: Date) -> Checked {
    if setup.calendar.dates().contains(&date) {
        return Ok(());
    }
    Err(("date", format!("expected a step date, found {date}")))
}

/// A state of the scenario, by its code.
pub(super) fn known(setup: &Setup, column: &'static str, code: &str) -> Checked {
    if setup.frame.codes.iter().any(|known| known.to_string() == code) {
        return Ok(());
    }
    Err((column, format!("expected the code of a state, found `{}`", plain(code))))
}

/// A story line that a trial of the scenario can have, with a date for each outcome of it.
fn possible(setup: &Setup, row: &story_lines::Row) -> Checked {
    let line = &row.story_line;
    let Some(outcomes) = story_lines::outcomes(setup, line) else {
        let rule = format!("expected an order of the chosen outcomes, found `{}`", plain(line));
        return Err(("story_line", rule));
    };
    let dates = row.dates().count();
    if dates == outcomes.len() {
        return Ok(());
    }
    let expected = counted(outcomes.len() as u64, "outcome");
    Err(("date_1", format!("expected dates and deviations of {expected}, found {dates}")))
}

/// A difference of probabilities is one of shares.
fn of_shares(row: &differences::Row) -> Checked {
    if row.quantity != "probability" {
        let rule = "expected `probability` or `mean`";
        return if row.quantity == "mean" { Ok(()) } else { Err(("quantity", rule.to_owned())) };
    }
    let columns = [
        ("base", row.base),
        ("value", row.value),
        ("difference", row.difference),
        ("low", row.low),
        ("high", row.high),
        ("low_all", row.low_all),
        ("high_all", row.high_all),
    ];
    let out = |&(_, value): &(&str, Option<f64>)| value.is_some_and(|value| value.abs() > 1.0);
    match columns.into_iter().find(out) {
        None => Ok(()),
        Some((column, _)) => {
            Err((column, "expected a number from -1 to 1 for a probability".to_owned()))
        }
    }
}
